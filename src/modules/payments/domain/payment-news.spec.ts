import { Money } from '../../../shared/money/money';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { decideNews, type StoredPayment } from './payment-news';

const TEN_EUROS = Money.of(1000n, 'EUR');
const stored: StoredPayment = {
  state: 'open',
  amount: TEN_EUROS,
  captureMethod: 'automatic',
  reference: 'pay_1',
  providerId: 'P1',
  payerId: null,
};

function news(changes: Partial<ProviderPayment> = {}): ProviderPayment {
  return {
    providerId: 'P1',
    state: 'open',
    providerState: 'OPEN',
    amount: TEN_EUROS,
    reference: 'pay_1',
    checkoutUrl: null,
    payerAgreed: false,
    payerId: null,
    token: null,
    captures: [],
    payMethod: null,
    providerCustomer: null,
    mandate: null,
    subscription: null,
    installmentPlan: null,
    paidAt: null,
    raw: {},
    ...changes,
  };
}

function paid(amount = TEN_EUROS): Partial<ProviderPayment> {
  const capture = { captureId: 'C1', state: 'completed', amount } as const;
  return { state: 'paid', providerState: 'COMPLETED', captures: [capture] };
}

describe('news about a payment', () => {
  it('moves an open payment to paid when the provider holds the money', () => {
    const decision = decideNews(stored, news(paid()));
    expect(decision).toEqual({
      move: { to: 'paid', trigger: 'pay' },
      mismatch: null,
      conflict: null,
      report: null,
    });
  });

  it('changes nothing when it comes a second time', () => {
    const decision = decideNews({ ...stored, state: 'paid' }, news(paid()));
    expect(decision).toEqual({ move: null, mismatch: null, conflict: null, report: null });
  });

  it.each([
    ['another amount', { amount: Money.of(1n, 'EUR') }, 'amount_mismatch'],
    ['another currency', { amount: Money.of(1000n, 'USD') }, 'amount_mismatch'],
    ['no amount at all', { amount: null }, 'amount_mismatch'],
    ['another reference', { reference: 'pay_2' }, 'reference_mismatch'],
    ['another id', { providerId: 'P2' }, 'id_mismatch'],
    ['a capture in another currency', paid(Money.of(1000n, 'USD')), 'currency_mismatch'],
  ])('accepts nothing of a payment with %s', (_, changes, mismatch) => {
    const decision = decideNews(stored, news({ ...paid(), ...changes }));
    expect(decision).toMatchObject({ move: null, mismatch, conflict: mismatch });
  });

  it('asks for our reference when the id is new to us', () => {
    const unseen = { ...stored, state: 'initialized', providerId: null } as const;
    expect(decideNews(unseen, news({ reference: null })).mismatch).toBe('reference_mismatch');
    expect(decideNews(unseen, news()).move?.to).toBe('open');
  });

  it.each(['canceled', 'expired', 'failed'] as const)(
    'lets money win over %s and flags the contradiction',
    (state) => {
      const decision = decideNews({ ...stored, state }, news(paid()));
      expect(decision.move).toEqual({ to: 'paid', trigger: 'pay' });
      expect(decision.conflict).toBe(`paid_after_${state}`);
    },
  );

  it('flags a capture of another amount than was asked for', () => {
    const decision = decideNews(stored, news(paid(Money.of(900n, 'EUR'))));
    expect(decision.conflict).toBe('captured_amount_mismatch');
  });

  describe('of a payment whose money was held first', () => {
    const held: StoredPayment = { ...stored, state: 'authorized', captureMethod: 'manual' };
    const hold = (amount = TEN_EUROS) =>
      ({ holdId: 'A1', state: 'held', amount, honoredUntil: null, expiresAt: null }) as const;
    const taken = (...minors: readonly bigint[]) =>
      minors.map((minor, index) => ({
        captureId: `C${index}`,
        state: 'completed' as const,
        amount: Money.of(minor, 'EUR'),
      }));

    it('stays authorized while parts of it are captured', () => {
      const some = news({ state: 'authorized', hold: hold(), captures: taken(100n, 200n) });
      expect(decideNews(held, some)).toEqual({
        move: null,
        mismatch: null,
        conflict: null,
        report: null,
      });
    });

    it.each([
      ['all of it', 1000n, null],
      ['a part', 300n, null],
      ['more than was held', 1001n, 'captured_amount_mismatch'],
    ])('is paid with %s', (_, minor, conflict) => {
      const over = { ...hold(), state: 'released' } as const;
      const shown = news({ state: 'paid', hold: over, captures: taken(minor) });
      expect(decideNews(held, shown)).toMatchObject({ move: { to: 'paid' }, conflict });
    });

    it('flags more than was held before it is paid as well', () => {
      const some = news({ state: 'authorized', hold: hold(), captures: taken(800n, 300n) });
      expect(decideNews(held, some)).toMatchObject({
        move: null,
        conflict: 'captured_amount_mismatch',
      });
    });

    it('flags a hold of another amount', () => {
      const odd = news({ state: 'authorized', hold: hold(Money.of(1150n, 'EUR')) });
      expect(decideNews({ ...held, state: 'open' }, odd)).toMatchObject({
        move: { to: 'authorized' },
        conflict: 'authorized_amount_mismatch',
      });
    });

    it('accepts nothing of a hold in another currency', () => {
      const odd = news({ state: 'authorized', hold: hold(Money.of(1000n, 'USD')) });
      expect(decideNews(held, odd)).toMatchObject({ move: null, mismatch: 'currency_mismatch' });
    });

    it.each(['canceled', 'expired', 'failed'] as const)(
      'ends as %s when nothing was taken',
      (to) => {
        const over = news({ state: to, hold: { ...hold(), state: 'released' } });
        expect(decideNews(held, over)).toMatchObject({ move: { to }, conflict: null });
      },
    );

    it('is processing while the last of it is under way, and paid when that came', () => {
      const under = news({ state: 'processing', hold: { ...hold(), state: 'captured' } });
      expect(decideNews(held, under).move?.to).toBe('processing');
      const came = news({ ...paid(), hold: { ...hold(), state: 'captured' } });
      expect(decideNews({ ...held, state: 'processing' }, came).move?.to).toBe('paid');
    });
  });

  it('does not believe "paid" without a capture', () => {
    const decision = decideNews(stored, news({ ...paid(), captures: [] }));
    expect(decision).toMatchObject({ move: null, conflict: 'paid_without_capture' });
  });

  it('reports a word it does not know and keeps the state', () => {
    const decision = decideNews(stored, news({ state: 'unknown', providerState: 'LIMBO' }));
    expect(decision).toMatchObject({ move: null, report: 'unknown provider state "LIMBO"' });
  });

  it('reports news that goes backwards and keeps the state', () => {
    const decision = decideNews({ ...stored, state: 'paid' }, news());
    expect(decision).toMatchObject({ move: null, report: 'news "OPEN" does not fit paid' });
  });

  it.each(['canceled', 'expired', 'failed'] as const)(
    'keeps what was paid and calls for a person when the provider says %s',
    (state) => {
      const denied = news({ state, providerState: state });
      const decision = decideNews({ ...stored, state: 'paid' }, denied);
      expect(decision).toMatchObject({ move: null, conflict: `${state}_after_paid` });
    },
  );

  it('calls money that was under way and called off a failure', () => {
    const canceled = news({ state: 'canceled', providerState: 'canceled' });
    expect(decideNews({ ...stored, state: 'processing' }, canceled).move?.to).toBe('failed');
  });
});
