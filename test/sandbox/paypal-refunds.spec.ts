import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { eventually, type Receiver } from './receiver';
import { linkOf, matching, text } from './reply.wire';
import {
  anOrder,
  aUnit,
  captured,
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

describe('PayPal: refunds', () => {
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

  const told = (id: string, types: string[]) =>
    eventually(() =>
      expect(
        shop.received
          .filter(({ body }) => text(body['resource']?.['id']) === id)
          .map(({ type }) => type),
      ).toEqual(types),
    );
  const statusOf = async (path: string) => (await call('GET', path)).body['status'];
  const pendingRefund = async () => {
    const capture = await captured(call);
    await manage('POST', '/faults', { gateway: 'paypal', kind: 'refund_pending' });
    const { body } = await call('POST', `${capture.path}/refund`, eur('5.00'));
    const id = text(body['id']);
    return { capture, body, id, path: `/v2/payments/refunds/${id}` };
  };

  it('refunds all that is left when no amount is named', async () => {
    const { id, orderId, path } = await captured(call);
    const { status, body } = await call('POST', `${path}/refund`, {}, full);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: matching(/^[0-9][A-Z0-9]{16}$/),
      status: 'COMPLETED',
      amount: { currency_code: 'EUR', value: '12.50' },
      seller_payable_breakdown: {
        gross_amount: { value: '12.50' },
        paypal_fee: { value: '0.00' },
        net_amount: { value: '12.50' },
        total_refunded_amount: { value: '12.50' },
      },
    });
    expect(linkOf(body, 'up')).toBe(`${sandbox.url}/paypal${path}`);
    expect(await statusOf(path)).toBe('REFUNDED');
    expect(await ledgerOf(sandbox.url, text(body['id']))).toMatchObject([
      {
        gateway: 'paypal',
        kind: 'refund',
        order_id: orderId,
        capture_id: id,
        custom_id: 'our-1',
        amount: '12.50',
        currency: 'EUR',
      },
    ]);
    await told(text(body['id']), ['PAYMENT.CAPTURE.REFUNDED']);
    expect(shop.received.at(-1)?.body).toMatchObject({
      resource_type: 'refund',
      resource: { status: 'COMPLETED', amount: { value: '12.50' } },
    });
  });

  it('refunds in parts, and counts them in the capture and in the order', async () => {
    const { orderId, path } = await captured(call);
    const notes = { note_to_payer: 'Sorry', invoice_id: 'CN-1', custom_id: 'refund-1' };
    const first = await call('POST', `${path}/refund`, { ...eur('5.00'), ...notes }, full);
    expect(first.body).toMatchObject(notes);
    expect((await call('GET', path)).body).toMatchObject({
      status: 'PARTIALLY_REFUNDED',
      seller_receivable_breakdown: { gross_amount: { value: '12.50' } },
    });
    const second = await call('POST', `${path}/refund`, undefined, full);
    expect(second.body).toMatchObject({
      amount: { value: '7.50' },
      seller_payable_breakdown: { total_refunded_amount: { value: '12.50' } },
    });
    const { body: order } = await call('GET', `/v2/checkout/orders/${orderId}`);
    expect(order).toMatchObject({
      status: 'COMPLETED',
      purchase_units: [
        {
          payments: {
            captures: [{ status: 'REFUNDED' }],
            refunds: [{ amount: { value: '5.00' } }, { amount: { value: '7.50' } }],
          },
        },
      ],
    });
  });

  it('answers with id, status and links unless all of it is asked for', async () => {
    const { path } = await captured(call);
    const { body } = await call('POST', `${path}/refund`, eur('1.00'));
    expect(Object.keys(body).sort()).toEqual(['id', 'links', 'status']);
    const read = await call('GET', `/v2/payments/refunds/${text(body['id'])}`);
    expect(read.body).toMatchObject({ id: body['id'], ...eur('1.00') });
  });

  it.each([
    [eur('12.51'), 'REFUND_AMOUNT_EXCEEDED'],
    [eur('0.00'), 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    [eur('1.001'), 'DECIMAL_PRECISION'],
    [{ amount: { currency_code: 'USD', value: '1.00' } }, 'REFUND_CAPTURE_CURRENCY_MISMATCH'],
    [{ amount: { value: '1.00' } }, 'MISSING_REQUIRED_PARAMETER'],
    [{ amount: { currency_code: 'EUR', value: 1 } }, 'INVALID_PARAMETER_SYNTAX'],
    [{ note_to_payer: 'x'.repeat(256) }, 'INVALID_STRING_LENGTH'],
    ['[]', 'MALFORMED_REQUEST_JSON'],
  ])('refuses %j with %s and moves no money', async (body, issue) => {
    const { id, path } = await captured(call);
    const answer = await call('POST', `${path}/refund`, body);
    expect(answer.body).toMatchObject({ details: [{ issue }] });
    expect(await ledgerOf(sandbox.url, id)).toHaveLength(1);
  });

  it('refuses more than is left, and anything once all is refunded', async () => {
    const { path } = await captured(call);
    await call('POST', `${path}/refund`, eur('10.00'));
    const tooMuch = await call('POST', `${path}/refund`, eur('2.51'));
    expect(tooMuch.body).toMatchObject({ details: [{ issue: 'REFUND_AMOUNT_EXCEEDED' }] });
    await call('POST', `${path}/refund`, eur('2.50'));
    const nothing = await call('POST', `${path}/refund`, {});
    expect(nothing.body).toMatchObject({ details: [{ issue: 'CAPTURE_FULLY_REFUNDED' }] });
  });

  it('refuses to refund what has not been captured yet, and what never was', async () => {
    const { body } = await call('POST', '/v2/checkout/orders', anOrder());
    await press(linkOf(body, 'approve'), 'pending');
    const done = await call('POST', `/v2/checkout/orders/${text(body['id'])}/capture`);
    const capture = done.body['purchase_units']?.['0']?.['payments']?.['captures']?.['0'];
    const id = text(capture?.['id']);
    const refund = () => call('POST', `/v2/payments/captures/${id}/refund`, {});
    expect((await refund()).body).toMatchObject({ details: [{ issue: 'PENDING_CAPTURE' }] });
    await manage('POST', `/paypal/captures/${id}`, { status: 'DECLINED' });
    expect((await refund()).body).toMatchObject({ details: [{ issue: 'REFUND_NOT_ALLOWED' }] });
  });

  it('knows no decimals where the currency has none', async () => {
    const { path } = await captured(call, aUnit('1250', 'JPY'));
    const yen = (value: string) => ({ amount: { currency_code: 'JPY', value } });
    const bad = await call('POST', `${path}/refund`, yen('5.00'));
    expect(bad.body).toMatchObject({ details: [{ issue: 'DECIMALS_NOT_SUPPORTED' }] });
    const good = await call('POST', `${path}/refund`, yen('250'), full);
    expect(good.body).toMatchObject({ ...yen('250') });
    expect((await call('POST', `${path}/refund`, {}, full)).body).toMatchObject({ ...yen('1000') });
  });

  it('recognises a request id for 45 days, and then refunds again', async () => {
    const { path } = await captured(call);
    const headers = { 'paypal-request-id': `refund-${path}` };
    const refund = () => call('POST', `${path}/refund`, eur('3.00'), headers);
    const first = await refund();
    await manage('POST', '/clock', { advance_seconds: 44 * DAY_SECONDS });
    call = await paypalClient(sandbox.url);
    const repeated = await refund();
    expect([first.status, repeated.status]).toEqual([201, 200]);
    expect(repeated.body).toEqual(first.body);
    await manage('POST', '/clock', { advance_seconds: DAY_SECONDS });
    call = await paypalClient(sandbox.url);
    const late = await refund();
    expect(late.status).toBe(201);
    expect(late.body['id']).not.toBe(first.body['id']);
  });

  it('refuses a capture that is older than 180 days', async () => {
    const { path } = await captured(call);
    await manage('POST', '/clock', { advance_seconds: 181 * DAY_SECONDS });
    call = await paypalClient(sandbox.url);
    const late = await call('POST', `${path}/refund`, {});
    expect(late.body).toMatchObject({ details: [{ issue: 'REFUND_TIME_LIMIT_EXCEEDED' }] });
  });

  it('holds the amount of a pending refund back until it is settled', async () => {
    const { capture, body, id, path } = await pendingRefund();
    expect(body).toMatchObject({ status: 'PENDING', status_details: { reason: 'ECHECK' } });
    expect(await statusOf(capture.path)).toBe('COMPLETED');
    expect(await ledgerOf(sandbox.url, id)).toEqual([]);
    const tooMuch = await call('POST', `${capture.path}/refund`, eur('7.51'));
    expect(tooMuch.body).toMatchObject({ details: [{ issue: 'REFUND_AMOUNT_EXCEEDED' }] });
    const settle = () => manage('POST', `/paypal/refunds/${id}`, { status: 'COMPLETED' });
    expect((await settle()).status).toBe(200);
    expect((await settle()).status).toBe(409);
    expect(await statusOf(path)).toBe('COMPLETED');
    expect(await statusOf(capture.path)).toBe('PARTIALLY_REFUNDED');
    expect(await ledgerOf(sandbox.url, id)).toMatchObject([{ kind: 'refund', amount: '5.00' }]);
    await told(id, ['PAYMENT.REFUND.PENDING', 'PAYMENT.CAPTURE.REFUNDED']);
  });

  it.each([
    ['FAILED', ['PAYMENT.REFUND.PENDING', 'PAYMENT.REFUND.FAILED']],
    ['CANCELLED', ['PAYMENT.REFUND.PENDING']],
  ])('gives the amount free when a pending refund is %s', async (status, types) => {
    const { capture, id, path } = await pendingRefund();
    await manage('POST', `/paypal/refunds/${id}`, { status });
    expect(await statusOf(path)).toBe(status);
    const all = await call('POST', `${capture.path}/refund`, {}, full);
    expect(all.body).toMatchObject({ amount: { value: '12.50' } });
    expect(await ledgerOf(sandbox.url, id)).toEqual([]);
    await told(id, types);
  });

  it('lets the merchant refund on the site of PayPal, with the same effects', async () => {
    const { id, path } = await captured(call);
    const made = await manage('POST', `/paypal/captures/${id}/refunds`, { amount: '2.00' });
    expect(made).toMatchObject({ status: 201, body: { status: 'COMPLETED', amount: '2.00' } });
    expect(await statusOf(path)).toBe('PARTIALLY_REFUNDED');
    await told(text(made.body['id']), ['PAYMENT.CAPTURE.REFUNDED']);
    const tooMuch = await manage('POST', `/paypal/captures/${id}/refunds`, { amount: '11.00' });
    expect(tooMuch).toMatchObject({ status: 422, body: { error: 'REFUND_AMOUNT_EXCEEDED' } });
  });

  it('shows nobody the refunds of another account', async () => {
    const { path } = await captured(call);
    const { body } = await call('POST', `${path}/refund`, {});
    const stranger = await paypalClient(sandbox.url, OTHER_ACCOUNT);
    const read = await stranger('GET', `/v2/payments/refunds/${text(body['id'])}`);
    expect(read).toMatchObject({ status: 404, body: { details: [{ field: 'refund_id' }] } });
    const refund = await stranger('POST', `${path}/refund`, {});
    expect(refund).toMatchObject({ status: 404, body: { details: [{ field: 'capture_id' }] } });
  });
});
