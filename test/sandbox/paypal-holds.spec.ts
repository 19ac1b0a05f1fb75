import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { eventually, type Receiver } from './receiver';
import { linkOf, matching, text } from './reply.wire';
import {
  anOrder,
  aUnit,
  ledgerOf,
  OTHER_ACCOUNT,
  paypalClient,
  press,
  type Send,
  type ShopWorld,
  startWithShop,
} from './support';

const full = { prefer: 'return=representation' };
const eur = (value: string) => ({ amount: { currency_code: 'EUR', value } });
const DAY_SECONDS = 86_400;

describe('PayPal: holding money', () => {
  let world: ShopWorld;
  let sandbox: RunningSandbox;
  let call: Send;
  let manage: Send;
  let shop: Receiver;
  beforeAll(async () => {
    world = await startWithShop('paypal');
    ({ sandbox, manage, shop } = world);
  });
  afterAll(() => world.close());
  // The clock moves between tests, so each takes a token of its own time.
  beforeEach(async () => (call = await paypalClient(sandbox.url)));

  const held = async (action = 'pay', changes: object = {}) => {
    const order = anOrder({ intent: 'AUTHORIZE', ...changes });
    const { body } = await call('POST', '/v2/checkout/orders', order);
    await press(linkOf(body, 'approve'), action);
    const orderPath = `/v2/checkout/orders/${text(body['id'])}`;
    const done = await call('POST', `${orderPath}/authorize`);
    const payments = done.body['purchase_units']?.['0']?.['payments'];
    const id = text(payments?.['authorizations']?.['0']?.['id']);
    return { id, orderPath, path: `/v2/payments/authorizations/${id}` };
  };
  const days = async (count: number) => {
    await manage('POST', '/clock', { advance_seconds: count * DAY_SECONDS });
    call = await paypalClient(sandbox.url);
  };
  const statusOf = async (path: string) => (await call('GET', path)).body['status'];
  const issueOf = async (path: string, body?: unknown) =>
    (await call('POST', path, body)).body['details']?.['0']?.['issue'];
  const typesAbout = (id: string) =>
    shop.received
      .filter(({ body }) => text(body['resource']?.['id']) === id)
      .map(({ type }) => type);
  const told = (id: string, types: string[]) =>
    eventually(() => expect(typesAbout(id)).toEqual(types));

  it('shows a hold of 29 days and tells of it', async () => {
    const { id, path, orderPath } = await held();
    const { status, body } = await call('GET', path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      status: 'CREATED',
      ...eur('12.50'),
      custom_id: 'our-1',
      supplementary_data: { related_ids: { order_id: orderPath.split('/').at(-1) } },
    });
    const daysLeft =
      Date.parse(text(body['expiration_time'])) - Date.parse(text(body['create_time']));
    expect(daysLeft).toBe(29 * DAY_SECONDS * 1000);
    for (const rel of ['capture', 'void', 'reauthorize']) {
      expect(linkOf(body, rel)).toBe(`${sandbox.url}/paypal${path}/${rel}`);
    }
    expect(linkOf(body, 'up')).toBe(`${sandbox.url}/paypal${orderPath}`);
    await told(id, ['PAYMENT.AUTHORIZATION.CREATED']);
  });

  it('captures all of it when no amount is named', async () => {
    const { id, path, orderPath } = await held();
    const { status, body } = await call('POST', `${path}/capture`, undefined, full);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: matching(/^[0-9][A-Z0-9]{16}$/),
      status: 'COMPLETED',
      ...eur('12.50'),
      final_capture: false,
      custom_id: 'our-1',
    });
    expect(linkOf(body, 'up')).toBe(`${sandbox.url}/paypal${path}`);
    expect(await statusOf(path)).toBe('CAPTURED');
    const capture = await call('GET', `/v2/payments/captures/${text(body['id'])}`);
    expect(capture.body['supplementary_data']).toMatchObject({
      related_ids: { authorization_id: id },
    });
    expect((await call('GET', orderPath)).body).toMatchObject({
      status: 'COMPLETED',
      purchase_units: [
        { payments: { captures: [{ id: body['id'] }], authorizations: [{ status: 'CAPTURED' }] } },
      ],
    });
    expect(await ledgerOf(sandbox.url, text(body['id']))).toMatchObject([
      { kind: 'capture', custom_id: 'our-1', amount: '12.50' },
    ]);
    await told(text(body['id']), ['PAYMENT.CAPTURE.COMPLETED']);
    expect(await issueOf(`${path}/capture`)).toBe('AUTHORIZATION_ALREADY_CAPTURED');
    expect(await issueOf(`${path}/void`)).toBe('PREVIOUSLY_CAPTURED');
    expect(await issueOf(`${path}/reauthorize`)).toBe('AUTHORIZATION_ALREADY_CAPTURED');
  });

  it('captures in parts until one is the final one', async () => {
    const { path } = await held();
    const first = await call('POST', `${path}/capture`, { ...eur('5.00'), invoice_id: 'INV-1-1' });
    expect(Object.keys(first.body).sort()).toEqual(['id', 'links', 'status']);
    const read = await call('GET', `/v2/payments/captures/${text(first.body['id'])}`);
    expect(read.body).toMatchObject({ ...eur('5.00'), invoice_id: 'INV-1-1' });
    expect(await statusOf(path)).toBe('PARTIALLY_CAPTURED');
    const last = { ...eur('2.00'), final_capture: true };
    const second = await call('POST', `${path}/capture`, last, full);
    expect(second.body).toMatchObject({ final_capture: true, invoice_id: 'INV-1' });
    expect(await statusOf(path)).toBe('CAPTURED');
    expect(await issueOf(`${path}/capture`, eur('1.00'))).toBe('AUTHORIZATION_ALREADY_CAPTURED');
  });

  it('refunds a capture of a hold like any other', async () => {
    const { path } = await held();
    const { body } = await call('POST', `${path}/capture`, eur('5.00'));
    const capture = `/v2/payments/captures/${text(body['id'])}`;
    expect(await issueOf(`${capture}/refund`, eur('5.01'))).toBe('REFUND_AMOUNT_EXCEEDED');
    expect((await call('POST', `${capture}/refund`, {})).status).toBe(201);
    expect(await statusOf(capture)).toBe('REFUNDED');
  });

  it.each([
    ['12.50', 'EUR', '14.37', '14.38'],
    ['1000.00', 'USD', '1075.00', '1075.01'],
    ['1000.00', 'EUR', '1150.00', '1150.01'],
  ])('holds %s %s, and lets go of up to %s', async (value, currency, most, tooMuch) => {
    const { path } = await held('pay', aUnit(value, currency));
    const of = (amount: string) => ({ amount: { currency_code: currency, value: amount } });
    expect(await issueOf(`${path}/capture`, of(tooMuch))).toBe('MAX_CAPTURE_AMOUNT_EXCEEDED');
    expect((await call('POST', `${path}/capture`, of(most))).status).toBe(201);
  });

  it('counts what was captured before against the ceiling', async () => {
    const { path } = await held();
    await call('POST', `${path}/capture`, eur('10.00'));
    expect(await issueOf(`${path}/capture`)).toBe('MAX_CAPTURE_AMOUNT_EXCEEDED');
    expect(await issueOf(`${path}/capture`, eur('4.38'))).toBe('MAX_CAPTURE_AMOUNT_EXCEEDED');
    expect((await call('POST', `${path}/capture`, eur('4.37'))).status).toBe(201);
  });

  it('takes ten captures and no more', async () => {
    const { path } = await held();
    for (let count = 0; count < 10; count += 1) {
      expect((await call('POST', `${path}/capture`, eur('1.00'))).status).toBe(201);
    }
    expect(await issueOf(`${path}/capture`, eur('1.00'))).toBe('MAX_CAPTURE_COUNT_EXCEEDED');
  });

  it.each([
    [{ amount: { currency_code: 'USD', value: '1.00' } }, 'AUTH_CAPTURE_CURRENCY_MISMATCH'],
    [eur('0.00'), 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    [eur('1.001'), 'DECIMAL_PRECISION'],
    [{ final_capture: 'yes' }, 'INVALID_PARAMETER_SYNTAX'],
    [{ soft_descriptor: 'x'.repeat(23) }, 'INVALID_STRING_LENGTH'],
    ['[]', 'MALFORMED_REQUEST_JSON'],
  ])('refuses to capture %j with %s', async (body, issue) => {
    const { id, path } = await held();
    expect(await issueOf(`${path}/capture`, body)).toBe(issue);
    expect(await statusOf(path)).toBe('CREATED');
    expect(await ledgerOf(sandbox.url, id)).toEqual([]);
  });

  it('recognises the request id of a capture for 45 days', async () => {
    const { path } = await held();
    const headers = { 'paypal-request-id': `capture-${path}` };
    const capture = () => call('POST', `${path}/capture`, eur('5.00'), headers);
    const first = await capture();
    await days(44);
    const again = await capture();
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
  });

  it('lets the choice of the payer decide about a capture', async () => {
    const slow = await held('pending');
    const { body } = await call('POST', `${slow.path}/capture`);
    expect(body).toMatchObject({ status: 'PENDING', status_details: { reason: 'ECHECK' } });
    const poor = await held('decline');
    const declined = await call('POST', `${poor.path}/capture`);
    expect(declined.body).toMatchObject({ status: 'DECLINED' });
    expect(await statusOf(poor.path)).toBe('CREATED');
    expect((await call('POST', `${poor.path}/capture`)).body['status']).toBe('DECLINED');
    expect(await ledgerOf(sandbox.url, text(declined.body['id']))).toEqual([]);
    await told(text(declined.body['id']), ['PAYMENT.CAPTURE.DECLINED']);
  });

  it('voids a hold, and the order with it', async () => {
    const { id, path, orderPath } = await held();
    const { status, text: body } = await call('POST', `${path}/void`);
    expect([status, body]).toEqual([204, '']);
    expect(await statusOf(path)).toBe('VOIDED');
    expect(await statusOf(orderPath)).toBe('VOIDED');
    await told(id, ['PAYMENT.AUTHORIZATION.CREATED', 'PAYMENT.AUTHORIZATION.VOIDED']);
    expect(await issueOf(`${path}/void`)).toBe('PREVIOUSLY_VOIDED');
    expect(await issueOf(`${path}/capture`)).toBe('AUTHORIZATION_VOIDED');
    expect(await issueOf(`${path}/reauthorize`)).toBe('AUTHORIZATION_VOIDED');
    expect(await issueOf(`${orderPath}/authorize`)).toBe('ORDER_ALREADY_AUTHORIZED');
    await days(1);
    expect((await call('GET', orderPath)).status).toBe(200);
  });

  it('voids what is left of a hold; what was captured stays', async () => {
    const { path, orderPath } = await held();
    await call('POST', `${path}/capture`, eur('5.00'));
    const { status, body } = await call('POST', `${path}/void`, {}, full);
    expect([status, body['status']]).toEqual([200, 'VOIDED']);
    expect(await statusOf(orderPath)).toBe('COMPLETED');
  });

  it('ends a hold after 29 days, and tells so once', async () => {
    const { id, path, orderPath } = await held();
    await days(28);
    expect(await statusOf(path)).toBe('CREATED');
    await days(1);
    expect(await statusOf(path)).toBe('VOIDED');
    expect(await statusOf(orderPath)).toBe('VOIDED');
    expect(await issueOf(`${path}/capture`)).toBe('AUTHORIZATION_EXPIRED');
    expect(await issueOf(`${path}/reauthorize`)).toBe('AUTHORIZATION_VOIDED');
    expect(await issueOf(`${path}/void`)).toBe('PREVIOUSLY_VOIDED');
    await days(1);
    await told(id, ['PAYMENT.AUTHORIZATION.CREATED', 'PAYMENT.AUTHORIZATION.VOIDED']);
  });

  describe('renewing it', () => {
    const renewed = async () => {
      const first = await held();
      await days(3);
      const { body } = await call('POST', `${first.path}/reauthorize`, eur('14.00'), full);
      const id = text(body['id']);
      return { first, body, id, path: `/v2/payments/authorizations/${id}` };
    };

    it('is possible from the fourth day on, with an id of its own', async () => {
      const early = await held();
      await days(2);
      expect(await issueOf(`${early.path}/reauthorize`)).toBe('REAUTHORIZATION_NOT_SUPPORTED');
      const { first, body, id } = await renewed();
      expect(body).toMatchObject({ status: 'CREATED', ...eur('14.00') });
      expect(id).not.toBe(first.id);
      expect(body['expiration_time']).toBe((await call('GET', first.path)).body['expiration_time']);
      await told(id, ['PAYMENT.AUTHORIZATION.CREATED']);
    });

    it('is possible again when its three days are over, of the first one only', async () => {
      const { first, id, path } = await renewed();
      await days(2);
      expect(await issueOf(`${first.path}/reauthorize`)).toBe('REAUTHORIZATION_NOT_SUPPORTED');
      await days(1);
      expect(await issueOf(`${path}/reauthorize`)).toBe('REAUTHORIZATION_NOT_SUPPORTED');
      const again = await call('POST', `${first.path}/reauthorize`, {}, full);
      expect(again).toMatchObject({ status: 201, body: { status: 'CREATED', ...eur('12.50') } });
      expect([first.id, id]).not.toContain(again.body['id']);
      await call('POST', `${first.path}/void`);
      expect(await statusOf(`/v2/payments/authorizations/${text(again.body['id'])}`)).toBe(
        'VOIDED',
      );
    });

    it('answers a repeated request id with the same hold', async () => {
      const { path } = await held();
      await days(3);
      const headers = { 'paypal-request-id': `renew-${path}` };
      const renew = () => call('POST', `${path}/reauthorize`, {}, headers);
      const [first, again] = [await renew(), await renew()];
      expect([first.status, again.status]).toEqual([201, 200]);
      expect(again.body).toEqual(first.body);
    });

    it('stands for the same money as the first one', async () => {
      const { first, path } = await renewed();
      await call('POST', `${path}/capture`, eur('14.00'));
      expect(await statusOf(first.path)).toBe('CAPTURED');
      expect(await issueOf(`${first.path}/capture`)).toBe('AUTHORIZATION_ALREADY_CAPTURED');
    });

    it('is undone by voiding the first one, and not by itself', async () => {
      const { first, id, path } = await renewed();
      expect(await issueOf(`${path}/void`)).toBe('CANNOT_BE_VOIDED');
      expect((await call('POST', `${first.path}/void`)).status).toBe(204);
      expect(await statusOf(path)).toBe('VOIDED');
      await told(id, ['PAYMENT.AUTHORIZATION.CREATED', 'PAYMENT.AUTHORIZATION.VOIDED']);
    });

    it.each([
      [eur('14.38'), 'TRANSACTION_REFUSED'],
      [{ amount: { currency_code: 'USD', value: '1.00' } }, 'AUTH_CURRENCY_MISMATCH'],
    ])('refuses %j with %s', async (body, issue) => {
      const { path } = await held();
      await days(3);
      expect(await issueOf(`${path}/reauthorize`, body)).toBe(issue);
    });
  });

  it('shows nobody the holds of another account', async () => {
    const { path } = await held();
    const stranger = await paypalClient(sandbox.url, OTHER_ACCOUNT);
    for (const [method, hidden] of [
      ['GET', path],
      ['POST', `${path}/capture`],
      ['POST', `${path}/void`],
      ['POST', `${path}/reauthorize`],
    ] as const) {
      const answer = await stranger(method, hidden);
      expect(answer).toMatchObject({
        status: 404,
        body: { details: [{ field: 'authorization_id' }] },
      });
    }
  });
});
