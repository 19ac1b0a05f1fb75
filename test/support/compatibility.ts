import { readAnyId } from '../../src/shared/id';
import { type TestApp } from './app';
import { type Answer, call, type CallOptions } from './http';
import { pressOnPayPage } from './pay-page';
import * as payments from './payments';
import { listOf, textOf } from './read';
import { sandboxOf } from './sandbox';

export const PAYMENTS = '/api/paypal-payments/';
export const APPROVE = `${PAYMENTS}approve/`;
export const CANCEL = `${PAYMENTS}cancel/`;

export const SERVER_ERROR = { detail: 'A server error occurred.' };
export const INVALID_APPROVE = {
  detail: 'Unable to approve payment because of invalid state.',
};
export const INVALID_CANCEL = { detail: 'Unable to cancel payment because of invalid state.' };

export const APPROVED = 'Payment has been approved.';
export const CANCELLED = 'Payment has been cancelled.';

/** The sentence about a command that failed at the gateway, with whatever reason. */
export const APPROVE_FAILED = expect.stringMatching(
  /^Unable to approve payment because of backend error \S/,
) as string;

/** More than it takes until a gateway that never answers is left alone for a while. */
export const FAILURES_MAX = 20;

/** As the clients of the frozen routes do it: `Authorization: Token <key>`. */
export function ask(
  app: { readonly url: string },
  method: string,
  path: string,
  { key, headers, ...sent }: CallOptions = {},
): Promise<Answer> {
  const authorization = key === undefined ? {} : { authorization: `Token ${key}` };
  return call(app, method, path, { ...sent, headers: { ...authorization, ...headers } });
}

export function hexOf(id: string): string {
  const uuid = readAnyId('pay', id) ?? readAnyId('cus', id) ?? id;
  return uuid.replaceAll('-', '');
}

export function pathOf(id: string): string {
  return `${PAYMENTS}${hexOf(id)}/`;
}

export function customerUrl(app: TestApp, id: string = app.customers.user): string {
  return `${app.url}/api/customers/${hexOf(id)}/`;
}

/** A body for a create. */
export function orderOf(app: TestApp, changes: object = {}): object {
  return {
    amount: '99.99',
    customer: customerUrl(app),
    return_url: payments.RETURN_URL,
    cancel_url: payments.CANCEL_URL,
    ...changes,
  };
}

export function create(
  app: TestApp,
  changes: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return ask(app, 'POST', PAYMENTS, { key: app.keys.user, body: orderOf(app, changes), headers });
}

/** What a client keeps of a payment, and its page at the gateway. */
export interface Ordered {
  readonly uuid: string;
  readonly approvalUrl: string;
}

export async function order(app: TestApp, changes: object = {}): Promise<Ordered> {
  const made = await create(app, changes);
  payments.expectStatus(made, 201);
  return { uuid: textOf(made.body, 'uuid'), approvalUrl: textOf(made.body, 'approval_url') };
}

/** What the payer's browser brings to the return page. */
export interface Back {
  readonly payment_id: string;
  readonly token: string;
  readonly payer_id: string;
}

/** The payer presses a button that sends the browser to the return page. */
export async function agree(
  { approvalUrl }: Ordered,
  action: 'pay' | 'pending' | 'decline' = 'pay',
): Promise<Back> {
  const { location } = await pressOnPayPage(approvalUrl, action);
  const query = new URL(location ?? '').searchParams;
  const at = (name: string): string => query.get(name) ?? `no ${name} in ${location}`;
  return { payment_id: at('paymentId'), token: at('token'), payer_id: at('PayerID') };
}

export function approve(app: TestApp, body: object, key = app.keys.user): Promise<Answer> {
  return ask(app, 'POST', APPROVE, { key, body });
}

export function cancel(app: TestApp, body: object, key = app.keys.user): Promise<Answer> {
  return ask(app, 'POST', CANCEL, { key, body });
}

export function show(app: TestApp, id: string, key = app.keys.user): Promise<Answer> {
  return ask(app, 'GET', pathOf(id), { key });
}

/** A payment whose payer agreed, or pressed another button, and came back. */
export async function agreed(
  app: TestApp,
  changes: object = {},
  action: 'pay' | 'pending' | 'decline' = 'pay',
): Promise<Ordered & { readonly back: Back }> {
  const made = await order(app, changes);
  return { ...made, back: await agree(made, action) };
}

export async function expectShown(
  app: TestApp,
  uuid: string,
  { state, error = '' }: { readonly state: string; readonly error?: unknown },
): Promise<void> {
  expect((await show(app, uuid)).body).toMatchObject({ state, error_message: error });
}

/** Movements at the gateway that belong to the order of this payment. */
export async function captured(app: TestApp, uuid: string): Promise<number> {
  const { body } = await payments.show(app, uuid);
  return (await sandboxOf(app).ledgerOf(textOf(body, 'id'))).length;
}

/** What the ledger of ours says of it. */
export async function booked(app: TestApp, uuid: string): Promise<number> {
  const rows = await app.query(
    'SELECT id FROM customers.ledger_transactions WHERE payment_id = $1',
    [uuid],
  );
  return rows.length;
}

/** The newest payment of a customer; for creates whose answer names none. */
export async function newest(app: TestApp, customer = app.customers.user): Promise<unknown> {
  const listed = await ask(app, 'GET', `${PAYMENTS}?customer=${hexOf(customer)}`, {
    key: app.keys.staff,
  });
  payments.expectStatus(listed, 200);
  return listOf(listed.body)[0];
}

/** A refusal in the words of this API: its status and `{detail}`, and nothing of problem+json. */
export function expectDetail(answer: Answer, status: number, detail: unknown): void {
  expect({ status: answer.status, body: answer.body }).toEqual({ status, body: { detail } });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
}

/** A refusal of fields: a list of sentences for each, and no other field. */
export function expectFields(
  answer: Answer,
  fields: Readonly<Record<string, readonly unknown[]>>,
): void {
  expect({ status: answer.status, body: answer.body }).toEqual({ status: 400, body: fields });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
}
