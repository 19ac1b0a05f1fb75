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
