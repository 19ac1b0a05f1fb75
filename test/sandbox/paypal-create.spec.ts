import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { linkOf, containing, matching, text } from './reply.wire';
import { anOrder, aUnit, control, paypalClient, type Send, start } from './support';

const ORDERS = '/v2/checkout/orders';
const full = { prefer: 'return=representation' };

describe('PayPal: creating orders', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  beforeAll(async () => {
    sandbox = await start();
    call = await paypalClient(sandbox.url);
  });
  afterAll(() => sandbox.close());

  it('answers 201 with id, status and links only, by default', async () => {
    const { status, body } = await call('POST', ORDERS, anOrder());
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual(['id', 'links', 'status']);
    expect(body['id']).toMatch(/^[0-9][A-Z0-9]{16}$/);
    expect(body['status']).toBe('CREATED');
    expect(linkOf(body, 'approve')).toBe(
      `${sandbox.url}/paypal/checkoutnow?token=${text(body['id'])}`,
    );
    expect(linkOf(body, 'capture')).toMatch(/\/capture$/);
  });

  it('shows everything when the representation is preferred, the amount with its decimals', async () => {
    const { body } = await call('POST', ORDERS, anOrder(aUnit('12.5')), full);
    expect(body).toMatchObject({
      intent: 'CAPTURE',
      purchase_units: [
        { reference_id: 'default', amount: { currency_code: 'EUR', value: '12.50' } },
      ],
    });
  });

  it('answers 200 and a payer-action link for an order with a payment_source', async () => {
    const source = {
      payment_source: { paypal: { experience_context: { return_url: 'https://shop.test/b' } } },
    };
    const headers = { 'paypal-request-id': 'source-1' };
    const { status, body } = await call('POST', ORDERS, anOrder(source), headers);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'PAYER_ACTION_REQUIRED', payment_source: { paypal: {} } });
    expect(linkOf(body, 'payer-action')).toContain('/checkoutnow?token=');
    expect(linkOf(body, 'approve')).toBe('no link approve');
  });

  it('needs a request id for a payment_source, and something inside it', async () => {
    const without = await call('POST', ORDERS, anOrder({ payment_source: { paypal: {} } }));
    expect(without.status).toBe(400);
    expect(without.body).toMatchObject({ details: [{ issue: 'PAYPAL_REQUEST_ID_REQUIRED' }] });
    const headers = { 'paypal-request-id': 'source-2' };
    const empty = await call('POST', ORDERS, anOrder({ payment_source: {} }), headers);
    expect(empty.status).toBe(422);
    expect(empty.body).toMatchObject({
      details: [{ issue: 'NO_PAYMENT_SOURCE_PROVIDED', field: '/payment_source' }],
    });
  });

  it('answers a repeated request id with the first order for six hours', async () => {
    const headers = { 'paypal-request-id': 'again-1' };
    const first = await call('POST', ORDERS, anOrder(), headers);
    const second = await call('POST', ORDERS, anOrder(aUnit('99.00')), headers);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body['id']).toEqual(first.body['id']);
    await control(sandbox.url)('POST', '/clock', { advance_seconds: 6 * 3600 });
    const later = await call('POST', ORDERS, anOrder(), headers);
    expect(later.status).toBe(201);
    expect(later.body['id']).not.toEqual(first.body['id']);
  });

  it('makes another order when no request id is sent', async () => {
    const [a, b] = await Promise.all([
      call('POST', ORDERS, anOrder()),
      call('POST', ORDERS, anOrder()),
    ]);
    expect(a.body['id']).not.toEqual(b.body['id']);
  });

  it.each([
    ['no intent', { intent: undefined }, 'MISSING_REQUIRED_PARAMETER', '/intent'],
    ['another intent', { intent: 'SALE' }, 'INVALID_PARAMETER_VALUE', '/intent'],
    ['no units', { purchase_units: undefined }, 'MISSING_REQUIRED_PARAMETER', '/purchase_units'],
    ['an empty list', { purchase_units: [] }, 'INVALID_ARRAY_MIN_ITEMS', '/purchase_units'],
    [
      'eleven units',
      { purchase_units: Array(11).fill({}) },
      'INVALID_ARRAY_MAX_ITEMS',
      '/purchase_units',
    ],
    [
      'no amount',
      { purchase_units: [{}] },
      'MISSING_REQUIRED_PARAMETER',
      '/purchase_units/0/amount',
    ],
    [
      'no currency',
      aUnit('1.00', null),
      'MISSING_REQUIRED_PARAMETER',
      '/purchase_units/0/amount/currency_code',
    ],
    [
      'a number as amount',
      aUnit(12.5),
      'INVALID_PARAMETER_SYNTAX',
      '/purchase_units/0/amount/value',
    ],
    [
      'a thousands separator',
      aUnit('1,200.00'),
      'INVALID_PARAMETER_SYNTAX',
      '/purchase_units/0/amount/value',
    ],
    [
      'a long custom_id',
      aUnit('1.00', 'EUR', { custom_id: 'x'.repeat(128) }),
      'INVALID_STRING_LENGTH',
      '/purchase_units/0/custom_id',
    ],
    [
      'a locale with an underscore',
      { application_context: { locale: 'en_US' } },
      'INVALID_PARAMETER_SYNTAX',
      '/application_context/locale',
    ],
    [
      'a return_url that is none',
      { application_context: { return_url: 'javascript:alert(1)' } },
      'INVALID_PARAMETER_SYNTAX',
      '/application_context/return_url',
    ],
  ])('refuses %s with 400 and a pointer', async (_name, change, issue, field) => {
    const { status, body } = await call('POST', ORDERS, anOrder(change));
    expect(status).toBe(400);
    expect(body).toMatchObject({
      name: 'INVALID_REQUEST',
      debug_id: matching(/./),
      details: [{ issue, field, location: 'body' }],
      links: [{ rel: 'information_link' }],
    });
  });

  it.each([
    ['decimals of a yen', aUnit('12.50', 'JPY'), 'DECIMALS_NOT_SUPPORTED'],
    ['decimals of a forint', aUnit('12.50', 'HUF'), 'DECIMALS_NOT_SUPPORTED'],
    ['decimals of a Taiwan dollar', aUnit('12.50', 'TWD'), 'DECIMALS_NOT_SUPPORTED'],
    ['a third decimal', aUnit('1.005'), 'DECIMAL_PRECISION'],
    ['zero', aUnit('0.00'), 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    ['less than zero', aUnit('-1.00'), 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    ['too much', aUnit('1000000000000000.00'), 'MAX_VALUE_EXCEEDED'],
    ['won', aUnit('1250', 'KRW'), 'CURRENCY_NOT_SUPPORTED'],
    ['no currency at all', aUnit('1.00', 'eur'), 'INVALID_CURRENCY_CODE'],
  ])('refuses %s with 422 and the filter pointer', async (_name, change, issue) => {
    const { status, body } = await call('POST', ORDERS, anOrder(change));
    expect(status).toBe(422);
    expect(body).toMatchObject({
      name: 'UNPROCESSABLE_ENTITY',
      details: [
        {
          issue,
          field: containing("/purchase_units/@reference_id=='default'/amount/"),
        },
      ],
    });
  });

  it.each(['HUF', 'JPY', 'TWD'])('takes whole amounts of %s', async (currency) => {
    expect((await call('POST', ORDERS, anOrder(aUnit('1250', currency)))).status).toBe(201);
  });

  it('adds breakdown and items up', async () => {
    const eur = (value: string) => ({ currency_code: 'EUR', value });
    const items = [{ name: 'Book', quantity: '3', unit_amount: eur('0.10') }];
    const unit = (value: string, total: string, shipping: string) => ({
      purchase_units: [
        {
          items,
          amount: { ...eur(value), breakdown: { item_total: eur(total), shipping: eur(shipping) } },
        },
      ],
    });
    expect((await call('POST', ORDERS, anOrder(unit('0.50', '0.30', '0.20')))).status).toBe(201);
    const amount = await call('POST', ORDERS, anOrder(unit('0.51', '0.30', '0.20')));
    expect(amount.body).toMatchObject({ details: [{ issue: 'AMOUNT_MISMATCH' }] });
    const total = await call('POST', ORDERS, anOrder(unit('0.51', '0.31', '0.20')));
    expect(total.body).toMatchObject({ details: [{ issue: 'ITEM_TOTAL_MISMATCH' }] });
    const required = await call('POST', ORDERS, anOrder(aUnit('0.30', 'EUR', { items })));
    expect(required.body).toMatchObject({ details: [{ issue: 'ITEM_TOTAL_REQUIRED' }] });
  });

  it('refuses a body that is no JSON and one that is not declared as JSON', async () => {
    const broken = await call('POST', ORDERS, '{"intent":');
    expect(broken.status).toBe(400);
    expect(broken.body).toMatchObject({ details: [{ issue: 'MALFORMED_REQUEST_JSON' }] });
    const plain = await call('POST', ORDERS, anOrder(), { 'content-type': 'text/plain' });
    expect([plain.status, plain.body['name']]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });
});
