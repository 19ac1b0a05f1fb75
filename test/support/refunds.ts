import { objectAt, textAt, valueAt } from '../../src/shared/json';
import { type TestApp } from './app';
import { type Answer, call, eventually } from './http';
import { listOf, textOf } from './read';
import { sandboxOf } from './sandbox';
import { moveOperation, newestOperation } from './integration-parts';
import { command, endPauses, expectStatus, makePaid } from './payments';

interface Asked {
  readonly body?: object;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `POST /api/payments/{id}/refunds`, as the user who owns the customer unless told otherwise. */
export function refund(app: TestApp, payment: string, asked: Asked = {}): Promise<Answer> {
  const path = `/api/payments/${payment}/refunds`;
  return call(app, 'POST', path, { key: app.keys.user, body: {}, ...asked });
}

export function showRefund(app: TestApp, id: string): Promise<Answer> {
  return call(app, 'GET', `/api/refunds/${id}`, { key: app.keys.user });
}

export function cancelRefund(app: TestApp, id: string, asked: Asked = {}): Promise<Answer> {
  const path = `/api/refunds/${id}/cancel`;
  return call(app, 'POST', path, { key: app.keys.user, body: {}, ...asked });
}

export async function refundsOf(app: TestApp, payment: string): Promise<readonly unknown[]> {
  const path = `/api/refunds?payment=${payment}&limit=100`;
  const answer = await call(app, 'GET', path, { key: app.keys.user });
  expectStatus(answer, 200);
  return listOf(answer.body, 'data');
}

/** What really went back, by the provider's own books; decimal texts. */
export async function wentBack(app: TestApp, payment: string): Promise<readonly string[]> {
  const { body } = await call(app, 'GET', `/api/payments/${payment}`, { key: app.keys.user });
  const providerId = textOf(body, 'provider_payment_id');
  const entries = await sandboxOf(app).ledgerOf(providerId);
  const refunds = entries.filter((entry) => textAt(entry, 'kind') === 'refund');
  return refunds.map((entry) => textOf(entry, 'amount'));
}

export interface LostRefund {
  readonly payment: string;
  readonly providerId: string;
  readonly refund: string;
}

/** One at PayPro that never arrived and is not shown: nobody but a person may decide. */
export async function lostRefund(app: TestApp, amount = 400): Promise<LostRefund> {
  const { id, providerId } = await makePaid(app, 'paypro');
  return { payment: id, providerId, refund: await loseRefund(app, id, amount) };
}

/** The same of a payment at PayPro that is there already; the id of the refund. */
export async function loseRefund(app: TestApp, payment: string, amount: number): Promise<string> {
  const match = { method: 'POST', path_contains: '/refunds' };
  await sandboxOf(app).fault('paypro', { kind: 'drop_before', match });
  const answer = await refund(app, payment, { body: { amount } });
  expectStatus(answer, 202);
  await waitsForPerson(app, payment, '2 minutes');
  return textOf(answer.body, 'id');
}

/** A refund at PayPro whose money went back. */
export async function refundedAtPaypro(
  app: TestApp,
  payment: string,
  amount: number,
): Promise<void> {
  const made = await refund(app, payment, { body: { amount } });
  expectStatus(made, 201);
  const path = `/paypro/refunds/${textOf(made.body, 'provider_refund_id')}`;
  await atGateway(app, path, { state: 'refunded' });
  expectStatus(await command(app, payment, 'refresh'), 200);
}

/** As if its refund had been sent so long ago: the sweeper leaves it to a person. */
export async function waitsForPerson(app: TestApp, payment: string, age: string): Promise<void> {
  await moveOperation(app, payment, `first_sent_at = first_sent_at - interval '${age}'`);
  await eventually(
    async () => {
      await endPauses(app);
      return newestOperation(app, payment);
    },
    (seen) => seen?.['state'] === 'needs_review',
  );
}

/** The refund once the sweeper has settled what was unsettled, pauses left out. */
export function settledRefund(app: TestApp, id: string): Promise<Answer> {
  return eventually(
    async () => {
      await endPauses(app);
      return showRefund(app, id);
    },
    ({ body }) => valueAt(body, 'operation') === null,
  );
}

/** The merchant or the gateway does something on the gateway's own site. */
export async function atGateway(app: TestApp, path: string, body: object = {}): Promise<unknown> {
  const sent = await call({ url: app.sandboxUrl }, 'POST', `/_sandbox${path}`, { body });
  if (sent.status >= 300) throw new Error(`${path}: ${sent.status} ${sent.text}`);
  return objectAt(sent.body);
}

/** The balance that refunds of the customer leave, in minor units of euros. */
export async function bookedFor(app: TestApp, payment: string): Promise<readonly string[]> {
  const rows = await app.query(
    `SELECT e.amount_minor::text AS amount FROM customers.ledger_transactions t
     JOIN customers.ledger_entries e ON e.transaction_id = t.id AND e.line = 1
     JOIN payments.payments p ON p.id = t.payment_id
     WHERE t.cause_kind = 'refund' AND p.provider_payment_id = $1 ORDER BY t.created_at`,
    [await providerIdOf(app, payment)],
  );
  return rows.map((row) => textOf(row, 'amount'));
}

async function providerIdOf(app: TestApp, payment: string): Promise<string> {
  const { body } = await call(app, 'GET', `/api/payments/${payment}`, { key: app.keys.user });
  return textOf(body, 'provider_payment_id');
}
