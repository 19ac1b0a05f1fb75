import { type ProviderPayment } from '../../../providers/payment-provider';
import { type Money } from '../../../shared/money/money';

/**
 * What can still be captured of the money that is held for a payment of this amount, in minor units. Money under way
 * and captures that nobody can read count as taken: too little can be corrected, too much cannot.
 */
export function capturableMinor({ hold, captures }: ProviderPayment, amount: Money): bigint {
  if (hold?.state !== 'held') return 0n;
  const held = hold.amount.minor < amount.minor ? hold.amount.minor : amount.minor;
  const taken = captures
    .filter(({ state }) => state !== 'failed')
    .reduce((sum, capture) => sum + capture.amount.minor, 0n);
  return taken < held ? held - taken : 0n;
}

/** All in minor units of the payment's currency. */
export interface HeldAndTaken {
  readonly amountMinor: bigint;
  readonly heldMinor: bigint;
  /** What was left by the last answer of the provider that was taken over. */
  readonly shownMinor: bigint;
  /** What we decided to capture, answered or not. */
  readonly partsMinor: readonly bigint[];
}

/** What may be captured now: answers can be overtaken by a later one, our own decisions cannot. */
export function leftToCapture(from: HeldAndTaken): bigint {
  const { amountMinor, heldMinor, shownMinor, partsMinor } = from;
  const held = heldMinor < amountMinor ? heldMinor : amountMinor;
  const left = partsMinor.reduce((rest, part) => rest - part, held);
  if (left <= 0n) return 0n;
  return left < shownMinor ? left : shownMinor;
}
