import { type ProviderRefund } from '../../../providers/provider-parts';
import { showId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { type Finding } from '../domain/conflicts';
import { OVERDRAWN, refundMismatchOf } from '../domain/refund-news';
import { type PaymentRow } from '../storage/payment.row';
import { refundAmountOf, type RefundRow } from '../storage/refund.row';
import { type RefundRoom } from '../storage/refunds.repository';
import { type RefundNews, storedRefund } from './refund-plan';

/** The refund of ours that the provider shows; null where it shows one that we do not hold yet. */
export function ownOf(
  known: readonly RefundRow[],
  { refund, shown }: Pick<RefundNews, 'refund' | 'shown'>,
): RefundRow | null {
  if (refund) return known.find(({ id }) => id === refund.id) ?? null;
  const there = known.find((row) => row.provider_refund_id === shown.refundId);
  return there ?? known.find((row) => isStillNamed(row, shown)) ?? null;
}

/** One of ours has no id there yet, its answer was never seen, and the provider's refund names nobody's reference. */
export function mayBeOneOf(known: readonly RefundRow[], shown: ProviderRefund): boolean {
  return known.some(
    (refund) =>
      shown.reference === null &&
      refund.state === 'pending' &&
      !isKnownThere(refund) &&
      refundAmountOf(refund).equals(shown.amount),
  );
}

/** The provider made two refunds of one of ours. */
export function isSecondOf(known: readonly RefundRow[], shown: ProviderRefund): boolean {
  return known.some((row) => isNamedBy(shown, row) && isKnownThere(row));
}

/**
 * That refunds and chargebacks return or hold back more than was captured; null where they do not. A refund that is under
 * way counts: as long as it is, it can be called off.
 */
export function overdrawnBy(
  { captured_minor, currency }: Pick<PaymentRow, 'captured_minor' | 'currency'>,
  refunds: readonly RefundRow[],
  { charged_back_minor, charged_back_moves }: RefundRoom,
): Finding | null {
  const live = refunds.filter(({ state }) => state === 'pending' || state === 'refunded');
  const refunded = live.reduce((sum, refund) => sum + BigInt(refund.amount_minor), 0n);
  const back = refunded + BigInt(charged_back_minor);
  const captured = BigInt(captured_minor);
  if (back <= captured) return null;
  const [returned, taken] = [back, captured].map((minor) => Money.of(minor, currency).toString());
  // What goes and comes back to the same total is another conflict.
  const moves = `${live.length} refunds, ${charged_back_moves} movements of chargebacks`;
  return { code: OVERDRAWN, about: '', evidence: `${returned} back of ${taken}, ${moves}` };
}

/**
 * A reference names one refund: what else bears it went back beside ours. One of ours that ended without an id there
 * is only what fits it.
 */
function isStillNamed(row: RefundRow, shown: ProviderRefund): boolean {
  if (!isNamedBy(shown, row) || isKnownThere(row)) return false;
  return row.state === 'pending' || refundMismatchOf(storedRefund(row), shown) === null;
}

function isNamedBy({ reference }: ProviderRefund, { origin, id }: RefundRow): boolean {
  return origin === 'api' && showId('ref', id) === reference;
}

function isKnownThere({ provider_refund_id }: RefundRow): boolean {
  return provider_refund_id !== null;
}
