import { Money } from '../../shared/money/money';
import { toPayment } from './paypal.translate';
import { type PayPalCapture, type PayPalOrder } from './paypal.wire';

describe('the state of a PayPal order', () => {
  it.each([
    ['CREATED', 'open'],
    ['SAVED', 'open'],
    ['PAYER_ACTION_REQUIRED', 'open'],
    ['APPROVED', 'open'],
    ['VOIDED', 'canceled'],
    ['COMPLETED', 'unknown'],
    ['SETTLING', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s without a capture is %s', (status, state) => {
    expect(toPayment(order({ status }))).toMatchObject({ state, providerState: status });
  });

  it.each([
    ['COMPLETED', 'paid', 'completed'],
    ['PARTIALLY_REFUNDED', 'paid', 'completed'],
    ['REFUNDED', 'paid', 'completed'],
    ['PENDING', 'processing', 'pending'],
    ['DECLINED', 'failed', 'failed'],
    ['FAILED', 'failed', 'failed'],
  ])('COMPLETED with a capture that is %s is %s', (status, state, captureState) => {
    const payment = toPayment(order({ status: 'COMPLETED', captures: [capture({ status })] }));
    expect(payment).toMatchObject({ state, providerState: status });
    expect(payment?.captures).toEqual([
      { captureId: 'CAP1', state: captureState, amount: Money.of(1000n, 'EUR') },
    ]);
  });

  it.each([
    [['DECLINED', 'COMPLETED'], 'paid', 'COMPLETED'],
    [['DECLINED', 'PENDING'], 'processing', 'PENDING'],
    [['PENDING', 'COMPLETED', 'SETTLING'], 'paid', 'COMPLETED'],
    [['PENDING', 'SETTLING'], 'unknown', 'SETTLING'],
  ])('COMPLETED with captures %j is %s', (words, state, providerState) => {
    const captures = words.map((status) => capture({ status }));
    expect(toPayment(order({ status: 'COMPLETED', captures }))).toMatchObject({
      state,
      providerState,
    });
  });

  it('keeps a capture whose word it does not know, as unknown', () => {
    const captures = [capture(), capture({ id: 'CAP2', status: 'SETTLING' })];
    expect(toPayment(order({ status: 'COMPLETED', captures }))?.captures).toEqual([
      { captureId: 'CAP1', state: 'completed', amount: Money.of(1000n, 'EUR') },
      { captureId: 'CAP2', state: 'unknown', amount: Money.of(1000n, 'EUR') },
    ]);
  });

  it.each(['APPROVED', 'VOIDED', 'COMPLETED', 'SETTLING'])(
    '%s with a capture whose word it does not know is unknown and shows the capture',
    (status) => {
      const payment = toPayment(order({ status, captures: [capture({ status: 'SETTLING' })] }));
      expect(payment).toMatchObject({ state: 'unknown', captures: [{ state: 'unknown' }] });
    },
  );

  it.each(['APPROVED', 'VOIDED'])('%s is paid when it holds the money all the same', (status) => {
    expect(toPayment(order({ status, captures: [capture()] }))).toMatchObject({
      state: 'paid',
      payerAgreed: false,
    });
  });

  it('an APPROVED order with a declined capture can still be paid', () => {
    const captures = [capture({ status: 'DECLINED' })];
    expect(toPayment(order({ status: 'APPROVED', captures }))?.state).toBe('open');
  });
});

describe('a PayPal order as a payment', () => {
  it('shows amount, reference, payer, and the order id as the token', () => {
    expect(toPayment(order({ payerId: 'QYR5Z8XDVJNXQ' }))).toEqual({
      providerId: 'ORDER1',
      state: 'open',
      providerState: 'CREATED',
      amount: Money.of(1000n, 'EUR'),
      reference: 'pay_1',
      checkoutUrl: 'https://paypal.example/checkoutnow?token=ORDER1',
      payerAgreed: false,
      payerId: 'QYR5Z8XDVJNXQ',
      token: 'ORDER1',
      captures: [],
      payMethod: 'paypal',
      providerCustomer: null,
      mandate: null,
      subscription: null,
      installmentPlan: null,
      paidAt: null,
      raw: { id: 'ORDER1' },
    });
  });

  it('says when the payer has agreed', () => {
    expect(toPayment(order({ status: 'APPROVED' }))?.payerAgreed).toBe(true);
    expect(toPayment(order({ status: 'PAYER_ACTION_REQUIRED' }))?.payerAgreed).toBe(false);
  });

  it('has no checkout URL once nothing can be agreed to', () => {
    expect(toPayment(order({ status: 'VOIDED' }))?.checkoutUrl).toBeNull();
    expect(toPayment(order({ status: 'SETTLING' }))?.checkoutUrl).toBeNull();
    expect(
      toPayment(order({ status: 'COMPLETED', captures: [capture()] }))?.checkoutUrl,
    ).toBeNull();
  });

  it('has no amount where the answer holds none or an unreadable one', () => {
    expect(toPayment(order({ amount: null }))?.amount).toBeNull();
    const amount = { currency_code: 'ZZZ', value: '1.00' };
    expect(toPayment(order({ amount }))?.amount).toBeNull();
  });

  it('is not shown at all when the amount of a capture cannot be read', () => {
    const captures = [capture({ amount: { currency_code: 'EUR', value: '1e3' } })];
    expect(toPayment(order({ status: 'COMPLETED', captures }))).toBeNull();
  });

  it.each([
    ['COMPLETED', '2026-08-05T09:00:00-07:00', '2026-08-05T16:00:00.000Z'],
    ['REFUNDED', '2026-09-01T00:00:00Z', '2026-08-01T10:00:00.000Z'],
  ])('was paid, with a capture %s last updated at %s, at %s', (status, updateTime, expected) => {
    const captures = [capture({ status, updateTime })];
    const payment = toPayment(order({ status: 'COMPLETED', captures }));
    expect(payment?.paidAt?.toISOString()).toBe(expected);
  });

  it('has no time of payment where PayPal names none', () => {
    const captures = [capture({ createTime: null, updateTime: 'yesterday' })];
    expect(toPayment(order({ status: 'COMPLETED', captures }))).toMatchObject({
      state: 'paid',
      paidAt: null,
    });
  });
});

function order(changes: Partial<PayPalOrder> = {}): PayPalOrder {
  return {
    id: 'ORDER1',
    status: 'CREATED',
    amount: { currency_code: 'EUR', value: '10.00' },
    customId: 'pay_1',
    approvalUrl: 'https://paypal.example/checkoutnow?token=ORDER1',
    payerId: null,
    paymentSource: 'paypal',
    captures: [],
    authorizations: [],
    raw: { id: 'ORDER1' },
    ...changes,
  };
}

function capture(changes: Partial<PayPalCapture> = {}): PayPalCapture {
  return {
    id: 'CAP1',
    status: 'COMPLETED',
    amount: { currency_code: 'EUR', value: '10.00' },
    invoiceId: null,
    createTime: '2026-08-01T10:00:00Z',
    updateTime: null,
    ...changes,
  };
}
