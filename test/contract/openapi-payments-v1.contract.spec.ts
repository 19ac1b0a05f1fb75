import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { listAt } from '../../src/shared/json';
import { textOf } from '../support/read';
import { openCaller, type SpecCaller } from './openapi-caller';
import { OpenApiChecker } from './openapi-checker';
import { uncalledOperations } from './openapi-coverage';
import { CONTEXT, keyed, linkIn, openShop, press, type Shop } from './openapi-shop';
import { describeWithSpecs } from './openapi-suite';
import { controlOf, startPayPal } from './paypal.support';

/** The simulated Payments v1, accepted and refused, next to PayPal's own description of it. */

const PAYMENTS = '/v1/payments/payment';
const NOBODY = '5O190127TN364715T';

let sandbox: RunningSandbox;
let control: ReturnType<typeof controlOf>;
let paypal: SpecCaller;
let shop: Shop;

describeWithSpecs("the simulator beside PayPal's contract of Payments v1", (documents) => {
  beforeAll(async () => {
    sandbox = await startPayPal();
    control = controlOf(sandbox.url);
    paypal = await openCaller(sandbox.url, new OpenApiChecker(documents));
    shop = openShop(paypal);
  });

  afterEach(() => {
    expect(paypal.findings()).toEqual([]);
  });

  afterAll(() => sandbox?.close());

  it('agrees on a payment from create to refund', async () => {
    const { id, page, path } = await create();
    await shop.fine('GET', path);
    await press(page, 'pay');
    const payer = await payerOf(path);
    const execute = { body: { payer_id: payer }, headers: keyed() };
    const sale = saleIn((await shop.fine('POST', `${path}/execute`, execute)).body);
    await shop.fine('GET', path);
    const shown = await shop.fine('GET', `/v1/payments/sale/${sale}`);
    expect(shown.body).toMatchObject({ parent_payment: id, state: 'completed' });
    for (const total of ['2.50', '7.50']) {
      const amount = { total, currency: 'EUR' };
      const body = { amount, description: 'Sorry', invoice_number: `ref_${total}` };
      const sent = { body, headers: keyed() };
      const made = await shop.fine('POST', `/v1/payments/sale/${sale}/refund`, sent);
      await shop.fine('POST', `/v1/payments/sale/${sale}/refund`, sent);
      await shop.fine('GET', `/v1/payments/refund/${textOf(made.body, 'id')}`);
    }
    await shop.fine('GET', path);
    await shop.fine('GET', '/v1/notifications/webhooks-events?page_size=100');
  });

  it('agrees on a payment whose money takes its time', async () => {
    const { page, path } = await create();
    await press(page, 'pending');
    const execute = { body: { payer_id: await payerOf(path) } };
    const sale = saleIn((await shop.fine('POST', `${path}/execute`, execute)).body);
    await shop.fine('GET', `/v1/payments/sale/${sale}`);
    await shop.refused('POST', `/v1/payments/sale/${sale}/refund`, 400);
  });

  it('agrees on how calls at the wrong time are refused', async () => {
    const { page, path } = await create();
    await shop.refused('POST', `${path}/execute`, 400, { payer_id: 'ABCDEFGHJKLMN' });
    await press(page, 'pay');
    await shop.refused('POST', `${path}/execute`, 400, { payer_id: 'ABCDEFGHJKLMN' });
    const payer = { payer_id: await payerOf(path) };
    const sale = saleIn((await shop.fine('POST', `${path}/execute`, { body: payer })).body);
    await shop.refused('POST', `${path}/execute`, 400, payer);
    const tooMuch = { amount: { total: '99.00', currency: 'EUR' } };
    await shop.refused('POST', `/v1/payments/sale/${sale}/refund`, 400, tooMuch);
  });

  it.each([
    ['no amount', { transactions: [{}] }],
    ['no transactions', { transactions: undefined }],
    ['no addresses to come back to', { redirect_urls: undefined }],
    ['half a yen', { transactions: [{ amount: { total: '1.50', currency: 'JPY' } }] }],
    ['an unknown intent', { intent: 'take' }],
  ])('agrees on how a payment with %s is refused', async (_what, changes) => {
    await shop.refused('POST', PAYMENTS, 400, { ...aPayment(), ...changes });
  });

  it.each([
    ['GET', `${PAYMENTS}/PAYID-${NOBODY}`],
    ['POST', `${PAYMENTS}/PAYID-${NOBODY}/execute`],
    ['GET', `/v1/payments/sale/${NOBODY}`],
    ['POST', `/v1/payments/sale/${NOBODY}/refund`],
    ['GET', `/v1/payments/refund/${NOBODY}`],
  ])('agrees on how %s %s says that there is no such thing', async (method, path) => {
    const body = method === 'GET' ? undefined : {};
    expect((await paypal.call(method, path, { body })).status).toBe(404);
    const nobody = { body, headers: { Authorization: 'Bearer nobody' } };
    expect((await paypal.call(method, path, nobody)).status).toBe(401);
    if (method === 'POST') await paypal.call(method, path, { body: '{' });
  });

  it('leaves no operation out that the simulator knows', async () => {
    const own = documents.filter(({ name }) => name === 'payments_payment_v1');
    expect(await uncalledOperations(own, paypal, control)).toEqual([]);
  });
});

function aPayment() {
  const { return_url, cancel_url } = CONTEXT;
  const amount = { total: '10.00', currency: 'EUR' };
  return {
    intent: 'sale',
    payer: { payment_method: 'paypal' },
    transactions: [{ amount, description: 'Two books', custom: 'pay_1' }],
    redirect_urls: { return_url, cancel_url },
  };
}

async function create() {
  const made = await shop.fine('POST', PAYMENTS, { body: aPayment(), headers: keyed() });
  const id = textOf(made.body, 'id');
  return { id, page: linkIn(made, 'approval_url'), path: `${PAYMENTS}/${id}` };
}

async function payerOf(path: string): Promise<string> {
  const { body } = await shop.fine('GET', path);
  return textOf(body, 'payer', 'payer_info', 'payer_id');
}

function saleIn(body: unknown): string {
  const related = listAt(body, 'transactions', 0, 'related_resources');
  return textOf(related, 0, 'sale', 'id');
}
