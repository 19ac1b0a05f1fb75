import { type ProviderPayment } from '../../../providers/payment-provider';
import { Money } from '../../../shared/money/money';
import { capturableMinor, leftToCapture } from './capturable';

const TEN_EUROS = Money.of(1000n, 'EUR');

type Captures = ProviderPayment['captures'];
type Hold = NonNullable<ProviderPayment['hold']>;

function shown(captures: Captures, hold: Partial<Hold> = {}): ProviderPayment {
  return {
    providerId: 'P1',
    state: 'authorized',
    providerState: 'CREATED',
    amount: TEN_EUROS,
    reference: 'pay_1',
    checkoutUrl: null,
    payerAgreed: false,
    payerId: null,
    token: null,
    captures,
    hold: {
      holdId: 'A1',
      state: 'held',
      amount: TEN_EUROS,
      honoredUntil: null,
      expiresAt: null,
      ...hold,
    },
    payMethod: null,
    providerCustomer: null,
    mandate: null,
    subscription: null,
    installmentPlan: null,
    paidAt: null,
    raw: {},
  };
}

const capture = (minor: bigint, state: Captures[number]['state'] = 'completed') => ({
  captureId: `C${minor}`,
  state,
  amount: Money.of(minor, 'EUR'),
});

describe('what can still be captured of a hold', () => {
  it.each([
    ['all of it at first', [], 1000n],
    ['what is left after parts', [capture(300n), capture(200n)], 500n],
    ['nothing when all was taken', [capture(1000n)], 0n],
    ['nothing when more was taken', [capture(1150n)], 0n],
    ['less by what is under way', [capture(300n, 'pending')], 700n],
    ['less by what nobody can read', [capture(300n, 'unknown')], 700n],
    ['no less by what failed', [capture(300n, 'failed')], 1000n],
  ])('is %s', (_, captures, left) => {
    expect(capturableMinor(shown(captures), TEN_EUROS)).toBe(left);
  });

  it.each([
    ['more than the payment when the hold is larger', 1150n, 1000n],
    ['more than the hold when that is smaller', 900n, 900n],
  ])('is not %s', (_, held, left) => {
    const one = shown([], { amount: Money.of(held, 'EUR') });
    expect(capturableMinor(one, TEN_EUROS)).toBe(left);
  });

  it.each(['pending', 'captured', 'released', 'expired', 'denied', 'unknown'] as const)(
    'is nothing while the hold is %s',
    (state) => {
      expect(capturableMinor(shown([], { state }), TEN_EUROS)).toBe(0n);
    },
  );
});

describe('what may be captured now', () => {
  it.each([
    ['what the provider shows', 700n, [300n], 700n],
    ['less when it showed that before our last capture', 1000n, [300n], 700n],
    ['less when somebody else captured, too', 500n, [300n], 500n],
    ['nothing when our captures took it all', 1000n, [400n, 600n], 0n],
    ['nothing when they took more', 1000n, [600n, 600n], 0n],
  ])('is %s', (_, shownMinor, partsMinor, left) => {
    const held = { amountMinor: 1000n, heldMinor: 1150n, shownMinor, partsMinor };
    expect(leftToCapture(held)).toBe(left);
  });

  it('is never more than is held', () => {
    const held = { amountMinor: 1000n, heldMinor: 800n, shownMinor: 1000n, partsMinor: [300n] };
    expect(leftToCapture(held)).toBe(500n);
  });
});
