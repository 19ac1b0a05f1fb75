import { type JsonObject } from '../http/json';
import { type Sandbox } from '../sandbox';
import { amountOf } from './amounts';
import { type Refund } from './refund';

/** A refund; the default answer to the call that makes one holds only its id, status and links. */
export function refundView(
  sandbox: Sandbox,
  refund: Refund,
  { fullAnswer }: { fullAnswer: boolean },
): JsonObject {
  return {
    id: refund.id,
    status: refund.status,
    ...(refund.status === 'PENDING' ? { status_details: { reason: 'ECHECK' } } : {}),
    ...(fullAnswer ? detailsOf(refund) : {}),
    links: linksOf(sandbox, refund),
  };
}

/** The fee of the capture is not given back. */
function detailsOf(refund: Refund): JsonObject {
  const { amount, note, invoiceId, customId } = refund;
  return {
    amount,
    seller_payable_breakdown: {
      gross_amount: amount,
      paypal_fee: amountOf(0n, amount.currency_code),
      net_amount: amount,
      total_refunded_amount: refund.totalRefunded,
    },
    ...(note === null ? {} : { note_to_payer: note }),
    ...(invoiceId === null ? {} : { invoice_id: invoiceId }),
    ...(customId === null ? {} : { custom_id: customId }),
    create_time: refund.createdAt,
    update_time: refund.updatedAt,
  };
}

function linksOf(sandbox: Sandbox, { id, captureId }: Refund): JsonObject[] {
  const payments = `${sandbox.publicUrl()}/paypal/v2/payments`;
  return [
    { href: `${payments}/refunds/${id}`, rel: 'self', method: 'GET' },
    { href: `${payments}/captures/${captureId}`, rel: 'up', method: 'GET' },
  ];
}
