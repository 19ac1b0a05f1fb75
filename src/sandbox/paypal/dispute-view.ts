import { type JsonObject, textMember } from '../http/json';
import { type Sandbox } from '../sandbox';
import { type Dispute } from './dispute';
import { findCapture, type FoundCapture } from './find';

/** A dispute as the API and its events show it. */
export function disputeView(sandbox: Sandbox, dispute: Dispute): JsonObject {
  const found = findCapture(sandbox, dispute.captureId);
  const self = `${sandbox.publicUrl()}/paypal/v1/customer/disputes/${dispute.id}`;
  return {
    dispute_id: dispute.id,
    create_time: dispute.createdAt,
    update_time: dispute.updatedAt,
    disputed_transactions: found ? [transactionOf(found)] : [],
    reason: dispute.reason,
    status: dispute.status,
    dispute_amount: dispute.amount,
    ...(dispute.outcome === null ? {} : { dispute_outcome: outcomeOf(dispute) }),
    dispute_life_cycle_stage: 'CHARGEBACK',
    dispute_channel: 'INTERNAL',
    links: [{ href: self, rel: 'self', method: 'GET' }],
  };
}

function transactionOf({ unit, capture, order }: FoundCapture): JsonObject {
  const customId = textMember(unit.body, 'custom_id');
  const invoiceId = textMember(unit.body, 'invoice_id');
  const { givenName = '', surname = '' } = order.payer ?? {};
  return {
    seller_transaction_id: capture.id,
    create_time: capture.createdAt,
    transaction_status: capture.status,
    gross_amount: capture.amount,
    ...(invoiceId === undefined ? {} : { invoice_number: invoiceId }),
    ...(customId === undefined ? {} : { custom: customId }),
    buyer: { name: `${givenName} ${surname}`.trim() },
  };
}

function outcomeOf({ outcome, amount }: Dispute): JsonObject {
  const isLost = outcome === 'RESOLVED_BUYER_FAVOUR';
  return { outcome_code: outcome, ...(isLost ? { amount_refunded: amount } : {}) };
}
