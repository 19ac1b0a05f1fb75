import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { matching, send, text } from './reply.wire';
import {
  approvedV1,
  aSale,
  control,
  ledgerOf,
  paypalClient,
  press,
  type Send,
  soldV1,
  start,
} from './support';

const PAYMENTS = '/v1/payments/payment';
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

describe('PayPal: carrying out a payment of Payments v1', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  let manage: Send;
  beforeAll(async () => {
    sandbox = await start();
    manage = control(sandbox.url);
  });
  afterAll(() => sandbox.close());
  // The clock moves between tests, so each takes a token of its own time.
  beforeEach(async () => (call = await paypalClient(sandbox.url)));

  const create = (body: object = aSale(), headers: Record<string, string> = {}) =>
    call('POST', PAYMENTS, body, headers);
  const later = async (seconds: number) => {
    await manage('POST', '/clock', { advance_seconds: seconds });
    call = await paypalClient(sandbox.url);
  };

  describe('carrying it out', () => {
    it('makes a sale and moves the money once', async () => {
      const { payment, done, sale, id } = await soldV1(call);
      expect(done.status).toBe(200);
      expect(done.body).toMatchObject({ id: payment.id, state: 'approved' });
      expect(done.body['links']).toMatchObject([{ rel: 'self' }]);
      expect(sale).toMatchObject({
        id: matching(/^[0-9][A-Z0-9]{16}$/),
        state: 'completed',
        amount: { total: '12.50', currency: 'EUR', details: { subtotal: '12.50' } },
        payment_mode: 'INSTANT_TRANSFER',
        transaction_fee: { value: '0.92', currency: 'EUR' },
        parent_payment: payment.id,
        custom: 'our-1',
        invoice_number: 'INV-1',
      });
      expect(await ledgerOf(sandbox.url, id)).toMatchObject([
        {
          gateway: 'paypal',
          kind: 'capture',
          order_id: payment.id,
          custom_id: 'our-1',
          amount: '12.50',
          currency: 'EUR',
        },
      ]);
      expect((await call('GET', payment.path)).body).toEqual(done.body);
      expect((await call('GET', `/v1/payments/sale/${id}`)).body).toEqual(sale);
    });

    it('moves a new amount when one is sent along', async () => {
      const { path, payer, id } = await approvedV1(call);
      const transactions = [{ amount: { total: '15.00', currency: 'EUR' } }];
      const done = await call('POST', `${path}/execute`, { ...payer, transactions });
      expect(done.body['transactions']).toMatchObject([
        {
          amount: { total: '15.00' },
          related_resources: [{ sale: { amount: { total: '15.00' } } }],
        },
      ]);
      expect(await ledgerOf(sandbox.url, id)).toMatchObject([{ amount: '15.00' }]);
    });

    it('refuses what the payer has not approved', async () => {
      const { body } = await create();
      const path = `${PAYMENTS}/${text(body['id'])}/execute`;
      const early = await call('POST', path, { payer_id: 'CR87QHB7JTRSC' });
      expect(early).toMatchObject({
        status: 400,
        body: { name: 'PAYMENT_NOT_APPROVED_FOR_EXECUTION' },
      });
    });

    it.each([
      [{ payer_id: 'CR87QHB7JTRSC' }, 'INVALID_PAYER_ID'],
      [{ payer_id: '' }, 'VALIDATION_ERROR'],
      [{}, 'VALIDATION_ERROR'],
      ['[]', 'MALFORMED_REQUEST'],
    ])('refuses %j with %s and moves nothing', async (body, name) => {
      const { path, id } = await approvedV1(call);
      const bad = await call('POST', `${path}/execute`, body);
      expect(bad).toMatchObject({ status: 400, body: { name } });
      expect(await ledgerOf(sandbox.url, id)).toEqual([]);
    });

    it.each([
      [{ total: '12.505', currency: 'EUR' }, 'VALIDATION_ERROR'],
      [{ total: '12.50', currency: 'USD' }, 'CURRENCY_MISMATCH'],
    ])('refuses the new amount %j with %s', async (amount, name) => {
      const { path, payer } = await approvedV1(call);
      const bad = await call('POST', `${path}/execute`, { ...payer, transactions: [{ amount }] });
      expect(bad).toMatchObject({ status: 400, body: { name } });
    });

    it('says that it is done when it is asked again, and moves nothing more', async () => {
      const { payment } = await soldV1(call);
      const again = await call('POST', `${payment.path}/execute`, payment.payer);
      expect(again).toMatchObject({ status: 400, body: { name: 'PAYMENT_ALREADY_DONE' } });
      expect(await ledgerOf(sandbox.url, payment.id)).toHaveLength(1);
    });

    it('declines until the payer has chosen another way to pay', async () => {
      const { path, payer, page } = await approvedV1(call, { action: 'decline' });
      const execute = () => call('POST', `${path}/execute`, payer);
      expect(await execute()).toMatchObject({ status: 400, body: { name: 'INSTRUMENT_DECLINED' } });
      expect((await call('GET', path)).body['state']).toBe('created');
      await press(page, 'pay');
      expect(await execute()).toMatchObject({ status: 200, body: { state: 'approved' } });
    });

    it.each([
      ['COMPLETED', 'completed', 1],
      ['DECLINED', 'denied', 0],
    ])('leaves an eCheck pending until it is %s', async (status, state, movements) => {
      const { sale, id, path, done } = await soldV1(call, { action: 'pending' });
      expect(done.body['state']).toBe('approved');
      expect(sale).toMatchObject({
        state: 'pending',
        payment_mode: 'ECHECK',
        reason_code: 'ECHECK',
      });
      expect(sale?.['transaction_fee']).toBeUndefined();
      expect(await ledgerOf(sandbox.url, id)).toEqual([]);
      expect((await manage('POST', `/paypal/captures/${id}`, { status })).status).toBe(200);
      expect((await call('GET', path)).body['state']).toBe(state);
      expect(await ledgerOf(sandbox.url, id)).toHaveLength(movements);
    });

    it('makes a pending sale when a fault asks for it', async () => {
      await manage('POST', '/faults', { gateway: 'paypal', kind: 'capture_pending' });
      expect((await soldV1(call)).sale).toMatchObject({ state: 'pending' });
    });

    it('refuses a payment that PayPal has given up', async () => {
      const { id, path, payer } = await approvedV1(call);
      const switchPath = `/paypal/payments/${id}`;
      expect((await manage('POST', switchPath, { state: 'lost' })).status).toBe(422);
      const reason = { state: 'failed', failure_reason: 'PAYER_CANNOT_PAY' };
      expect((await manage('POST', switchPath, reason)).status).toBe(200);
      expect((await manage('POST', switchPath, reason)).status).toBe(409);
      expect((await call('GET', path)).body).toMatchObject(reason);
      const late = await call('POST', `${path}/execute`, payer);
      expect(late).toMatchObject({ status: 400, body: { name: 'PAYMENT_STATE_INVALID' } });
    });
  });

  describe('the end of its time', () => {
    it('refuses to carry it out after three hours, and forgets it after a day', async () => {
      const { body } = await create();
      const untouched = `${PAYMENTS}/${text(body['id'])}`;
      const { path, payer, page } = await approvedV1(call);
      await later(3 * HOUR_SECONDS);
      expect((await press(page, 'pay')).status).toBe(410);
      const expired = await call('POST', `${untouched}/execute`, payer);
      expect(expired).toMatchObject({ status: 400, body: { name: 'PAYMENT_EXPIRED' } });
      const tooLate = await call('POST', `${path}/execute`, payer);
      expect(tooLate).toMatchObject({ status: 400, body: { name: 'PAYMENT_APPROVAL_EXPIRED' } });
      expect((await call('GET', path)).body['state']).toBe('created');
      await later(DAY_SECONDS);
      for (const [method, url] of [
        ['GET', path],
        ['POST', `${path}/execute`],
        ['GET', untouched],
      ] as const) {
        const gone = await call(method, url, method === 'GET' ? undefined : payer);
        expect(gone).toMatchObject({ status: 404, body: { name: 'INVALID_RESOURCE_ID' } });
      }
    });

    it('keeps what was carried out', async () => {
      const { payment } = await soldV1(call);
      await later(DAY_SECONDS);
      expect((await call('GET', payment.path)).body['state']).toBe('approved');
    });

    it('comes at once by the button', async () => {
      const { path, page } = await approvedV1(call, { action: 'expire' });
      expect((await send(page)).status).toBe(410);
      expect((await call('GET', path)).status).toBe(404);
    });
  });

  describe('request ids', () => {
    it('give the first payment again for the same body, and refuse another', async () => {
      const headers = { 'paypal-request-id': 'v1-create' };
      const first = await create(aSale(), headers);
      const again = await create(aSale(), headers);
      expect([first.status, again.status]).toEqual([201, 200]);
      expect(again.body).toEqual(first.body);
      const other = await create(aSale({}, '99.00'), headers);
      expect(other).toMatchObject({ status: 400, body: { name: 'DUPLICATE_REQUEST_ID' } });
    });

    it('carry a payment out once', async () => {
      const { path, payer, id } = await approvedV1(call);
      const headers = { 'paypal-request-id': `execute-${id}` };
      const execute = (body: object) => call('POST', `${path}/execute`, body, headers);
      const first = await execute(payer);
      const again = await execute(payer);
      expect([first.status, again.status]).toEqual([200, 200]);
      expect(again.body).toEqual(first.body);
      expect(await execute({ payer_id: 'CR87QHB7JTRSC' })).toMatchObject({
        status: 400,
        body: { name: 'DUPLICATE_REQUEST_ID' },
      });
      expect(await ledgerOf(sandbox.url, id)).toHaveLength(1);
    });

    it('are known for 30 days', async () => {
      const { path, payer, id } = await approvedV1(call);
      const headers = { 'paypal-request-id': `long-${id}` };
      await call('POST', `${path}/execute`, payer, headers);
      await later(29 * DAY_SECONDS);
      expect((await call('POST', `${path}/execute`, payer, headers)).status).toBe(200);
      await later(DAY_SECONDS);
      const late = await call('POST', `${path}/execute`, payer, headers);
      expect(late.body['name']).toBe('PAYMENT_ALREADY_DONE');
    });

    it('are refused while the first call runs', async () => {
      const { path, payer, id } = await approvedV1(call);
      const match = { path_contains: '/execute' };
      await manage('POST', '/faults', { gateway: 'paypal', kind: 'delay', delay_ms: 1000, match });
      const headers = { 'paypal-request-id': `race-${id}` };
      const answers = await Promise.all(
        [1, 2].map(() => call('POST', `${path}/execute`, payer, headers)),
      );
      const busy = answers.find(({ status }) => status === 409);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(busy?.body).toMatchObject({
        name: 'PREVIOUS_REQUEST_IN_PROGRESS',
        information_link: matching(/./),
      });
    });
  });
});
