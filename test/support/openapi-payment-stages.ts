import { exampleIds } from '../../src/shared/example-ids';
import { chargebackIs, takersOf } from './chargebacks';
import { agreed, order } from './compatibility';
import { lateConflict } from './conflicts';
import * as mandates from './mandates';
import { idsOf, type Prepare } from './openapi-stage';
import * as payments from './payments';
import { textOf } from './read';
import * as refunds from './refunds';
import { sandboxOf } from './sandbox';

const DEMO = { customer: exampleIds.customer };

/** The order of the examples. */
export const ORDER = { ...DEMO, description: 'Order 1234', metadata: { order: '1234' } };

export const openPayment: Prepare = async (app) =>
  idsOf(await payments.makePayment(app, 'paypal', ORDER));

/** One more of the kind that the demonstration has. */
export const agreedPayment: Prepare = async (app) => {
  const description = 'Order 1005: agreed, approve takes the money';
  const wishes = { ...DEMO, amount: 750, description, locale: 'en' };
  return idsOf(await payments.makePressed(app, 'paypal', 'pay', wishes));
};

export const heldPayment: Prepare = async (app) => idsOf(await payments.makeHeld(app, ORDER));

export const paidPayment: Prepare = async (app, key) => {
  const wishes = { ...ORDER, amount: 4999 };
  const made =
    key === 'bancontact'
      ? await payments.makePressed(app, 'paypro', 'pay', { ...wishes, pay_methods: [key] })
      : await payments.makePressed(app, 'paypal', 'pay', wishes);
  payments.expectStatus(await payments.command(app, made.id, 'approve'), 200);
  return idsOf(made);
};

/** As after the example of a part: of the money, 5.00 went back. */
export const partlyRefunded: Prepare = async (app, key) => {
  const stage = await paidPayment(app, key);
  const body = { amount: 500 };
  payments.expectStatus(await refunds.refund(app, stage.ids?.['id'] ?? '', { body }), 201);
  return stage;
};

export const pendingRefund: Prepare = async (app) => {
  const { id } = await payments.makePaid(app, 'paypro');
  const body = { amount: 250, description: 'One mug was broken', reason: 'Broken on arrival' };
  const made = await refunds.refund(app, id, { body });
  payments.expectStatus(made, 201);
  return { ids: { id: textOf(made.body, 'id') } };
};

export const mandate: Prepare = async (app) => {
  const customer = await mandates.newCustomer(app);
  return { ids: { id: customer, mandate: await mandates.makeMandate(app, customer) } };
};

export const chargeMandate: Prepare = async (app) => {
  const customer = await mandates.newCustomer(app);
  return { body: { customer, mandate: await mandates.makeMandate(app, customer) } };
};

export const dispute: Prepare = async (app) => {
  const { id } = await payments.makePaid(app, 'paypal');
  const wish = { amount: '5.00', reason: 'UNAUTHORISED' };
  const taken = await takersOf(app).dispute(await payments.captureIdOf(app, id), wish);
  const found = await chargebackIs(app, taken, 'open');
  return { ids: { id: textOf(found, 'id'), payment: id } };
};

export const disputedPayment: Prepare = async (app, key) => {
  const { ids } = await dispute(app, key);
  return { ids: { id: ids?.['payment'] ?? '' } };
};

export const conflict: Prepare = async (app) => {
  const { payment, id } = await lateConflict(app);
  return { ids: { id: payment, conflict_id: id } };
};

export const backAtOlderShop: Prepare = async (app) => {
  const { payment_id, payer_id } = (await agreed(app)).back;
  return { body: { payment_id, payer_id } };
};

/** PayPal takes its time over the money. */
export const pendingAtOlderShop: Prepare = async (app) => {
  const { payment_id, payer_id } = (await agreed(app, {}, 'pending')).back;
  return { body: { payment_id, payer_id } };
};

export const olderOrder: Prepare = async (app) => ({
  body: { payment_id: (await order(app)).uuid },
});

/** So long after its approval that PayPal renews a hold. Its clock does not go back. */
export const oldHold: Prepare = async (app, key) => {
  const stage = await heldPayment(app, key);
  await sandboxOf(app).advanceClock(4 * DAY_S);
  return stage;
};

const DAY_S = 86_400;
