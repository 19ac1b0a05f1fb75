import { type Answer } from '../http/answer';
import { paypalDisputeId } from '../ids';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { amountOf, minorOf } from './amounts';
import { type PayPalCall } from './call';
import { type Dispute } from './dispute';
import { disputeView } from './dispute-view';
import { unknownId } from './errors';
import { findCapture, type FoundCapture } from './find';
import { newRefund, refundChanges } from './make-refund';
import { disputeNews } from './notifications/dispute-events';
import { type Amount } from './order';
import { leftToRefund } from './refund-sums';

/** `GET /v1/customer/disputes/{id}`: https://developer.paypal.com/docs/api/customer-disputes/v1/#disputes_get */
export function getDispute(sandbox: Sandbox, call: PayPalCall): Answer {
  const dispute = sandbox.store.moneyBack.disputes.get(call.id);
  if (dispute?.account !== call.account) return unknownId('dispute_id');
  return { status: 200, body: disputeView(sandbox, dispute) };
}

export function openDispute(
  sandbox: Sandbox,
  { order, capture }: FoundCapture,
  { amount, reason }: Pick<Dispute, 'amount' | 'reason'>,
): Dispute {
  const at = sandbox.store.now().toISOString();
  const dispute: Dispute = {
    id: paypalDisputeId(),
    account: order.account,
    captureId: capture.id,
    status: 'OPEN',
    outcome: null,
    reason,
    amount,
    createdAt: at,
    updatedAt: at,
  };
  keep(sandbox, dispute, { type: 'CUSTOMER.DISPUTE.CREATED', more: [] });
  return dispute;
}

/** Moves an open dispute on; when the payer wins, the money goes with it. */
export function moveDispute(
  sandbox: Sandbox,
  dispute: Dispute,
  change: Pick<Dispute, 'status' | 'outcome'>,
): Dispute {
  const moved = { ...dispute, ...change, updatedAt: sandbox.store.now().toISOString() };
  const found = findCapture(sandbox, dispute.captureId);
  const isLost = change.outcome === 'RESOLVED_BUYER_FAVOUR' && found !== undefined;
  const isOver = change.status === 'RESOLVED';
  keep(sandbox, moved, {
    type: isOver ? 'CUSTOMER.DISPUTE.RESOLVED' : 'CUSTOMER.DISPUTE.UPDATED',
    more: isLost ? reversalOf(sandbox, found, dispute.amount) : [],
  });
  return moved;
}

/** PayPal takes the money of a capture back, but never more than is left of it. */
export function reversalOf(sandbox: Sandbox, found: FoundCapture, wanted: Amount): Change[] {
  const left = leftToRefund(sandbox.store.moneyBack, found.capture);
  const minor = minorOf(wanted) < left ? minorOf(wanted) : left;
  if (minor <= 0n) return [];
  const body = { amount: amountOf(minor, wanted.currency_code) };
  const refund = newRefund(sandbox, found, { body, status: 'COMPLETED' });
  return refundChanges(sandbox, found, { ...refund, isReversal: true });
}

function keep(
  sandbox: Sandbox,
  dispute: Dispute,
  { type, more }: { type: string; more: Change[] },
): void {
  sandbox.store.commit(
    { kind: 'paypal.dispute', value: dispute },
    ...disputeNews(sandbox, dispute, type),
    ...more,
  );
}
