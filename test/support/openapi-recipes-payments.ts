import { readId } from '../../src/shared/id';
import { type TestApp } from './app';
import { call } from './http';
import * as invoices from './invoices';
import { commandOn } from './openapi-lost';
import { by, keyed, newKey, type Recipe } from './openapi-recipe';
import { refusal } from './openapi-recipes-anywhere';
import { send } from './openapi-requests';
import { pressOnPayPage } from './pay-page';
import * as payments from './payments';
import { textOf } from './read';
import * as refunds from './refunds';
import { sandboxOf } from './sandbox';
import { whileLocked } from './while-locked';

type Make = (app: TestApp) => Promise<{ readonly id: string }>;

const open: Make = (app) => payments.makePayment(app, 'paypal');
const pressed: Make = (app) => payments.makePressed(app, 'paypal', 'pay');
const held: Make = (app) => payments.makeHeld(app);
const paid: Make = (app) => payments.makePaid(app, 'paypal');

const canceled: Make = async (app) => {
  const { id } = await open(app);
  payments.expectStatus(await payments.command(app, id, 'cancel'), 200);
  return { id };
};

const on =
  (make: Make, body: object = {}): Recipe =>
  async (app, operation) =>
    commandOn(app, operation, { id: (await make(app)).id, body });

/** The gateway shows another amount than the one that was agreed upon. */
const misread =
  (make: (app: TestApp) => Promise<payments.Made>): Recipe =>
  async (app, operation) => {
    const { id, providerId } = await make(app);
    const match = { method: 'GET', path_contains: providerId };
    await sandboxOf(app).fault('paypal', { kind: 'wrong_amount', match });
    return commandOn(app, operation, { id });
  };

const voidRefused: Recipe = async (app, operation, others) => {
  const { id } = await held(app);
  const at = await others.scripted();
  at.proxy.answer({ method: 'POST', path: /\/void$/ }, refusal('CANNOT_BE_VOIDED'));
  return commandOn({ ...app, url: at.url }, operation, { id });
};

/** An earlier payment of the same invoice brought the money after all. */
const owedNoMore: Recipe = async (app, operation) => {
  const customer = await invoices.newCustomer(app);
  const invoice = await invoices.makeIssued(app, { customer });
  const pay = async () => {
    const body = { ...invoices.payBody(), auto_approve: false };
    const started = await invoices.command(app, invoice, 'pay', { body });
    payments.expectStatus(started, 201);
    await pressOnPayPage(textOf(started.body, 'checkout_url'), 'pay');
    return { id: textOf(started.body, 'id'), order: textOf(started.body, 'provider_payment_id') };
  };
  const first = await pay();
  payments.expectStatus(await payments.command(app, first.id, 'cancel'), 200);
  const second = await pay();
  await invoices.captureElsewhere(app, first.order);
  payments.expectStatus(await payments.command(app, first.id, 'refresh'), 200);
  return commandOn(app, operation, { id: second.id });
};

/** The customer is taken from the caller while the request looks at what its key stands for. */
const takenAway: Recipe = async (app, operation) => {
  const customer = await invoices.newCustomer(app);
  const { id } = await payments.makePressed(app, 'paypal', 'pay', { customer });
  payments.expectStatus(await payments.command(app, id, 'approve'), 200);
  const asked = { key: app.keys.user, body: {}, ...keyed(newKey()) };
  payments.expectStatus(await refunds.refund(app, id, asked), 201);
  const sql = 'DELETE FROM customers.owners WHERE customer_id = $1';
  const lock = { sql: 'LOCK TABLE platform.idempotency_keys IN ACCESS EXCLUSIVE MODE' };
  const path = operation.path.replace('{id}', id);
  return whileLocked(app, [lock, { sql, values: [readId('cus', customer)] }], () =>
    call(app, operation.method, path, asked),
  );
};

/** The customer is not the caller’s any more. */
const keyOfOther: Recipe = async (app, operation) => {
  const customer = await invoices.newCustomer(app);
  const body = payments.paymentBody(app, { customer, provider: 'paypal' });
  const again = { body, key: app.keys.user, ...keyed(newKey()) };
  payments.expectStatus(await send(app, operation, again), 201);
  const owners = { key: app.keys.staff, body: { owners: ['somebody-else'] } };
  payments.expectStatus(await call(app, 'PATCH', `/api/customers/${customer}`, owners), 200);
  return send(app, operation, again);
};

const refunded: Make = async (app) => {
  const { id } = await payments.makePaid(app, 'paypro');
  await refunds.refundedAtPaypro(app, id, 400);
  return { id: textOf((await refunds.refundsOf(app, id))[0], 'id') };
};

/** Errors about payments and refunds, by code. */
export const recipesOfPayments: Readonly<Record<string, Recipe>> = {
  payment_not_approved: on(open),
  payer_mismatch: on(pressed, { payer_id: 'SOMEBODYELSE1' }),
  payment_declined: on((app) => payments.makePressed(app, 'paypal', 'decline')),
  invalid_state: by({
    approve: on(canceled),
    cancelRefund: on(refunded),
    cancel: on(paid),
    capture: on(open),
    reauthorize: on(open),
    refund: on(open),
  }),
  payment_mismatch: by({
    approve: misread((app) => payments.makePressed(app, 'paypal', 'pay')),
    '': misread((app) => payments.makeHeld(app)),
  }),
  hold_refused: by({
    cancel: voidRefused,
    capture: on((app) => payments.makeHeld(app, {}, 'decline')),
    reauthorize: on(held),
  }),
  subject_settled: owedNoMore,
  refund_not_found: by({ refundPayment: takenAway }),
  payment_not_found: by({ createPayment: keyOfOther }),
  payment_failed: by({ approve: on((app) => payments.makePressed(app, 'paypro', 'decline')) }),
};
