import { type ProviderPayment } from '../../../providers/payment-provider';
import { type StoredPayment } from './payment-news';

/** One thing that is not the same here and there. */
export interface Difference {
  readonly code: 'id' | 'reference' | 'amount' | 'currency';
  readonly detail: string;
}

/**
 * Why a provider's payment is not the stored one; empty when it is. A person's word gives the id only: whatever the
 * provider does not say counts as different.
 */
export function differencesOf(
  stored: StoredPayment & { readonly linkId: string },
  shown: ProviderPayment,
): readonly Difference[] {
  const differences: Difference[] = [];
  const ownId = stored.providerId ?? stored.linkId;
  for (const id of new Set([stored.linkId, shown.providerId])) {
    if (id !== ownId) differences.push(differs('id', { there: id, here: ownId }));
  }
  if (shown.reference !== stored.reference) {
    differences.push(differs('reference', { there: shown.reference, here: stored.reference }));
  }
  return [...differences, ...moneyDifferences(stored, shown)];
}

function moneyDifferences({ amount }: StoredPayment, shown: ProviderPayment): Difference[] {
  const there = shown.amount;
  if (there === null) return [differs('amount', { there: null, here: amount.toString() })];
  if (there.currency !== amount.currency) {
    return [differs('currency', { there: there.currency, here: amount.currency })];
  }
  if (there.equals(amount)) return [];
  return [differs('amount', { there: there.toString(), here: amount.toString() })];
}

function differs(
  code: Difference['code'],
  { there, here }: { readonly there: string | null; readonly here: string },
): Difference {
  return { code, detail: `The ${code} is ${there ?? 'not told'} there and ${here} here.` };
}
