import { type Money } from '../../../shared/money/money';
import { type ProviderRefund } from '../../../providers/provider-parts';
import { moveRefund, type RefundState } from './refund-lifecycle';

/** What we stored about a refund, as far as news about it is judged by it. */
export interface StoredRefund {
  readonly state: RefundState;
  readonly amount: Money;
  /** Ours, `ref_…`; null for a refund that was not made here. */
  readonly reference: string | null;
  /** Null until the provider told its id for the first time. */
  readonly refundId: string | null;
  readonly captureId: string | null;
}

export interface RefundDecision {
  readonly to: RefundState | null;
  /** The provider shows another refund than ours: nothing of it is accepted. */
  readonly mismatch: string | null;
  /** A contradiction for a person to look at; kept on the payment until then. */
  readonly conflict: string | null;
  /** News that changed nothing although it should not have been possible; goes to the log. */
  readonly report: string | null;
}

/** The conflict where refunds and chargebacks together return more than was captured, whichever of them came last. */
export const OVERDRAWN = 'refunded_more_than_captured';

const NOTHING: RefundDecision = { to: null, mismatch: null, conflict: null, report: null };

/** What follows from what a provider shows of a refund now. Pure: the same news is always the same decision. */
export function decideRefund(stored: StoredRefund, shown: ProviderRefund): RefundDecision {
  const mismatch = refundMismatchOf(stored, shown);
  if (mismatch !== null) return { ...NOTHING, mismatch, conflict: mismatch };
  if (shown.state === 'unknown') {
    return { ...NOTHING, report: `unknown refund state "${shown.providerState}"` };
  }
  switch (moveRefund(stored.state, shown.state)) {
    case 'moved':
      return { ...NOTHING, to: shown.state, conflict: conflictOf(stored.state) };
    case 'repeated':
      return NOTHING;
    case 'illegal':
      return {
        ...NOTHING,
        conflict: takesBack(stored.state, shown.state) ? `${shown.state}_after_refunded` : null,
        report: `refund news "${shown.providerState}" does not fit ${stored.state}`,
      };
  }
}

/** What of the provider's refund is not as ours was made; null when it fits. */
export function refundMismatchOf(stored: StoredRefund, shown: ProviderRefund): string | null {
  if (stored.refundId !== null && stored.refundId !== shown.refundId) return 'refund_id_mismatch';
  const { reference } = stored;
  if (reference !== null && shown.reference !== null && shown.reference !== reference) {
    return 'refund_reference_mismatch';
  }
  if (!shown.amount.equals(stored.amount)) return 'refund_amount_mismatch';
  const isSameCapture =
    stored.captureId === null || shown.captureId === null || stored.captureId === shown.captureId;
  return isSameCapture ? null : 'refund_capture_mismatch';
}

/** That it is still under way is merely late; that it never happened is not. */
function takesBack(before: RefundState, now: RefundState): boolean {
  return before === 'refunded' && now !== 'pending';
}

/** The reservation was given back, so the money may have been refunded a second time meanwhile. */
function conflictOf(before: RefundState): string | null {
  return before === 'pending' ? null : `refunded_after_${before}`;
}
