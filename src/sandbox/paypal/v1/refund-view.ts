import { type JsonObject } from '../../http/json';
import { type Sandbox } from '../../sandbox';
import { amountOf } from '../amounts';
import { type Refund } from '../refund';
import { showAmount, showMoney } from './amounts';
import { inSeconds } from './times';

/** A refund by itself, with all its sums: https://developer.paypal.com/docs/api/payments/v1/#refund_get */
export function refundView(sandbox: Sandbox, refund: Refund): JsonObject {
  const { amount, customId, isReversal } = refund;
  return {
    ...relatedRefund(sandbox, refund),
    // The fee of the sale is not given back.
    refund_from_transaction_fee: showMoney(amountOf(0n, amount.currency_code)),
    refund_from_received_amount: showMoney(amount),
    total_refunded_amount: showMoney(refund.totalRefunded),
    refund_reason_code: isReversal ? 'CHARGEBACK' : 'REFUND',
    ...(customId === null ? {} : { custom: customId }),
  };
}

/** A refund beside the sale in its payment. */
export function relatedRefund(sandbox: Sandbox, refund: Refund): JsonObject {
  const { note, reason, invoiceId } = refund;
  return {
    id: refund.id,
    state: refund.status.toLowerCase(),
    amount: showAmount(refund.amount),
    ...(note === null ? {} : { description: note }),
    ...(reason === undefined ? {} : { reason }),
    ...(invoiceId === null ? {} : { invoice_number: invoiceId }),
    sale_id: refund.captureId,
    parent_payment: refund.orderId,
    create_time: inSeconds(refund.createdAt),
    update_time: inSeconds(refund.updatedAt),
    links: linksOf(sandbox, refund),
  };
}

function linksOf(sandbox: Sandbox, { id, captureId, orderId }: Refund): JsonObject[] {
  const payments = `${sandbox.publicUrl()}/paypal/v1/payments`;
  return [
    { href: `${payments}/refund/${id}`, rel: 'self', method: 'GET' },
    { href: `${payments}/payment/${orderId}`, rel: 'parent_payment', method: 'GET' },
    { href: `${payments}/sale/${captureId}`, rel: 'sale', method: 'GET' },
  ];
}
