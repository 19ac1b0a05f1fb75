import { type TestApp } from './app';
import { type Answer, call, type CallOptions } from './http';
import { command, expectStatus, type Made, makePayment } from './payments';
import { listOf, objectOf, textOf } from './read';
import { sandboxOf } from './sandbox';

type Body = Readonly<Record<string, unknown>>;

/** A payment at PayPro that was canceled, and whose money came all the same. */
export async function paidLate(app: TestApp): Promise<Made> {
  const made = await makePayment(app, 'paypro');
  expectStatus(await command(app, made.id, 'cancel'), 200);
  await sandboxOf(app).setPayproState(made.providerId, 'paid');
  expectStatus(await command(app, made.id, 'refresh'), 200);
  return made;
}

/** The same, and the id of its conflict. */
export async function lateConflict(app: TestApp): Promise<Conflict> {
  const { id: payment } = await paidLate(app);
  const [conflict] = await conflictsOf(app, payment);
  return { payment, id: textOf(conflict, 'id') };
}

/** A conflict, and whose it is. */
export interface Conflict {
  readonly payment: string;
  readonly id: string;
}

/** What was found to be wrong about a payment, newest first. */
export async function conflictsOf(app: TestApp, payment: string): Promise<readonly Body[]> {
  const listed = await call(app, 'GET', pathOf(payment), { key: app.keys.staff });
  expectStatus(listed, 200);
  return listOf(listed.body, 'data').map((one) => objectOf(one));
}

/** Staff closes a conflict. */
export function closeConflict(
  app: TestApp,
  { payment, id }: Conflict,
  options: CallOptions = {},
): Promise<Answer> {
  const asked = { key: app.keys.staff, body: { note: 'Looked into.' }, ...options };
  return call(app, 'POST', `${pathOf(payment)}/${id}/close`, asked);
}

function pathOf(payment: string): string {
  return `/api/payments/${payment}/conflicts`;
}
