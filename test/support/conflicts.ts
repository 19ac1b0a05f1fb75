import { type TestApp } from './app';
import { type Answer, call, type CallOptions } from './http';
import { expectStatus } from './payments';
import { listOf, objectOf } from './read';

type Body = Readonly<Record<string, unknown>>;

/** What was found to be wrong about a payment, newest first. */
export async function conflictsOf(app: TestApp, payment: string): Promise<readonly Body[]> {
  const listed = await call(app, 'GET', pathOf(payment), { key: app.keys.staff });
  expectStatus(listed, 200);
  return listOf(listed.body, 'data').map((one) => objectOf(one));
}

/** Staff closes a conflict. */
export function closeConflict(
  app: TestApp,
  { payment, id }: { readonly payment: string; readonly id: string },
  options: CallOptions = {},
): Promise<Answer> {
  const asked = { key: app.keys.staff, body: { note: 'Looked into.' }, ...options };
  return call(app, 'POST', `${pathOf(payment)}/${id}/close`, asked);
}

function pathOf(payment: string): string {
  return `/api/payments/${payment}/conflicts`;
}
