import { Money } from '../../../shared/money/money';
import { type ProviderChargeback } from '../../../providers/provider-parts';
import { decideChargeback, type StoredChargeback } from './chargeback-news';

const eur = (minor: bigint) => Money.of(minor, 'EUR');
const payment = { currency: 'EUR', capturedMinor: 1000n };

const lost: ProviderChargeback = {
  chargebackId: 'PC1',
  state: 'lost',
  providerState: 'completed',
  amount: eur(400n),
  taken: eur(400n),
  paymentId: 'PP1',
  captureIds: [],
  reason: 'MD06',
  createdAt: null,
  raw: {},
};
const open = { ...lost, state: 'open', providerState: 'pending', taken: eur(0n) } as const;
const won = { ...lost, state: 'won', providerState: 'reversed', taken: eur(0n) } as const;
const odd = { ...lost, state: 'unknown', providerState: 'SOMETHING_NEW', taken: null } as const;

const stored = (shown: ProviderChargeback, state: 'open' | 'lost' | 'won'): StoredChargeback => ({
  state,
  providerState: shown.providerState,
  amount: shown.amount,
  takenMinor: shown.taken?.minor ?? 0n,
  reason: shown.reason,
  conflict: null,
  captureRef: null,
});

describe('news of a chargeback', () => {
  it.each([
    ['new and open', null, open, 'open', 'open', 0n],
    ['new and lost', null, lost, 'lost', 'lose', -400n],
    ['new and won', null, won, 'won', 'win', 0n],
    ['open, then lost', stored(open, 'open'), lost, 'lost', 'lose', -400n],
    ['open, then won', stored(open, 'open'), won, 'won', 'win', 0n],
    ['lost, then won', stored(lost, 'lost'), won, 'won', 'win', 400n],
    ['won, then lost', stored(won, 'won'), lost, 'lost', 'lose', -400n],
    ['lost, then open by an appeal', stored(lost, 'lost'), open, 'open', 'open', 400n],
  ] as const)('%s', (_, before, shown, state, trigger, bookedMinor) => {
    const decision = decideChargeback(before, shown, payment);
    expect(decision).toMatchObject({ state, trigger, bookedMinor, conflict: null, isNews: true });
    expect(decision.takenMinor).toBe(shown.taken?.minor);
  });

  it.each([
    ['open', open, 'open'],
    ['lost', lost, 'lost'],
    ['won', won, 'won'],
  ] as const)('that is known is none: %s', (_, shown, state) => {
    const again = decideChargeback(stored(shown, state), shown, payment);
    expect(again).toMatchObject({ bookedMinor: 0n, isNews: false });
  });

  it('of another amount books the difference', () => {
    const more = { ...lost, amount: eur(500n), taken: eur(500n) };
    const decision = decideChargeback(stored(lost, 'lost'), more, payment);
    expect(decision).toMatchObject({ trigger: 'amend', bookedMinor: -100n, isNews: true });
  });

  it.each([
    ['another word', { ...open, providerState: 'UNDER_REVIEW' }],
    ['another reason', { ...open, reason: 'MS03' }],
    ['another amount', { ...open, amount: eur(1n) }],
  ])('that brings %s amends it and moves nothing', (_, shown) => {
    const decision = decideChargeback(stored(open, 'open'), shown, payment);
    expect(decision).toMatchObject({ trigger: 'amend', state: 'open', bookedMinor: 0n });
    expect(decision.isNews).toBe(true);
  });

  it('remembers the capture that it is of, also when that is told later', () => {
    const named = { ...lost, captureIds: ['C1'] };
    expect(decideChargeback(null, named, payment)).toMatchObject({ captureRef: 'C1' });
    const later = decideChargeback(stored(lost, 'lost'), named, payment);
    expect(later).toMatchObject({ captureRef: 'C1', trigger: 'amend', bookedMinor: 0n });
    expect(later.isNews).toBe(true);
    const kept = { ...stored(lost, 'lost'), captureRef: 'C1' };
    for (const captureIds of [[], ['C1'], ['C2']]) {
      const again = decideChargeback(kept, { ...lost, captureIds }, payment);
      expect(again).toMatchObject({ captureRef: 'C1', isNews: false });
    }
  });

  it('names no capture where it is of several', () => {
    const several = { ...lost, captureIds: ['C1', 'C2'] };
    expect(decideChargeback(null, several, payment)).toMatchObject({ captureRef: null });
  });

  it('in a word that nobody knows moves neither state nor money, and says so', () => {
    const kept = decideChargeback(stored(lost, 'lost'), odd, payment);
    expect(kept).toMatchObject({ state: 'lost', takenMinor: 400n, bookedMinor: 0n });
    const fresh = decideChargeback(null, odd, payment);
    expect(fresh).toMatchObject({ state: 'open', takenMinor: 0n, bookedMinor: 0n });
    expect([kept.conflict, fresh.conflict]).toEqual(['unknown_state', 'unknown_state']);
  });

  it('of more money than came in is booked and shown to a person', () => {
    const more = { ...lost, amount: eur(1001n), taken: eur(1001n) };
    const decision = decideChargeback(null, more, payment);
    expect(decision).toMatchObject({ bookedMinor: -1001n, conflict: 'exceeds_capture' });
  });

  it('of another currency than its payment is booked in that and shown to a person', () => {
    const dollars = Money.of(400n, 'USD');
    const decision = decideChargeback(null, { ...lost, amount: dollars, taken: dollars }, payment);
    expect(decision).toMatchObject({ amount: dollars, conflict: 'currency_mismatch' });
  });

  it('that changes the currency of one that is known changes no money', () => {
    const dollars = Money.of(900n, 'USD');
    const shown = { ...won, amount: dollars, taken: dollars };
    const decision = decideChargeback(stored(lost, 'lost'), shown, payment);
    const kept = { state: 'lost', trigger: 'amend', amount: eur(400n), takenMinor: 400n };
    expect(decision).toMatchObject({ ...kept, bookedMinor: 0n, conflict: 'currency_mismatch' });
    const again = { ...stored(lost, 'lost'), conflict: 'currency_mismatch' };
    expect(decideChargeback(again, shown, payment).isNews).toBe(false);
  });
});
