import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { linkOf, matching, send, text } from './reply.wire';
import {
  anOrder,
  approvedV1,
  aSale,
  OTHER_ACCOUNT,
  paypalClient,
  press,
  type Send,
  soldV1,
  start,
} from './support';

const PAYMENTS = '/v1/payments/payment';

const withAmount = (amount: object, more: object = {}) =>
  aSale({ transactions: [{ amount: { total: '12.50', currency: 'EUR', ...amount }, ...more }] });
const anItem = { name: 'Book', quantity: '2', price: '6.25', currency: 'EUR' };

describe('PayPal: creating a payment of Payments v1', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  beforeAll(async () => {
    sandbox = await start();
    call = await paypalClient(sandbox.url);
  });
  afterAll(() => sandbox.close());

  const create = (body: object = aSale(), headers: Record<string, string> = {}) =>
    call('POST', PAYMENTS, body, headers);

  describe('creating one', () => {
    it('answers 201 with an id, a state and the three links', async () => {
      const { status, body } = await create();
      expect(status).toBe(201);
      const path = `${sandbox.url}/paypal${PAYMENTS}/${text(body['id'])}`;
      expect(body).toMatchObject({
        id: matching(/^PAYID-[A-Z0-9]{24}$/),
        intent: 'sale',
        state: 'created',
        payer: { payment_method: 'paypal' },
        transactions: [
          {
            amount: { total: '12.50', currency: 'EUR' },
            custom: 'our-1',
            invoice_number: 'INV-1',
            related_resources: [],
          },
        ],
        create_time: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        links: [
          { href: path, rel: 'self', method: 'GET' },
          { rel: 'approval_url', method: 'REDIRECT' },
          { href: `${path}/execute`, rel: 'execute', method: 'POST' },
        ],
      });
      expect(linkOf(body, 'approval_url')).toMatch(
        /\/cgi-bin\/webscr\?cmd=_express-checkout&token=EC-[0-9A-Z]{17}$/,
      );
      expect((await call('GET', `${PAYMENTS}/${text(body['id'])}`)).body).toEqual(body);
    });

    it('knows it by the prefix of older ids, too', async () => {
      const { body } = await create();
      const older = text(body['id']).replace('PAYID-', 'PAY-');
      expect((await call('GET', `${PAYMENTS}/${older}`)).body).toEqual(body);
    });

    it.each([
      ['1,250.00', 'EUR', '1250.00'],
      ['9999999.99', 'EUR', '9999999.99'],
      ['7', 'EUR', '7.00'],
      ['1250', 'JPY', '1250'],
      ['1250', 'HUF', '1250'],
      ['1,250', 'TWD', '1250'],
    ])('takes %s %s and shows %s', async (total, currency, shown) => {
      const { status, body } = await create(aSale({}, total, currency));
      expect(status).toBe(201);
      expect(body).toMatchObject({
        transactions: [{ amount: { total: total.replace(/.*/, shown), currency } }],
      });
    });

    it('takes details and items that add up, and shows them', async () => {
      const details = { subtotal: '12.50', tax: '1.00', shipping_discount: '-1.00' };
      const item_list = { items: [anItem] };
      const { status, body } = await create(withAmount({ details }, { item_list }));
      expect(status).toBe(201);
      expect(body).toMatchObject({ transactions: [{ amount: { details }, item_list }] });
    });

    it.each([
      [aSale({ intent: 'CAPTURE' }), 'intent'],
      [aSale({ payer: { payment_method: 'credit_card' } }), 'payer.payment_method'],
      [aSale({ payer: undefined }), 'payer.payment_method'],
      [aSale({ transactions: undefined }), 'transactions'],
      [aSale({ transactions: [] }), 'transactions'],
      [aSale({ transactions: [{}, {}] }), 'transactions'],
      [aSale({ transactions: [{}] }), 'transactions.amount'],
      [aSale({}, '12.5'), 'transactions.amount'],
      [aSale({}, '12.505'), 'transactions.amount'],
      [aSale({}, '-12.50'), 'transactions.amount'],
      [aSale({}, '0.00'), 'transactions.amount'],
      [aSale({}, '10000000.00'), 'transactions.amount'],
      [aSale({}, 12.5), 'transactions.amount'],
      [aSale({}, '12.50', 'euro'), 'transactions.amount'],
      [aSale({}, '12.00', 'JPY'), 'transactions.amount'],
      [aSale({}, '12.00', 'HUF'), 'transactions.amount'],
      [aSale({}, '12.00', 'TWD'), 'transactions.amount'],
      [withAmount({ details: { subtotal: '12.00' } }), 'transactions.amount'],
      [withAmount({ details: { tax: 'much' } }), 'transactions.amount.details.tax'],
      [withAmount({}, { item_list: { items: [anItem, anItem] } }), 'transactions.amount'],
      [
        withAmount({}, { item_list: { items: [{ ...anItem, price: 6.25 }] } }),
        'transactions.item_list.items',
      ],
      [withAmount({}, { custom: 'x'.repeat(128) }), 'transactions.custom'],
      [withAmount({}, { description: 'x'.repeat(128) }), 'transactions.description'],
      [aSale({ note_to_payer: 'x'.repeat(166) }), 'note_to_payer'],
      [aSale({ redirect_urls: undefined }), 'redirect_urls'],
      [
        aSale({ redirect_urls: { return_url: 'http://shop.test', cancel_url: 'javascript:1' } }),
        'redirect_urls.cancel_url',
      ],
    ])('refuses %j and names %s', async (body, field) => {
      const { status, body: answer } = await create(body);
      expect(status).toBe(400);
      expect(answer).toMatchObject({
        name: 'VALIDATION_ERROR',
        message: matching(/./),
        information_link: matching(/^https:/),
        debug_id: matching(/^[0-9a-f]{13}$/),
        details: [{ field, issue: matching(/ .*\.$/) }],
      });
    });

    it.each([
      [aSale({ intent: 'authorize' }), 400, 'NOT_IMPLEMENTED'],
      [aSale({ intent: 'order' }), 400, 'NOT_IMPLEMENTED'],
      [aSale({}, '12.00', 'KRW'), 400, 'CURRENCY_NOT_ALLOWED'],
      ['{"intent":', 400, 'MALFORMED_REQUEST'],
      ['[]', 400, 'MALFORMED_REQUEST'],
    ])('answers %j with %s %s', async (body, status, name) => {
      const answer = await call('POST', PAYMENTS, body);
      expect(answer).toMatchObject({ status, body: { name } });
      expect(answer.body['details']).toBeUndefined();
    });

    it('wants JSON, and request ids of at most 78 characters', async () => {
      const untyped = await call('POST', PAYMENTS, aSale(), { 'content-type': 'text/plain' });
      expect(untyped).toMatchObject({ status: 415, body: { name: 'UNSUPPORTED_MEDIA_TYPE' } });
      const long = await create(aSale(), { 'paypal-request-id': 'x'.repeat(79) });
      expect(long).toMatchObject({ status: 400, body: { name: 'PAYMENT_REQUEST_ID_INVALID' } });
    });
  });

  describe('its pay page', () => {
    it('shows the amount and who asks for it', async () => {
      const context = { application_context: { brand_name: 'Books & Co' } };
      const { body } = await create(aSale(context));
      const { status, text: html } = await send(linkOf(body, 'approval_url'));
      expect(status).toBe(200);
      for (const shown of ['€12.50', 'Books &amp; Co', 'INV-1', text(body['id'])])
        expect(html).toContain(shown);
    });

    it('sends the payer back with paymentId, token and PayerID in this order', async () => {
      const { id, back, page, path } = await approvedV1(call);
      expect(back.href).toMatch(/^http:\/\/shop\.test\/back\?cart=7&x=a%20b&paymentId=/);
      expect([...back.searchParams.keys()].slice(2)).toEqual(['paymentId', 'token', 'PayerID']);
      expect(back.searchParams.get('paymentId')).toBe(id);
      expect(page).toContain(back.searchParams.get('token'));
      expect((await call('GET', path)).body).toMatchObject({
        state: 'created',
        cart: back.searchParams.get('token')?.slice(3),
        payer: {
          status: 'VERIFIED',
          payer_info: { payer_id: back.searchParams.get('PayerID'), country_code: 'NL' },
        },
      });
    });

    it('sends a payer who cancels back with the token only, and tells nobody', async () => {
      const { back, path } = await approvedV1(call, { action: 'cancel' });
      expect(back.href).toMatch(/^http:\/\/shop\.test\/cancel\?token=EC-[0-9A-Z]{17}$/);
      expect((await call('GET', path)).body).toMatchObject({
        state: 'created',
        payer: { payment_method: 'paypal' },
      });
    });

    it('lets the payer approve and never come back', async () => {
      const { path } = await approvedV1(call, { action: 'pay_no_return' });
      expect((await call('GET', path)).body).toMatchObject({ payer: { status: 'VERIFIED' } });
    });

    it('goes by the token only, and is closed once the payment is carried out', async () => {
      const { payment } = await soldV1(call);
      expect((await press(payment.page, 'pay')).status).toBe(409);
      const byId = await send(`${sandbox.url}/paypal/checkoutnow?token=${payment.id}`);
      expect(byId.status).toBe(404);
    });
  });

  it('answers 404 in its own words for what nobody knows', async () => {
    const unknown = await call('GET', `${PAYMENTS}/PAYID-NOPE`);
    expect(unknown.status).toBe(404);
    expect(unknown.body).toMatchObject({ name: 'INVALID_RESOURCE_ID', debug_id: matching(/./) });
    expect(unknown.body['links']).toBeUndefined();
  });

  it('shows nobody the payments and sales of another account', async () => {
    const { payment, path } = await soldV1(call);
    const stranger = await paypalClient(sandbox.url, OTHER_ACCOUNT);
    for (const url of [payment.path, path])
      expect((await stranger('GET', url)).body['name']).toBe('INVALID_RESOURCE_ID');
  });

  it('keeps both versions of the API apart', async () => {
    const { payment, id } = await soldV1(call);
    expect((await call('GET', `/v2/checkout/orders/${payment.id}`)).status).toBe(404);
    expect((await call('GET', `/v2/payments/captures/${id}`)).status).toBe(404);
    expect((await call('POST', `/v2/payments/captures/${id}/refund`, {})).status).toBe(404);
    const order = (await call('POST', '/v2/checkout/orders', anOrder())).body;
    expect((await call('GET', `${PAYMENTS}/${text(order['id'])}`)).status).toBe(404);
  });

  it('takes the tokens of every other call, and refuses the rest alike', async () => {
    const wrong = await call('POST', PAYMENTS, aSale(), { authorization: 'Bearer nope' });
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    const none = await send(`${sandbox.url}/paypal${PAYMENTS}/X`);
    expect(none).toMatchObject({ status: 401, body: { name: 'AUTHENTICATION_FAILURE' } });
  });

  it.each([
    ['INSTRUMENT_DECLINED', 400],
    ['PAYER_CANNOT_PAY', 400],
    ['INTERNAL_SERVICE_ERROR', 500],
    ['PERMISSION_DENIED', 403],
  ])('answers %s when PayPal-Mock-Response asks for it', async (code, status) => {
    const headers = { 'paypal-mock-response': JSON.stringify({ mock_application_codes: code }) };
    expect(await create(aSale(), headers)).toMatchObject({ status, body: { name: code } });
  });
});
