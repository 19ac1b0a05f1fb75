import { parseError, parseOrder, parseToken } from './paypal.wire';

const APPROVAL_URL = 'https://www.sandbox.paypal.com/checkoutnow?token=5O190127TN364715T';

const capture = {
  id: '3C679366HH908993F',
  status: 'COMPLETED',
  amount: { currency_code: 'EUR', value: '10.00' },
  seller_protection: { status: 'ELIGIBLE' },
  final_capture: true,
  seller_receivable_breakdown: {
    gross_amount: { currency_code: 'EUR', value: '10.00' },
    paypal_fee: { currency_code: 'EUR', value: '0.69' },
  },
  create_time: '2026-08-01T10:00:00Z',
  update_time: '2026-08-01T10:00:01Z',
};

/** As the documentation shows a captured order with `return=representation`. */
const captured = {
  id: '5O190127TN364715T',
  intent: 'CAPTURE',
  status: 'COMPLETED',
  payment_source: {
    paypal: {
      email_address: 'payer@example.com',
      account_id: 'QYR5Z8XDVJNXQ',
      account_status: 'VERIFIED',
      name: { given_name: 'Firstname', surname: 'Lastname' },
      address: { country_code: 'NL' },
    },
  },
  purchase_units: [
    {
      reference_id: 'default',
      amount: { currency_code: 'EUR', value: '10.00' },
      custom_id: 'pay_1',
      invoice_id: 'pay_1',
      shipping: { name: { full_name: 'Firstname Lastname' }, address: { postal_code: '1011' } },
      payments: { captures: [capture] },
    },
  ],
  payer: {
    name: { given_name: 'Firstname', surname: 'Lastname' },
    email_address: 'payer@example.com',
    payer_id: 'QYR5Z8XDVJNXQ',
    phone: { phone_number: { national_number: '5551234' } },
    address: { address_line_1: 'Street 1', country_code: 'NL' },
  },
  links: [{ href: 'https://api.sandbox.paypal.com/v2/checkout/orders/5O1', rel: 'self' }],
};

describe('an order of PayPal', () => {
  it('is read with its amount, our reference, the payer and the captures', () => {
    expect(parseOrder(captured)).toMatchObject({
      id: '5O190127TN364715T',
      status: 'COMPLETED',
      amount: { currency_code: 'EUR', value: '10.00' },
      customId: 'pay_1',
      approvalUrl: null,
      payerId: 'QYR5Z8XDVJNXQ',
      paymentSource: 'paypal',
      captures: [{ id: '3C679366HH908993F', status: 'COMPLETED' }],
    });
  });

  it.each(['payer-action', 'approve'])('is agreed to at the link %s', (rel) => {
    const created = {
      id: 'A1',
      status: 'CREATED',
      links: [
        { href: 'https://x/self', rel: 'self' },
        { href: APPROVAL_URL, rel },
      ],
    };
    expect(parseOrder(created)?.approvalUrl).toBe(APPROVAL_URL);
  });

  it.each(['javascript:alert(1)', '/checkoutnow', 'https://', 7])(
    'is not agreed to at %s',
    (href) => {
      expect(
        parseOrder({ id: 'A1', status: 'CREATED', links: [{ href, rel: 'approve' }] })?.approvalUrl,
      ).toBeNull();
    },
  );

  it('keeps evidence without a name, an address, an e-mail or a phone number', () => {
    const raw = JSON.stringify(parseOrder(captured)?.raw);
    expect(raw).not.toMatch(/Firstname|Lastname|payer@|5551234|Street|1011|country_code/);
    for (const kept of ['5O190127TN364715T', '3C679366HH908993F', 'QYR5Z8XDVJNXQ', '0.69']) {
      expect(raw).toContain(kept);
    }
    expect(raw).toContain('https://api.sandbox.paypal.com/v2/checkout/orders/5O1');
  });

  it('takes the payer from the account where the order names no payer', () => {
    expect(parseOrder({ ...captured, payer: undefined })?.payerId).toBe('QYR5Z8XDVJNXQ');
  });

  it('has no amount of its own when it holds several units', () => {
    const two = { ...captured, purchase_units: [...captured.purchase_units, {}] };
    expect(parseOrder(two)).toMatchObject({ amount: null, customId: null });
    expect(parseOrder(two)?.captures).toHaveLength(1);
  });

  it.each([
    ['nothing', undefined],
    ['a list', []],
    ['an order without an id', { status: 'CREATED' }],
    ['an order whose status is a number', { id: 'A1', status: 7 }],
    ['a capture without an amount', withCapture({ ...capture, amount: undefined })],
    ['a capture whose amount is a number', withCapture({ ...capture, amount: { value: 10 } })],
    ['a capture without an id', withCapture({ ...capture, id: '' })],
    ['a capture that is none', withCapture(null)],
  ])('is not read from %s', (_what, body) => {
    expect(parseOrder(body)).toBeNull();
  });
});

describe('an error of PayPal', () => {
  it('has issues, a sentence and a debug id', () => {
    const body = {
      name: 'UNPROCESSABLE_ENTITY',
      message: 'The requested action could not be performed.',
      debug_id: 'b1',
      details: [{ issue: 'INSTRUMENT_DECLINED', description: 'Declined by the bank.' }],
    };
    expect(parseError(body, {})).toEqual({
      name: 'UNPROCESSABLE_ENTITY',
      issues: ['INSTRUMENT_DECLINED'],
      message: 'Declined by the bank.',
      debugId: 'b1',
    });
    expect(parseError(body, { 'paypal-debug-id': 'h1' }).debugId).toBe('h1');
  });

  it('may have the shape of OAuth, or none', () => {
    const oauth = { error: 'invalid_token', error_description: 'Token signature failed' };
    expect(parseError(oauth)).toEqual({
      name: 'invalid_token',
      issues: [],
      message: 'Token signature failed',
      debugId: null,
    });
    expect(parseError('<html>')).toEqual({ name: null, issues: [], message: null, debugId: null });
  });

  it('is kept to a readable length', () => {
    expect(parseError({ message: 'x'.repeat(9000) }).message).toHaveLength(500);
  });
});

describe('a token of PayPal', () => {
  it('is read with its lifetime', () => {
    expect(parseToken({ access_token: 'A21', expires_in: 31349 })).toEqual({
      accessToken: 'A21',
      expiresInS: 31349,
    });
  });

  it.each([{}, { access_token: 'A21' }, { access_token: 'A21', expires_in: 0 }, { expires_in: 9 }])(
    'is not read from %j',
    (body) => expect(parseToken(body)).toBeNull(),
  );
});

function withCapture(broken: unknown) {
  return { id: 'A1', status: 'COMPLETED', purchase_units: [{ payments: { captures: [broken] } }] };
}
