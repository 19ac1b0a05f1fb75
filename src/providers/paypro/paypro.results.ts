import { type ProviderPayment } from '../payment-provider';
import { type CallResult } from '../provider-call';
import { type ProviderRefund } from '../provider-parts';
import { type ProviderReply } from '../provider-reply';
import { toResult } from './paypro.outcome';
import { toProviderRefund } from './paypro.refund-translate';
import { readRefund } from './paypro.refunds.wire';
import { toProviderPayment } from './paypro.translate';
import { readPayment } from './paypro.wire';

/** What a reply says about one payment. */
export function toPaymentResult(reply: ProviderReply): CallResult<ProviderPayment> {
  return toResult(reply, (body) => {
    const payment = readPayment(body);
    return payment && toProviderPayment(payment);
  });
}

/** What a reply says about one refund. */
export function toRefundResult(reply: ProviderReply): CallResult<ProviderRefund> {
  const result = toResult(reply, readRefund);
  return result.outcome === 'done' ? toProviderRefund(result.value) : result;
}
