import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { eventually, type Receiver } from './receiver';
import { matching, text } from './reply.wire';
import {
  aSale,
  ledgerOf,
  OTHER_ACCOUNT,
  paypalClient,
  type Send,
  type ShopWorld,
  soldV1,
  startWithShop,
} from './support';

const eur = (total: string) => ({ amount: { total, currency: 'EUR' } });
const DAY_SECONDS = 86_400;

describe('PayPal: refunds of Payments v1', () => {
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
  const stateOf = async (path: string) => (await call('GET', path)).body['state'];

  it('refunds everything when no amount is named', async () => {
    const { id, path, payment } = await soldV1(call);
    const { status, body } = await call('POST', `${path}/refund`, {});
    expect(status).toBe(201);
    const refundId = text(body['id']);
    expect(body).toMatchObject({
      id: matching(/^[0-9][A-Z0-9]{16}$/),
      state: 'completed',
      amount: { total: '12.50', currency: 'EUR' },
      refund_from_received_amount: { value: '12.50', currency: 'EUR' },
      refund_from_transaction_fee: { value: '0.00', currency: 'EUR' },
      total_refunded_amount: { value: '12.50', currency: 'EUR' },
      custom: 'our-1',
      sale_id: id,
      parent_payment: payment.id,
      links: [
        { href: `${sandbox.url}/paypal/v1/payments/refund/${refundId}`, rel: 'self' },
        { href: `${sandbox.url}/paypal${payment.path}`, rel: 'parent_payment' },
        { href: `${sandbox.url}/paypal${path}`, rel: 'sale' },
      ],
    });
    expect(await stateOf(path)).toBe('refunded');
    expect(await stateOf(payment.path)).toBe('approved');
    expect((await call('GET', `/v1/payments/refund/${refundId}`)).body).toEqual(body);
    expect(await ledgerOf(sandbox.url, refundId)).toMatchObject([
      {
        kind: 'refund',
        order_id: payment.id,
        capture_id: id,
        custom_id: 'our-1',
        amount: '12.50',
      },
    ]);
  });

  it('refunds in parts, which stand beside the sale in its payment', async () => {
    const { path, payment } = await soldV1(call);
    const notes = { description: 'A torn page', reason: 'Damaged', invoice_number: 'CN-1' };
    const first = await call('POST', `${path}/refund`, { ...eur('5.00'), ...notes });
    expect(first.body).toMatchObject({ ...eur('5.00'), ...notes });
    expect(await stateOf(path)).toBe('partially_refunded');
    const second = await call('POST', `${path}/refund`, eur('7.50'));
    expect(second.body).toMatchObject({ total_refunded_amount: { value: '12.50' } });
    const { body } = await call('GET', payment.path);
    expect(body['transactions']?.['0']?.['related_resources']).toMatchObject([
      { sale: { state: 'refunded' } },
      { refund: { id: first.body['id'] } },
      { refund: { id: second.body['id'] } },
    ]);
  });

  it.each([
    [eur('12.51'), 'REFUND_EXCEEDED_TRANSACTION_AMOUNT'],
    [{ amount: { total: '1.00', currency: 'USD' } }, 'TRANSACTION_REFUSED'],
    [eur('0.00'), 'VALIDATION_ERROR'],
    [eur('1.5'), 'VALIDATION_ERROR'],
    [{ amount: { total: 1, currency: 'EUR' } }, 'VALIDATION_ERROR'],
    [{ reason: 'x'.repeat(31) }, 'VALIDATION_ERROR'],
    ['[]', 'MALFORMED_REQUEST'],
  ])('refuses %j with %s and moves no money', async (body, name) => {
    const { id, path } = await soldV1(call);
    const refused = await call('POST', `${path}/refund`, body);
    expect(refused).toMatchObject({ status: 400, body: { name } });
    expect(await ledgerOf(sandbox.url, id)).toHaveLength(1);
  });

  it('wants the amount once a part is refunded, and never more than is left', async () => {
    const { path } = await soldV1(call);
    const refund = async (body: object) =>
      (await call('POST', `${path}/refund`, body)).body['name'] ?? 'refunded';
    expect(await refund(eur('10.00'))).toBe('refunded');
    expect(await refund({})).toBe('FULL_REFUND_NOT_ALLOWED_AFTER_PARTIAL_REFUND');
    expect(await refund(eur('2.51'))).toBe('REFUND_EXCEEDED_TRANSACTION_AMOUNT');
    expect(await refund(eur('2.50'))).toBe('refunded');
    expect(await refund(eur('0.01'))).toBe('TRANSACTION_ALREADY_REFUNDED');
  });

  it('refuses to refund what has not come yet, what never came, and what is too old', async () => {
    const refund = async (path: string) => (await call('POST', `${path}/refund`, {})).body['name'];
    const { id, path } = await soldV1(call, { action: 'pending' });
    expect(await refund(path)).toBe('TRANSACTION_REFUSED');
    await manage('POST', `/paypal/captures/${id}`, { status: 'DECLINED' });
    expect(await refund(path)).toBe('TRANSACTION_REFUSED');
    const old = await soldV1(call);
    await manage('POST', '/clock', { advance_seconds: 181 * DAY_SECONDS });
    call = await paypalClient(sandbox.url);
    expect(await refund(old.path)).toBe('REFUND_TIME_LIMIT_EXCEEDED');
  });

  it('knows no decimals where the currency has none', async () => {
    const { path } = await soldV1(call, { body: aSale({}, '1250', 'HUF') });
    const forints = (total: string) => ({ amount: { total, currency: 'HUF' } });
    const bad = await call('POST', `${path}/refund`, forints('5.00'));
    expect(bad.body).toMatchObject({ name: 'VALIDATION_ERROR', details: [{ field: 'amount' }] });
    const good = await call('POST', `${path}/refund`, forints('250'));
    expect(good.body).toMatchObject(forints('250'));
  });

  it('refunds once for one request id, and refuses another body with it', async () => {
    const { id, path } = await soldV1(call);
    const headers = { 'paypal-request-id': `refund-${id}` };
    const refund = (total: string) => call('POST', `${path}/refund`, eur(total), headers);
    const first = await refund('3.00');
    const again = await refund('3.00');
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect((await refund('4.00')).body['name']).toBe('DUPLICATE_REQUEST_ID');
    expect(await ledgerOf(sandbox.url, id)).toHaveLength(2);
  });

  it.each([
    ['COMPLETED', 'completed', ['PAYMENT.SALE.REFUNDED'], 1],
    ['FAILED', 'failed', [], 0],
    ['CANCELLED', 'cancelled', [], 0],
  ])('settles a pending refund as %s', async (status, state, types, movements) => {
    const { path } = await soldV1(call);
    await manage('POST', '/faults', { gateway: 'paypal', kind: 'refund_pending' });
    const { body } = await call('POST', `${path}/refund`, eur('5.00'));
    const refundId = text(body['id']);
    expect(body['state']).toBe('pending');
    expect(await stateOf(path)).toBe('completed');
    expect((await manage('POST', `/paypal/refunds/${refundId}`, { status })).status).toBe(200);
    expect(await stateOf(`/v1/payments/refund/${refundId}`)).toBe(state);
    expect(await ledgerOf(sandbox.url, refundId)).toHaveLength(movements);
    const events = `/v1/notifications/webhooks-events?transaction_id=${refundId}`;
    const { body: list } = await call('GET', events);
    expect(list['events']).toMatchObject(types.map((type) => ({ event_type: type })));
    expect(list['count']).toBe(types.length);
  });

  it('lets the merchant refund on the site of PayPal', async () => {
    const { id, path } = await soldV1(call);
    const made = await manage('POST', `/paypal/captures/${id}/refunds`, { amount: '2.00' });
    expect(made.status).toBe(201);
    expect(await stateOf(path)).toBe('partially_refunded');
    await told(text(made.body['id']), ['PAYMENT.SALE.REFUNDED']);
  });

  it('lets PayPal take money back, which only the reason of the sale shows', async () => {
    const { id, path, payment } = await soldV1(call);
    const made = await manage('POST', `/paypal/captures/${id}/reversals`, {});
    const refundId = text(made.body['id']);
    expect((await call('GET', path)).body).toMatchObject({
      state: 'completed',
      reason_code: 'CHARGEBACK',
    });
    expect(await ledgerOf(sandbox.url, refundId)).toMatchObject([{ kind: 'reversal' }]);
    await told(refundId, ['PAYMENT.SALE.REVERSED']);
    expect((await call('GET', `/v1/payments/refund/${refundId}`)).body).toMatchObject({
      parent_payment: payment.id,
      refund_reason_code: 'CHARGEBACK',
    });
    const refused = await call('POST', `${path}/refund`, {});
    expect(refused.body['name']).toBe('TRANSACTION_REFUSED');
  });

  it('takes the money back when the payer wins a dispute, and refunds no part meanwhile', async () => {
    const { id, path } = await soldV1(call);
    const opened = await manage('POST', `/paypal/captures/${id}/disputes`, {});
    const disputeId = text(opened.body['id']);
    const { body } = await call('GET', `/v1/customer/disputes/${disputeId}`);
    expect(body['disputed_transactions']).toMatchObject([
      { seller_transaction_id: id, custom: 'our-1', invoice_number: 'INV-1' },
    ]);
    const part = await call('POST', `${path}/refund`, eur('1.00'));
    expect(part.body['name']).toBe('TRANSACTION_REFUSED');
    await manage('POST', `/paypal/disputes/${disputeId}`, { outcome: 'RESOLVED_BUYER_FAVOUR' });
    expect(await ledgerOf(sandbox.url, id)).toMatchObject([
      { kind: 'capture' },
      { kind: 'reversal', amount: '12.50' },
    ]);
  });

  it('shows nobody the refunds of another account, nor in the other version', async () => {
    const { path } = await soldV1(call);
    const { body } = await call('POST', `${path}/refund`, {});
    const id = text(body['id']);
    const stranger = await paypalClient(sandbox.url, OTHER_ACCOUNT);
    expect((await stranger('GET', `/v1/payments/refund/${id}`)).status).toBe(404);
    expect((await stranger('POST', `${path}/refund`, {})).status).toBe(404);
    expect((await call('GET', `/v2/payments/refunds/${id}`)).status).toBe(404);
  });
});
