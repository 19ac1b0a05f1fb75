import { type TestApp } from './app';
import { type Answer, call } from './http';
import { type DocumentedOperation } from './openapi-document';
import { lateConflict } from './conflicts';
import { bodyOf, pathOf } from './openapi-examples';
import * as invoices from './invoices';
import * as mandates from './mandates';
import * as payments from './payments';
import { textOf } from './read';
import * as refunds from './refunds';
import * as reviews from './reviews';
import { endpointsOf } from './webhook-endpoints';

/** What an operation is asked with, where the examples are not enough. */
export interface Request {
  /** Of the address. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Left out: that of the example. */
  readonly body?: object;
  /** With its question mark. */
  readonly query?: string;
}

type Make = (app: TestApp) => Promise<Request>;

const of = (id: string): Request => ({ ids: { id, payment: id } });

const pressed: Make = async (app) => of((await payments.makePressed(app, 'paypal', 'pay')).id);
const open: Make = async (app) => of((await payments.makePayment(app, 'paypro')).id);
const held: Make = async (app) => ({ ...of((await payments.makeHeld(app)).id), body: {} });
const paid: Make = async (app) => ({
  ...of((await payments.makePaid(app, 'paypal')).id),
  body: {},
});

const anyOf =
  (make: Make): Make =>
  async (app) => ({ body: { payment_id: (await make(app)).ids?.['id'] } });

const mandate: Make = async (app) => {
  const customer = await mandates.newCustomer(app);
  return { ids: { id: customer, mandate: await mandates.makeMandate(app, customer) } };
};

/** A refund that is under way. */
export async function pendingRefund(app: TestApp, provider: string): Promise<string> {
  const { id } = await payments.makePaid(app, provider);
  const made = await refunds.refund(app, id, { body: { amount: 400 } });
  payments.expectStatus(made, 201);
  return textOf(made.body, 'id');
}

const waiting: Make = async (app) => ({
  ...of(await reviews.operationIdOf(app, await reviews.misreadCreate(app, 'paypal'))),
  body: { decision: 'retry', note: reviews.NOTE },
});

const late: Make = async (app) => {
  const { payment, id } = await lateConflict(app);
  return { ids: { id: payment, conflict_id: id } };
};

const draft: Make = async (app) => of(await invoices.makeDraft(app, await debtor(app)));

const issued: Make = async (app) => of(await invoices.makeIssued(app, await debtor(app)));

const debtor = async (app: TestApp) => ({ customer: await invoices.newCustomer(app) });

/** Nobody listens there, and no name has to be looked up. */
export const NOBODY = { url: 'http://127.0.0.1:1/webhooks' };

const endpoint: Make = async (app) => of((await endpointsOf(app).make(NOBODY)).id);

/** Requests that their operations would carry out, by operation. */
const makes: Readonly<Record<string, Make>> = {
  createPayment: (app) =>
    Promise.resolve({ body: payments.paymentBody(app, { provider: 'paypal' }) }),
  approvePayment: pressed,
  approveAnyPayment: anyOf(pressed),
  cancelPayment: open,
  cancelAnyPayment: anyOf(open),
  refreshPayment: open,
  capturePayment: held,
  reauthorizePayment: held,
  refundPayment: paid,
  cancelRefund: async (app) => of(await pendingRefund(app, 'paypro')),
  resolveOperation: waiting,
  closeConflict: late,
  createMandate: async (app) => of(await mandates.newCustomer(app)),
  listMandates: mandate,
  getMandate: mandate,
  listPayMethods: () => Promise.resolve(of('paypro')),
  createInvoice: async (app) => ({
    body: { ...(await debtor(app)), currency: 'EUR', lines: [invoices.PLAN_LINE] },
  }),
  issueInvoice: draft,
  creditInvoice: issued,
  payInvoice: async (app) => ({ ...(await issued(app)), body: invoices.payBody() }),
  createInvoiceFromPayment: async (app) => of((await payments.makePaid(app, 'paypal')).id),
  rotateWebhookSecret: endpoint,
  redeliverWebhook: endpoint,
  replayWebhooks: endpoint,
  pingWebhookEndpoint: endpoint,
};

const made = new WeakMap<TestApp, Map<string, Promise<Request>>>();

/** One that the operation would carry out. Nobody does: what is refused leaves it as it was for the next one. */
export function requestOf(app: TestApp, operation: DocumentedOperation): Promise<Request> {
  const known = made.get(app) ?? new Map<string, Promise<Request>>();
  made.set(app, known);
  const request = known.get(operation.id) ?? newRequest(app, operation);
  known.set(operation.id, request);
  return request;
}

/** One that may be carried out. */
export async function newRequest(app: TestApp, { id }: DocumentedOperation): Promise<Request> {
  return (await makes[id]?.(app)) ?? {};
}

/** What somebody who resolves an operation has the provider asked for, without being answered by the operation itself. */
export function failing({ id }: DocumentedOperation): Request {
  return id === 'resolveOperation' ? { body: { decision: 'failed', note: reviews.NOTE } } : {};
}

interface Sent {
  /** The program that is asked, where it is another one on the same database. */
  readonly at?: { readonly url: string };
  readonly headers?: Readonly<Record<string, string>>;
  /** Left out: that of staff. */
  readonly key?: string;
}

export function send(
  app: TestApp,
  operation: DocumentedOperation,
  { ids, body, query = '', at = app, headers = {}, key = app.keys.staff }: Request & Sent,
): Promise<Answer> {
  const path = pathOf(operation, ids) + query;
  const sent = operation.method === 'GET' ? {} : { body: body ?? bodyOf(operation) };
  return call(at, operation.method, path, { key, headers, ...sent });
}
