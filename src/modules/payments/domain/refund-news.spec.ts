import { Money } from '../../../shared/money/money';
import { type ProviderRefund } from '../../../providers/provider-parts';
import { moveRefund, REFUND_STATES, type RefundState } from './refund-lifecycle';
import { decideRefund, type StoredRefund } from './refund-news';

const FOUR_EUROS = Money.of(400n, 'EUR');
const stored: StoredRefund = {
  state: 'pending',
  amount: FOUR_EUROS,
  reference: 'ref_1',
  refundId: null,
  captureId: 'C1',
};
const shown: ProviderRefund = {
  refundId: 'R1',
  state: 'refunded',
  providerState: 'COMPLETED',
  amount: FOUR_EUROS,
  reference: 'ref_1',
  captureId: 'C1',
  createdAt: null,
};
const NOTHING = { to: null, mismatch: null, conflict: null, report: null };

describe('the lifecycle of a refund', () => {
  const legal: Readonly<Record<RefundState, readonly RefundState[]>> = {
    pending: ['refunded', 'failed', 'canceled'],
    refunded: [],
    failed: ['refunded'],
    canceled: ['refunded'],
  };

  it.each(REFUND_STATES)('knows every way out of %s', (from) => {
    for (const to of REFUND_STATES) {
      const expected = from === to ? 'repeated' : legal[from].includes(to) ? 'moved' : 'illegal';
      expect({ from, to, move: moveRefund(from, to) }).toEqual({ from, to, move: expected });
    }
  });
});

describe('news about a refund', () => {
  it.each(['refunded', 'failed', 'canceled'] as const)('ends a pending one as %s', (state) => {
    expect(decideRefund(stored, { ...shown, state })).toEqual({ ...NOTHING, to: state });
  });

  it.each(REFUND_STATES)('that says once more that it is %s changes nothing', (state) => {
    expect(decideRefund({ ...stored, state }, { ...shown, state })).toEqual(NOTHING);
  });

  it('in a word that nobody knows changes nothing and is reported', () => {
    const odd = { ...shown, state: 'unknown', providerState: 'PONDERING' } as const;
    expect(decideRefund(stored, odd)).toEqual({
      ...NOTHING,
      report: 'unknown refund state "PONDERING"',
    });
  });

  it.each(['failed', 'canceled'] as const)(
    'that money went back after it %s is a conflict',
    (end) => {
      expect(decideRefund({ ...stored, state: end }, shown)).toEqual({
        ...NOTHING,
        to: 'refunded',
        conflict: `refunded_after_${end}`,
      });
    },
  );

  it.each(['refunded', 'failed', 'canceled'] as const)(
    'that it is pending still, after it %s, is late and only reported',
    (state) => {
      const late = { ...shown, state: 'pending', providerState: 'PENDING' } as const;
      expect(decideRefund({ ...stored, state }, late)).toEqual({
        ...NOTHING,
        report: `refund news "PENDING" does not fit ${state}`,
      });
    },
  );

  it.each(['failed', 'canceled'] as const)(
    'that it is %s after the money went back moves nothing and is a conflict',
    (state) => {
      const decision = decideRefund({ ...stored, state: 'refunded' }, { ...shown, state });
      expect(decision).toMatchObject({ to: null, conflict: `${state}_after_refunded` });
      expect(decision.report).not.toBeNull();
    },
  );

  it.each<[string, Partial<StoredRefund>, Partial<ProviderRefund>]>([
    ['refund_id_mismatch', { refundId: 'R2' }, {}],
    ['refund_reference_mismatch', {}, { reference: 'ref_2' }],
    ['refund_amount_mismatch', {}, { amount: Money.of(401n, 'EUR') }],
    ['refund_amount_mismatch', {}, { amount: Money.of(400n, 'USD') }],
    ['refund_capture_mismatch', {}, { captureId: 'C2' }],
  ])('that shows another refund (%s) is taken over in nothing', (mismatch, ours, theirs) => {
    const decision = decideRefund({ ...stored, ...ours }, { ...shown, ...theirs });
    expect(decision).toEqual({ ...NOTHING, mismatch, conflict: mismatch });
  });

  it('that leaves out reference or capture still fits, and so does any reference where we have none', () => {
    const short = { ...shown, reference: null, captureId: null };
    expect(decideRefund(stored, short).to).toBe('refunded');
    expect(decideRefund({ ...stored, captureId: null }, shown).to).toBe('refunded');
    const foreign = { ...stored, reference: null };
    expect(decideRefund(foreign, { ...shown, reference: 'ref_9' }).to).toBe('refunded');
  });
});
