import { Money } from '../../shared/money/money';
import { shownAmount, toPayment } from './paypal.translate';
import { type PayPalAuthorization, type PayPalCapture, type PayPalOrder } from './paypal.wire';

const amount = { currency_code: 'EUR', value: '10.00' };
const EXPIRES = '2026-08-30T10:00:00Z';

describe('the state of a PayPal order whose money is held', () => {
  it.each([
    ['CREATED', 'authorized', 'held'],
    ['PARTIALLY_CAPTURED', 'authorized', 'held'],
    ['PENDING', 'processing', 'pending'],
    ['VOIDED', 'canceled', 'released'],
    ['DENIED', 'failed', 'denied'],
    ['SETTLING', 'unknown', 'unknown'],
    ['constructor', 'unknown', 'unknown'],
  ])('%s without a capture is %s', (status, state, hold) => {
    const authorizations = [authorization({ status })];
    expect(toPayment(order({ authorizations }))).toMatchObject({
      state,
      providerState: status,
      hold: { holdId: 'AUTH1', state: hold, amount: Money.of(1000n, 'EUR') },
    });
  });

  it.each([
    ['CAPTURED', ['COMPLETED'], 'paid'],
    ['CAPTURED', ['COMPLETED', 'PENDING'], 'processing'],
    ['CAPTURED', ['DECLINED'], 'failed'],
    ['CAPTURED', ['COMPLETED', 'SETTLING'], 'unknown'],
    ['VOIDED', ['COMPLETED'], 'paid'],
    ['VOIDED', ['PENDING'], 'processing'],
    ['VOIDED', ['DECLINED'], 'canceled'],
    ['DENIED', ['COMPLETED'], 'paid'],
    ['PARTIALLY_CAPTURED', ['COMPLETED', 'PENDING'], 'authorized'],
  ])('%s with captures %j is %s', (status, words, state) => {
    const authorizations = [authorization({ status })];
    const captures = words.map((word) => capture({ status: word }));
    expect(toPayment(order({ authorizations, captures }))?.state).toBe(state);
  });

  it.each([
    ['when it was voided at its end', EXPIRES, 'expired'],
    ['when it was voided after its end', '2026-08-30T10:00:01.000Z', 'expired'],
    ['not when it was voided before', '2026-08-30T09:59:59Z', 'canceled'],
    ['not when nobody says when it was voided', null, 'canceled'],
  ])('is expired %s', (_, updateTime, state) => {
    const authorizations = [authorization({ status: 'VOIDED', updateTime })];
    expect(toPayment(order({ authorizations }))?.state).toBe(state);
  });

  it('is that of the renewal, in whatever order they are listed', () => {
    const first = authorization({ status: 'VOIDED' });
    const renewal = authorization({ id: 'AUTH2', createTime: '2026-08-05T10:00:00Z' });
    for (const authorizations of [
      [first, renewal],
      [renewal, first],
    ]) {
      expect(toPayment(order({ authorizations }))).toMatchObject({
        state: 'authorized',
        hold: { holdId: 'AUTH2' },
      });
    }
  });
});

describe('a renewal that was declined', () => {
  const denied = authorization({
    id: 'AUTH2',
    status: 'DENIED',
    createTime: '2026-08-05T10:00:00Z',
  });

  it('leaves the hold before it as it was', () => {
    const authorizations = [authorization(), denied];
    expect(toPayment(order({ authorizations }))).toMatchObject({
      state: 'authorized',
      providerState: 'CREATED',
      hold: { holdId: 'AUTH1', state: 'held' },
    });
  });

  it('tells the end where nothing else was held', () => {
    const authorizations = [authorization({ status: 'DENIED' }), denied];
    expect(toPayment(order({ authorizations }))).toMatchObject({
      state: 'failed',
      hold: { holdId: 'AUTH2' },
    });
  });
});

describe('the time at which held money was paid', () => {
  const paidAt = (...captures: readonly PayPalCapture[]) =>
    toPayment(order({ authorizations: [authorization({ status: 'CAPTURED' })], captures }))?.paidAt;

  it('is that of its last capture that came', () => {
    const early = capture({ id: 'CAP1', createTime: '2026-08-02T10:00:00Z' });
    const late = capture({ id: 'CAP2', createTime: '2026-08-06T10:00:00Z' });
    const failed = capture({ id: 'CAP3', status: 'DECLINED', createTime: '2026-08-07T10:00:00Z' });
    for (const all of [
      [early, late, failed],
      [failed, late, early],
    ]) {
      expect(paidAt(...all)).toEqual(new Date('2026-08-06T10:00:00Z'));
    }
  });

  it('is known when one of them has no time', () => {
    const bare = capture({ id: 'CAP2', createTime: null });
    expect(paidAt(bare, capture())).toEqual(new Date('2026-08-02T10:00:00Z'));
    expect(paidAt(bare)).toBeNull();
  });
});

describe('a hold of PayPal', () => {
  it('is vouched for during three days, and ends when PayPal says', () => {
    expect(toPayment(order())?.hold).toEqual({
      holdId: 'AUTH1',
      state: 'held',
      amount: Money.of(1000n, 'EUR'),
      honoredUntil: new Date('2026-08-04T10:00:00Z'),
      expiresAt: new Date(EXPIRES),
    });
  });

  it('has no times where PayPal names none', () => {
    const authorizations = [authorization({ createTime: null, expirationTime: 'soon' })];
    expect(toPayment(order({ authorizations }))?.hold).toMatchObject({
      honoredUntil: null,
      expiresAt: null,
    });
  });

  it('whose amount cannot be read is no payment', () => {
    const odd = { currency_code: 'EUR', value: 'ten' };
    expect(toPayment(order({ authorizations: [authorization({ amount: odd })] }))).toBeNull();
  });

  it('says the amount of the order, which a capture of a part does not', () => {
    const part = capture({ amount: { currency_code: 'EUR', value: '4.00' } });
    expect(shownAmount(order({ captures: [part] }))).toEqual(amount);
    const two = [authorization(), authorization({ id: 'AUTH2' })];
    expect(shownAmount(order({ authorizations: two, captures: [part] }))).toBeNull();
  });

  it.each([
    ['pay_01-2', 'pay_01-2'],
    ['pay_01', undefined],
    ['INV-7-2', undefined],
    [null, undefined],
  ])('knows a capture of ours by its invoice id %s', (invoiceId, reference) => {
    const captures = [capture({ invoiceId })];
    expect(toPayment(order({ captures }))?.captures[0]?.reference).toBe(reference);
  });
});

function order(changes: Partial<PayPalOrder> = {}): PayPalOrder {
  return {
    id: 'ORDER1',
    status: 'COMPLETED',
    amount,
    customId: 'pay_01',
    approvalUrl: null,
    payerId: 'QYR5Z8XDVJNXQ',
    paymentSource: 'paypal',
    captures: [],
    authorizations: [authorization()],
    raw: { id: 'ORDER1' },
    ...changes,
  };
}

function authorization(changes: Partial<PayPalAuthorization> = {}): PayPalAuthorization {
  return {
    id: 'AUTH1',
    status: 'CREATED',
    amount,
    invoiceId: 'pay_01',
    createTime: '2026-08-01T10:00:00Z',
    updateTime: '2026-08-01T10:00:00Z',
    expirationTime: EXPIRES,
    ...changes,
  };
}

function capture(changes: Partial<PayPalCapture> = {}): PayPalCapture {
  return {
    id: 'CAP1',
    status: 'COMPLETED',
    amount,
    invoiceId: null,
    createTime: '2026-08-02T10:00:00Z',
    updateTime: null,
    ...changes,
  };
}
