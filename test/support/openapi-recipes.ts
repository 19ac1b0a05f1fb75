import { type TestApp } from './app';
import { type Answer, call, type CallOptions } from './http';
import { type DocumentedOperation } from './openapi-document';
import { bodyOf, type DocumentedError, pathOf, takesBody } from './openapi-examples';
import { type Others } from './openapi-others';
import { type Recipe } from './openapi-recipe';
import { recipesAnywhere } from './openapi-recipes-anywhere';
import { invoiceRecipes } from './openapi-recipes-invoices';
import { mandateRecipes } from './openapi-recipes-mandates';
import { recipesOfOperations } from './openapi-recipes-operations';
import { recipesOfPayments } from './openapi-recipes-payments';
import { recipesOfWebhooks } from './openapi-recipes-webhooks';
import * as payments from './payments';

/** Above the most that a body may have. */
const MUCH = 'x'.repeat(70_000);

const unknownId: Recipe = (app, operation) => ask(app, operation, { body: bodyOf(operation) });

/** What any operation answers in the same way. The ids of the examples belong to nothing here. */
const genericRecipes: Readonly<Record<string, Recipe>> = {
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
      ? ask(app, operation, { body: { ...bodyOf(operation), colour: 'red' } })
      : call(app, operation.method, `${pathOf(operation)}?colour=red`, staff(app)),
  body_too_large: (app, operation) => ask(app, operation, { body: { text: MUCH } }),
  unsupported_media_type: (app, operation) =>
    ask(app, operation, { raw: 'text', headers: { 'content-type': 'text/plain' } }),
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

const onPaid =
  (verb: string, body: object = {}): Recipe =>
  async (app) =>
    commandOn(app, (await payments.makePaid(app, 'paypal')).id, { verb, body });

const create =
  (changes: object): Recipe =>
  (app) =>
    payments.create(app, changes);

/** What needs a payment in a certain state, or a certain body: by operation and code. */
const recipes: Readonly<Record<string, Recipe>> = {
  'receiveNotification body_too_large': (app) =>
    call(app, 'POST', '/api/notifications/paypal', { body: { text: MUCH.repeat(20) } }),
  'capturePayment capture_amount_exceeded': async (app) =>
    commandOn(app, (await payments.makeHeld(app)).id, {
      verb: 'capture',
      body: { amount: 100_000 },
    }),
  'refundPayment refund_too_high': onPaid('refunds', { amount: 100_000 }),
  'refundPayment nothing_to_refund': async (app) => {
    const { id } = await payments.makePaid(app, 'paypal');
    await commandOn(app, id, { verb: 'refunds' });
    return commandOn(app, id, { verb: 'refunds' });
  },
  'createPayment customer_forbidden': (app) =>
    payments.create(app, { customer: app.customers.other }),
  'createPayment customer_required': create({ customer: null }),
  'createPayment no_suitable_provider': async (app, _, others) => {
    const { url } = await others.strangers();
    return payments.create({ ...app, url }, { pay_methods: ['no_such_method'] });
  },
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

const byName = [invoiceRecipes, mandateRecipes, recipes];
const byCode = [recipesOfPayments, recipesOfOperations, recipesOfWebhooks, recipesAnywhere];

/** The answer of the most exact recipe; null where nobody knows how to provoke the error. */
export async function provoke(
  { operation, code }: DocumentedError,
  { app, others }: { readonly app: TestApp; readonly others: Others },
): Promise<Answer | null> {
  const name = `${operation.id} ${code}`;
  const known = [...byName.map((one) => one[name]), ...byCode.map((one) => one[code])];
  for (const recipe of [...known, genericRecipes[code]]) {
    const answer = (await recipe?.(app, operation, others)) ?? null;
    if (answer !== null) return answer;
  }
  return null;
}
