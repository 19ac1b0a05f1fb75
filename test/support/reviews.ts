import { type TestApp } from './app';
import { type Answer, call } from './http';
import { ageOperation, inReview, moveOperation, uuidOf } from './integration-parts';
import * as payments from './payments';
import { listOf, textOf } from './read';
import { type Gateway, sandboxOf } from './sandbox';
import { showId } from '../../src/shared/id';

export const NOTE = 'Seen in the dashboard.';

type Headers = Readonly<Record<string, string>>;

/** A decision about the newest operation of a payment, by staff. */
export async function resolve(
  app: TestApp,
  payment: string,
  decision: object,
  headers: Headers = {},
): Promise<Answer> {
  const path = `/api/operations/${await operationIdOf(app, payment)}/resolve`;
  const body = { note: NOTE, ...decision };
  return call(app, 'POST', path, { key: app.keys.staff, body, headers });
}

/** The newest operation of a payment, as staff see it. */
export async function operationOf(app: TestApp, payment: string): Promise<unknown> {
  const path = `/api/operations/${await operationIdOf(app, payment)}`;
  const shown = await call(app, 'GET', path, { key: app.keys.staff });
  payments.expectStatus(shown, 200);
  return shown.body;
}

export async function operationIdOf(app: TestApp, payment: string): Promise<string> {
  const sql =
    'SELECT id FROM payments.operations WHERE payment_id = $1 ORDER BY created_at DESC LIMIT 1';
  const [row] = await app.query(sql, [uuidOf(payment)]);
  return showId('op', textOf(row, 'id'));
}

/** What people decided about a payment's operations, in order. */
export async function decisionsOn(app: TestApp, payment: string): Promise<readonly string[]> {
  const sql = `SELECT r.decision FROM payments.operation_reviews r
    JOIN payments.operations o ON o.id = r.operation_id WHERE o.payment_id = $1 ORDER BY r.reviewed_at`;
  return (await app.query(sql, [uuidOf(payment)])).map((row) => textOf(row, 'decision'));
}

/** A lost operation, long after its provider forgot the key: the sweeper leaves it to a person. */
export async function windowOver(app: TestApp, payment: string): Promise<void> {
  await moveOperation(
    app,
    payment,
    `first_sent_at = first_sent_at - interval '6 hours', next_attempt_at = now()`,
  );
  await inReview(app, payment);
}

/** A lost charge that its provider has not shown for ten minutes: it waits for a person. */
export async function notShown(app: TestApp, payment: string): Promise<void> {
  await ageOperation(app, payment, '11 minutes');
  await inReview(app, payment);
}

/** A create whose answer showed another amount than ours. */
export async function misreadCreate(app: TestApp, gateway: Gateway): Promise<string> {
  const match = {
    method: 'POST',
    path_contains: { paypal: '/v2/checkout/orders', paypro: '/payments' }[gateway],
  };
  await sandboxOf(app).fault(gateway, { kind: 'wrong_amount', match });
  const made = await payments.create(app, { provider: gateway });
  payments.expectStatus(made, 202);
  return textOf(made.body, 'id');
}

/** What the timeline of a payment tells of decisions. */
export async function reviewsTold(app: TestApp, payment: string): Promise<readonly unknown[]> {
  const path = `/api/payments/${payment}/timeline`;
  const told = await call(app, 'GET', path, { key: app.keys.staff });
  return listOf(told.body, 'data').filter((one) => textOf(one, 'kind') === 'review');
}
