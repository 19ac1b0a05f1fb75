import { type JsonObject, member, textMember } from '../../http/json';
import { type Sandbox } from '../../sandbox';
import { feeOf, hasArrived } from '../payment-views';
import { showAmount, showMoney } from './amounts';
import { type FoundSale, saleStateOf } from './payment';
import { inSeconds } from './times';

/** A sale in its payment and by itself: https://developer.paypal.com/docs/api/payments/v1/#sale_get */
export function saleView(sandbox: Sandbox, { order, capture }: FoundSale): JsonObject {
  const { transaction } = order.v1;
  const details = member(transaction, 'amount', 'details');
  const payments = `${sandbox.publicUrl()}/paypal/v1/payments`;
  const self = `${payments}/sale/${capture.id}`;
  const isPending = capture.status === 'PENDING';
  return {
    id: capture.id,
    state: saleStateOf(capture),
    amount: {
      ...showAmount(capture.amount),
      details: details ?? { subtotal: capture.amount.value },
    },
    payment_mode: isPending ? 'ECHECK' : 'INSTANT_TRANSFER',
    ...reasonOf(sandbox, capture.id, isPending),
    protection_eligibility: 'INELIGIBLE',
    ...(hasArrived(capture) ? { transaction_fee: showMoney(feeOf(capture.amount)) } : {}),
    ...referencesOf(transaction),
    parent_payment: order.id,
    create_time: inSeconds(capture.createdAt),
    update_time: inSeconds(capture.updatedAt),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/refund`, rel: 'refund', method: 'POST' },
      { href: `${payments}/payment/${order.id}`, rel: 'parent_payment', method: 'GET' },
    ],
  };
}

/** Why a sale is pending, or that PayPal has taken money of it back. */
function reasonOf({ store }: Sandbox, saleId: string, isPending: boolean): JsonObject {
  if (isPending) return { reason_code: 'ECHECK' };
  const isReversed = store.moneyBack.refundsOfCapture(saleId).some((one) => one.isReversal);
  return isReversed ? { reason_code: 'CHARGEBACK' } : {};
}

function referencesOf(transaction: JsonObject): JsonObject {
  const custom = textMember(transaction, 'custom');
  const invoiceNumber = textMember(transaction, 'invoice_number');
  return {
    ...(custom === undefined ? {} : { custom }),
    ...(invoiceNumber === undefined ? {} : { invoice_number: invoiceNumber }),
  };
}
