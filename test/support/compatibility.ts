import { readAnyId } from '../../src/shared/id';
import { type TestApp } from './app';
import { type Answer, call, type CallOptions } from './http';
import { pressOnPayPage } from './pay-page';
import { CANCEL_URL, expectStatus, RETURN_URL } from './payments';
import { listOf, textOf } from './read';

export const PAYMENTS = '/api/paypal-payments/';
export const APPROVE = `${PAYMENTS}approve/`;
export const CANCEL = `${PAYMENTS}cancel/`;

export const SERVER_ERROR = { detail: 'A server error occurred.' };
export const INVALID_APPROVE = {
  detail: 'Unable to approve payment because of invalid state.',
};
export const INVALID_CANCEL = { detail: 'Unable to cancel payment because of invalid state.' };

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
    return_url: RETURN_URL,
    cancel_url: CANCEL_URL,
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
  expectStatus(made, 201);
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

/** The newest payment of a customer; for creates whose answer names none. */
export async function newest(app: TestApp, customer = app.customers.user): Promise<unknown> {
  const listed = await ask(app, 'GET', `${PAYMENTS}?customer=${hexOf(customer)}`, {
    key: app.keys.staff,
  });
  expectStatus(listed, 200);
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
