import { type TestApp } from './app';
import { type Answer, call, type CallOptions } from './http';
import { type DocumentedOperation } from './openapi-document';
import { bodyOf, pathOf, takesBody } from './openapi-examples';
import * as payments from './payments';

/** Provokes an error; null where it does not know how to at this operation. */
export type Recipe = (
  app: TestApp,
  operation: DocumentedOperation,
) => Promise<Answer | null> | Answer | null;

/** Above the most that a body may have. */
const MUCH = 'x'.repeat(70_000);

/** A key that belongs to another request. */
export const USED_KEY = 'used-for-another-request';

const unknownId: Recipe = (app, operation) => ask(app, operation, { body: bodyOf(operation) });

/** What any operation answers in the same way. The ids of the examples belong to nothing here. */
export const genericRecipes: Readonly<Record<string, Recipe>> = {
  unauthorized: (app, operation) =>
    call(app, operation.method, pathOf(operation), { body: bodyOf(operation) ?? {} }),
  forbidden: (app, operation) =>
    ask(app, operation, { key: app.keys.user, body: bodyOf(operation) }),
  malformed_request: (app, operation) =>
    takesBody(operation)
      ? ask(app, operation, { raw: '{' })
      : call(app, operation.method, operation.path.replaceAll(/\{\w+\}/g, '%zz'), staff(app)),
  invalid_request: (app, operation) =>
    takesBody(operation)
      ? ask(app, operation, { body: { no_such_member: true } })
      : call(app, operation.method, `${pathOf(operation)}?no_such_parameter=1`, staff(app)),
  body_too_large: (app, operation) => ask(app, operation, { body: { text: MUCH } }),
  unsupported_media_type: (app, operation) =>
    ask(app, operation, { raw: 'text', headers: { 'content-type': 'text/plain' } }),
  idempotency_key_reused: (app, operation) =>
    ask(app, operation, { body: bodyOf(operation), headers: { 'idempotency-key': USED_KEY } }),
  chargeback_not_found: unknownId,
  customer_not_found: unknownId,
  invoice_not_found: unknownId,
  notification_not_found: unknownId,
  operation_not_found: unknownId,
  payment_not_found: unknownId,
  refund_not_found: unknownId,
  webhook_endpoint_not_found: unknownId,
  customer_unknown: unknownId,
  provider_not_found: (app, operation) =>
    call(app, operation.method, pathOf(operation, { id: 'nobody' }), staff(app)),
  notifications_not_configured: (app, operation) =>
    call(app, operation.method, pathOf(operation, { id: 'nobody', account: 'nobody' }), {
      body: {},
    }),
  notification_forged: (app, operation) =>
    call(app, operation.method, pathOf(operation), { body: bodyOf(operation) ?? {} }),
};

const onOpen =
  (verb: string, body: object = {}): Recipe =>
  async (app) =>
    commandOn(app, (await payments.makePayment(app, 'paypal')).id, { verb, body });

const onPaid =
  (verb: string, body: object = {}): Recipe =>
  async (app) =>
    commandOn(app, (await payments.makePaid(app, 'paypal')).id, { verb, body });

const create =
  (changes: object): Recipe =>
  (app) =>
    payments.create(app, changes);

/** What needs a payment in a certain state, or a certain body: by operation and code. */
export const recipes: Readonly<Record<string, Recipe>> = {
  'receiveNotification body_too_large': (app) =>
    call(app, 'POST', '/api/notifications/paypal', { body: { text: MUCH.repeat(20) } }),
  'approvePayment payment_not_approved': onOpen('approve'),
  'approvePayment payer_mismatch': async (app) => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    return commandOn(app, id, { verb: 'approve', body: { payer_id: 'SOMEBODYELSE1' } });
  },
  'approvePayment payment_declined': async (app) =>
    commandOn(app, (await payments.makePressed(app, 'paypal', 'decline')).id, {
      verb: 'approve',
    }),
  'approvePayment invalid_state': async (app) => {
    const { id } = await payments.makePayment(app, 'paypal');
    await commandOn(app, id, { verb: 'cancel' });
    return commandOn(app, id, { verb: 'approve' });
  },
  'cancelPayment invalid_state': onPaid('cancel'),
  'capturePayment invalid_state': onOpen('capture'),
  'capturePayment capture_amount_exceeded': async (app) =>
    commandOn(app, (await payments.makeHeld(app)).id, {
      verb: 'capture',
      body: { amount: 100_000 },
    }),
  'reauthorizePayment invalid_state': onOpen('reauthorize'),
  'refundPayment invalid_state': onOpen('refunds'),
  'refundPayment refund_too_high': onPaid('refunds', { amount: 100_000 }),
  'refundPayment nothing_to_refund': async (app) => {
    const { id } = await payments.makePaid(app, 'paypal');
    await commandOn(app, id, { verb: 'refunds' });
    return commandOn(app, id, { verb: 'refunds' });
  },
  'createPayment customer_forbidden': (app) =>
    payments.create(app, { customer: app.customers.other }),
  'createPayment customer_required': create({ customer: null }),
  'createPayment provider_not_configured': create({ provider: 'nobody' }),
  'createPayment no_suitable_provider': create({ pay_methods: ['no_such_method'] }),
  'createPayment unsupported_by_provider': create({
    provider: 'paypro',
    capture_method: 'manual',
  }),
};

function ask(app: TestApp, operation: DocumentedOperation, options: CallOptions): Promise<Answer> {
  return call(app, operation.method, pathOf(operation), { ...staff(app), ...options });
}

function commandOn(
  app: TestApp,
  id: string,
  { verb, body = {} }: { readonly verb: string; readonly body?: object },
): Promise<Answer> {
  return call(app, 'POST', `/api/payments/${id}/${verb}`, { ...staff(app), body });
}

function staff({ keys }: TestApp): { readonly key: string } {
  return { key: keys.staff };
}
