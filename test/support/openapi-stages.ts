import { exampleIds } from '../../src/shared/example-ids';
import { type TestApp } from './app';
import { chargebackIs, takersOf } from './chargebacks';
import { agreed, order } from './compatibility';
import { call, eventually } from './http';
import * as invoices from './invoices';
import * as mandates from './mandates';
import * as payments from './payments';
import { listOf, textOf } from './read';
import * as refunds from './refunds';
import * as reviews from './reviews';
import { endpointsOf } from './webhook-endpoints';

/** What an example needs beyond the data of the demonstration: ids in its address, members of its body. */
export interface Stage {
  readonly ids?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

type Prepare = (app: TestApp, key: string) => Promise<Stage>;

const DEMO = { customer: exampleIds.customer };

const staff = ({ keys }: TestApp) => ({ key: keys.staff });

/** The order of the examples. */
const ORDER = { ...DEMO, description: 'Order 1234', metadata: { order: '1234' } };

const openPayment: Prepare = async (app) => idsOf(await payments.makePayment(app, 'paypal', ORDER));

const pressedPayment: Prepare = async (app) =>
  idsOf(await payments.makePressed(app, 'paypal', 'pay', ORDER));

const heldPayment: Prepare = async (app) => idsOf(await payments.makeHeld(app, ORDER));

const paidPayment: Prepare = async (app, key) => {
  const wishes = { ...ORDER, amount: 4999 };
  const made =
    key === 'bancontact'
      ? await payments.makePressed(app, 'paypro', 'pay', { ...wishes, pay_methods: [key] })
      : await payments.makePressed(app, 'paypal', 'pay', wishes);
  payments.expectStatus(await payments.command(app, made.id, 'approve'), 200);
  return idsOf(made);
};

/** As after the example of a part: of the money, 5.00 went back. */
const partlyRefunded: Prepare = async (app, key) => {
  const stage = await paidPayment(app, key);
  const body = { amount: 500 };
  payments.expectStatus(await refunds.refund(app, stage.ids?.['id'] ?? '', { body }), 201);
  return stage;
};

const pendingRefund: Prepare = async (app) => {
  const { id } = await payments.makePaid(app, 'paypro');
  const body = { amount: 500, description: 'One mug was broken', reason: 'Broken on arrival' };
  const made = await refunds.refund(app, id, { body });
  payments.expectStatus(made, 201);
  return { ids: { id: textOf(made.body, 'id') } };
};

const mandate: Prepare = async (app) => {
  const customer = await mandates.newCustomer(app);
  return { ids: { id: customer, mandate: await mandates.makeMandate(app, customer) } };
};

const chargeMandate: Prepare = async (app) => {
  const customer = await mandates.newCustomer(app);
  return { body: { customer, mandate: await mandates.makeMandate(app, customer) } };
};

const dispute: Prepare = async (app) => {
  const { id } = await payments.makePaid(app, 'paypal');
  const wish = { amount: '5.00', reason: 'UNAUTHORISED' };
  const taken = await takersOf(app).dispute(await payments.captureIdOf(app, id), wish);
  const found = await chargebackIs(app, taken, 'open');
  return { ids: { id: textOf(found, 'id'), payment: id } };
};

const disputedPayment: Prepare = async (app, key) => {
  const { ids } = await dispute(app, key);
  return { ids: { id: ids?.['payment'] ?? '' } };
};

const waitingOperation: Prepare = async (app) => {
  const payment = await reviews.misreadCreate(app, 'paypal');
  return { ids: { id: await reviews.operationIdOf(app, payment) } };
};

const notification: Prepare = async (app) => {
  await payments.makePaid(app, 'paypal');
  const seen = await eventually(
    () => call(app, 'GET', '/api/notifications?provider=paypal&limit=100', staff(app)),
    ({ body }) => listOf(body, 'data').some(isCapture),
  );
  const capture = listOf(seen.body, 'data').find(isCapture);
  return { ids: { id: textOf(capture, 'id') } };
};

function isCapture(one: unknown): boolean {
  const isApplied = textOf(one, 'state') === 'applied';
  return isApplied && textOf(one, 'event_type') === 'PAYMENT.CAPTURE.COMPLETED';
}

const endpoint: Prepare = async (app) => {
  // Nobody listens there, and no name has to be looked up.
  const body = { url: 'http://127.0.0.1:1/webhooks', description: 'The shop' };
  const made = await endpointsOf(app).make({ ...body, event_types: ['payment.*'] });
  return { ids: { id: made.id } };
};

const draft: Prepare = async (app) => {
  const body = { customer: exampleIds.customer, locale: 'nl', reference: 'PO-4711' };
  const days = { start_date: '2026-11-01', end_date: '2026-11-30' };
  const id = await invoices.makeDraft(app, { ...body, ...days });
  return { ids: { id } };
};

const issued: Prepare = async (app, key) => {
  const stage = await draft(app, key);
  payments.expectStatus(await invoices.command(app, stage.ids?.['id'] ?? '', 'issue'), 200);
  return stage;
};

/** A payment of it is open already, asked for by the same request. */
const payRequested: Prepare = async (app, key) => {
  const stage = await issued(app, key);
  const again = { ...invoices.payBody('paypro'), pay_methods: ['ideal'] };
  const body = { ...again, ...SHOP };
  payments.expectStatus(await invoices.command(app, stage.ids?.['id'] ?? '', 'pay', { body }), 201);
  return stage;
};

/** The addresses of the examples. */
const SHOP = {
  return_url: 'https://shop.example.com/return',
  cancel_url: 'https://shop.example.com/cancel',
};

function idsOf({ id }: payments.Made): Stage {
  return { ids: { id, payment: id }, body: {} };
}

/** For commands that find the payment by what is in the body. */
function inBody(prepare: Prepare): Prepare {
  return async (app, key) => ({ body: { payment_id: (await prepare(app, key)).ids?.['id'] } });
}

const backAtOlderShop: Prepare = async (app) => {
  const { payment_id, payer_id } = (await agreed(app)).back;
  return { body: { payment_id, payer_id } };
};

const olderOrder: Prepare = async (app) => ({ body: { payment_id: (await order(app)).uuid } });

/**
 * By operation and status, by operation and key, or by operation. What is not here needs nothing but the data of the
 * demonstration.
 */
export const stages: Readonly<Record<string, Prepare>> = {
  approvePayment: pressedPayment,
  approveAnyPayment: inBody(pressedPayment),
  cancelPayment: openPayment,
  cancelAnyPayment: inBody(openPayment),
  approveFrozenPayment: backAtOlderShop,
  cancelFrozenPayment: olderOrder,
  refreshPayment: openPayment,
  getPayment: openPayment,
  capturePayment: heldPayment,
  refundPayment: paidPayment,
  'refundPayment all': partlyRefunded,
  createInvoiceFromPayment: paidPayment,
  'createPayment mandate': chargeMandate,
  cancelRefund: pendingRefund,
  getMandate: mandate,
  listMandates: mandate,
  getChargeback: dispute,
  listChargebacks: dispute,
  listChargebacksOfPayment: disputedPayment,
  getOperation: waitingOperation,
  listOperations: waitingOperation,
  resolveOperation: waitingOperation,
  getNotification: notification,
  listNotifications: notification,
  replayNotification: notification,
  getWebhookEndpoint: endpoint,
  listWebhookEndpoints: endpoint,
  updateWebhookEndpoint: endpoint,
  deleteWebhookEndpoint: endpoint,
  rotateWebhookSecret: endpoint,
  deleteInvoice: draft,
  updateInvoice: draft,
  issueInvoice: draft,
  creditInvoice: issued,
  payInvoice: issued,
  'payInvoice 200': payRequested,
};
