import { type FrozenSource, toFrozenPayment } from './frozen-payment.view';

const BASE = 'https://pay.example';

const open: FrozenSource = {
  id: '019aa5c8-fc00-7000-8000-000000000010',
  created_at: '2026-11-20T12:44:35.1+00:00',
  updated_at: '2026-11-20T12:44:35.123456+00:00',
  state: 'open',
  amount_minor: '9999',
  captured_minor: '0',
  currency: 'EUR',
  customer_id: '019aa5c8-fc00-7000-8000-000000000001',
  checkout_url: 'https://paypal.example/checkoutnow?token=1',
  conflict: null,
  last_operation: null,
};

const declined = {
  kind: 'capture',
  state: 'refused',
  code: 'INSTRUMENT_DECLINED',
  message: 'Declined.',
};

const shown = (changes: Partial<FrozenSource>) => toFrozenPayment({ ...open, ...changes }, BASE);

describe('a payment of the older API', () => {
  it('has exactly the fields that its clients know', () => {
    expect(shown({})).toEqual({
      url: 'https://pay.example/api/paypal-payments/019aa5c8fc0070008000000000000010/',
      uuid: '019aa5c8fc0070008000000000000010',
      created: '2026-11-20T12:44:35.100Z',
      modified: '2026-11-20T12:44:35.123Z',
      state: 'Created',
      amount: '99.99',
      tax: '0.00',
      customer: 'https://pay.example/api/customers/019aa5c8fc0070008000000000000001/',
      approval_url: 'https://paypal.example/checkoutnow?token=1',
      error_message: '',
    });
  });

  it('has no decimals in a currency without any, and may have no customer and no address yet', () => {
    const changes = { currency: 'JPY', customer_id: null, checkout_url: null };
    expect(shown(changes)).toMatchObject({
      amount: '9999',
      tax: '0',
      customer: null,
      approval_url: '',
    });
  });

  it.each([
    ['initialized', 'Initial'],
    ['open', 'Created'],
    ['processing', 'Created'],
    ['authorized', 'Created'],
    ['paid', 'Approved'],
    ['canceled', 'Cancelled'],
    ['expired', 'Cancelled'],
    ['failed', 'Erred'],
  ] as const)('that is %s is shown as %s', (state, word) => {
    expect(shown({ state }).state).toBe(word);
  });

  it.each([
    ['paid', '9999', '99.99'],
    ['paid', '4000', '40.00'],
    ['paid', '10500', '99.99'],
    ['authorized', '4000', '99.99'],
    ['canceled', '0', '99.99'],
  ] as const)('that is %s, with %s taken, is one of %s', (state, captured_minor, amount) => {
    expect(shown({ state, captured_minor }).amount).toBe(amount);
  });

  it.each([
    ['processing', null],
    ['authorized', null],
    ['paid', null],
    ['canceled', null],
    ['expired', null],
    ['failed', null],
    ['open', 'amount_mismatch'],
  ] as const)('sends nobody to pay while it is %s, with the conflict %s', (state, conflict) => {
    expect(shown({ state, conflict }).approval_url).toBe('');
  });

  it('says why the last command failed', () => {
    expect(shown({ last_operation: declined }).error_message).toBe(
      'Unable to approve payment because of backend error Declined.',
    );
    const create = { kind: 'create', state: 'refused', code: 'NOT_AUTHORIZED', message: null };
    expect(shown({ state: 'failed', last_operation: create }).error_message).toBe(
      'Unable to create payment because of backend error NOT_AUTHORIZED',
    );
    const silent = { ...declined, state: 'unsettled', code: 'timeout', message: 'No answer.' };
    expect(shown({ last_operation: silent }).error_message).toMatch(/No answer\.$/);
  });

  it.each([
    ['while the first try runs', { ...declined, state: 'unsettled', code: null, message: null }],
    ['after one that worked', { ...declined, state: 'succeeded' }],
  ])('says nothing %s', (_, last_operation) => {
    expect(shown({ last_operation }).error_message).toBe('');
  });

  it.each(['initialized', 'processing', 'paid', 'canceled', 'expired'] as const)(
    'says nothing any more when it is %s',
    (state) => {
      expect(shown({ state, last_operation: declined }).error_message).toBe('');
    },
  );
});
