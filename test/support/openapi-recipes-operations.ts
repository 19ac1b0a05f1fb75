import { readId } from '../../src/shared/id';
import { type TestApp } from './app';
import { lostCapture } from './integration-lost';
import { documentedOperations, type DocumentedOperation } from './openapi-document';
import * as conflicts from './openapi-recipes-conflicts';
import { commandOn, lose } from './openapi-lost';
import { by, keyed, newKey, type Recipe } from './openapi-recipe';
import { named } from './openapi-recipes-anywhere';
import { pendingRefund, send } from './openapi-requests';
import * as mandates from './mandates';
import * as payments from './payments';
import { textOf } from './read';
import * as refunds from './refunds';
import * as reviews from './reviews';
import { sandboxOf } from './sandbox';

type Make = (app: TestApp) => Promise<{ readonly id: string }>;

const givenUp: Recipe = async (app, operation) => {
  const again = keyed(newKey());
  const { id, payment } = await lose(app, operation, again);
  payments.expectStatus(await reviews.resolve(app, payment, { decision: 'failed' }), 200);
  return commandOn(app, operation, { id, ...again });
};

const operationNamed = (id: string): DocumentedOperation => {
  const found = documentedOperations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the document has no ${id}`);
  return found;
};

/** What such a command was about waits for a person. */
const after =
  (lost: string, body: object): Recipe =>
  async (app, operation) => {
    const { id } = await lose(app, operationNamed(lost), { body: { amount: 400 } });
    return commandOn(app, operation, { id, body });
  };

const afterCreate: Recipe = async (app, operation) =>
  commandOn(app, operation, { id: await reviews.misreadCreate(app, 'paypal') });

/** Of two refunds, one waits for a person. */
const afterRefund: Recipe = async (app, operation) => {
  const { id: payment } = await payments.makePaid(app, 'paypro');
  const made = await refunds.refund(app, payment, { body: { amount: 400 } });
  payments.expectStatus(made, 201);
  await refunds.loseRefund(app, payment, 300);
  return commandOn(app, operation, { id: textOf(made.body, 'id') });
};

const stillLooking: Recipe = async (app, operation) => {
  const id = await reviews.operationIdOf(app, await lostCapture(app));
  return send(app, operation, { ids: { id } });
};

/** As often as the program looks again, somebody else changes the payment meanwhile. */
const LOOKS = 5;

const keepsChanging: Recipe = async (app, operation, others) => {
  const { id, providerId } = await payments.makePayment(app, 'paypal');
  const at = await others.scripted();
  const looking = { method: 'GET', path: new RegExp(providerId) };
  let look = at.proxy.holdUp(looking);
  const answer = send(app, operation, { ids: { id }, at });
  for (let looks = 1; looks <= LOOKS; looks++) {
    await look.arrived;
    const sql = 'UPDATE payments.payments SET version = version + 1 WHERE id = $1';
    await app.query(sql, [readId('pay', id)]);
    const { letGo } = look;
    if (looks < LOOKS) look = at.proxy.holdUp(looking);
    letGo();
  }
  return answer;
};

/** An account that other programs on the database have not. */
const elsewhere =
  (make: Make): Recipe =>
  async (app, operation, others) => {
    const at = await others.strangers();
    return send(app, operation, { ids: { id: (await make(app)).id }, at });
  };

const decided =
  (body: object): Recipe =>
  async (app, operation) => {
    const id = await reviews.operationIdOf(app, await reviews.misreadCreate(app, 'paypal'));
    return send(app, operation, { ids: { id }, body: { note: reviews.NOTE, ...body } });
  };

const linkedToOther: Recipe = async (app, operation, others) => {
  const { providerId } = await payments.makePayment(app, 'paypal');
  return decided({ decision: 'link', provider_id: providerId })(app, operation, others);
};

const settledBefore: Recipe = async (app, operation) => {
  const { id } = await payments.makePayment(app, 'paypal');
  return send(app, operation, { ids: { id: await reviews.operationIdOf(app, id) } });
};

/** The answer to its create showed another amount than ours. */
const misreadAtOld: Make = async (app) => {
  const match = { method: 'POST', path_contains: '/payments' };
  await sandboxOf(app).fault('paypro', { kind: 'wrong_amount', match });
  const made = await payments.create(app, { provider: 'paypro_old' });
  payments.expectStatus(made, 202);
  return { id: await reviews.operationIdOf(app, textOf(made.body, 'id')) };
};

/** A charge that waits for a person, where the lists leave our references out. */
const notListed: Recipe = async (app, operation) => {
  const customer = await mandates.newCustomer(app);
  const mandate = await mandates.makeCardMandate(app, customer);
  const atPaypro = (method: string) => ({ method, path_contains: '/payments' });
  await sandboxOf(app).fault('paypro', { kind: 'drop_before', match: atPaypro('POST') });
  const made = await mandates.charge(app, { customer, mandate });
  payments.expectStatus(made, 202);
  const payment = textOf(made.body, 'id');
  await reviews.notShown(app, payment);
  const lists = { kind: 'no_metadata', match: atPaypro('GET'), times: 100 };
  await sandboxOf(app).fault('paypro', lists);
  const id = await reviews.operationIdOf(app, payment);
  const body = { decision: 'failed', note: reviews.NOTE };
  const answer = await send(app, operation, { ids: { id }, body });
  await sandboxOf(app).dropFaults();
  return answer;
};

const NO_SUCH = { pay_methods: ['no_such_method'] };

/** Errors of operations that are not finished, or by an account that is not there, by code. */
export const recipesOfOperations: Readonly<Record<string, Recipe>> = {
  operation_given_up: givenUp,
  operation_in_progress: by({
    approve: afterCreate,
    cancelRefund: afterRefund,
    cancel: after('capturePayment', {}),
    capture: after('capturePayment', { amount: 300 }),
    reauthorize: after('capturePayment', {}),
    refundPayment: after('refundPayment', { amount: 300 }),
    refresh: keepsChanging,
    resolve: stillLooking,
    closeConflict: conflicts.besideOperation,
  }),
  conflict_not_found: conflicts.ofOther,
  conflict_closed: conflicts.closedBefore,
  conflict_not_closable: conflicts.stillOpen,
  operation_settled: settledBefore,
  provider_shows_it: decided({ decision: 'failed' }),
  provider_cannot_tell: notListed,
  provider_id_taken: linkedToOther,
  link_mismatch: decided({ decision: 'link', provider_id: 'NOSUCHPAYMENT0' }),
  provider_not_configured: by({
    refundPayment: elsewhere((app) => payments.makePaid(app, 'paypro_old')),
    cancelRefund: elsewhere(async (app) => ({ id: await pendingRefund(app, 'paypro_old') })),
    resolve: elsewhere(misreadAtOld),
    '': named({ provider: 'nobody', by: 'strangers' }),
  }),
  unsupported_by_provider: by({
    cancelRefund: async (app, operation) =>
      commandOn(app, operation, { id: await pendingRefund(app, 'paypal') }),
    listPayMethods: (app, operation) => send(app, operation, { ids: { id: 'paypal' } }),
    createPayment: named({ provider: 'paypal', wishes: NO_SUCH }),
    payInvoice: named({ provider: 'paypal', wishes: NO_SUCH }),
    '': named({ provider: 'paypal' }),
  }),
};
