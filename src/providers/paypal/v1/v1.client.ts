import { READ_TIMEOUT_MS, type ProviderHttp } from '../../provider-http';
import { PayPalCalls } from '../paypal.calls';
import { type PayPalReply } from '../paypal.outcome';
import { type PayPalTokens } from '../paypal.token';
import { type V1RefundRequest } from './v1.refunds.wire';
import { type V1PaymentRequest } from './v1.wire';

const PAYMENTS = '/v1/payments';

/** PayPal's deprecated API in its own words: https://developer.paypal.com/docs/api/payments/v1/ */
export class V1Client {
  private readonly calls: PayPalCalls;

  constructor(http: Pick<ProviderHttp, 'send'>, tokens: Pick<PayPalTokens, 'get' | 'discard'>) {
    this.calls = new PayPalCalls(http, tokens);
  }

  createPayment(payment: V1PaymentRequest, requestId: string): Promise<PayPalReply> {
    const path = `${PAYMENTS}/payment`;
    const body = JSON.stringify(payment);
    return this.calls.send({ method: 'POST', path, purpose: 'create', requestId, body });
  }

  getPayment(id: string): Promise<PayPalReply> {
    return this.get(`payment/${encodeURIComponent(id)}`);
  }

  executePayment(
    { id, requestId }: { id: string; requestId: string },
    execution: { readonly payer_id: string },
  ): Promise<PayPalReply> {
    const path = `${PAYMENTS}/payment/${encodeURIComponent(id)}/execute`;
    const body = JSON.stringify(execution);
    return this.calls.send({ method: 'POST', path, purpose: 'capture', requestId, body });
  }

  refundSale(
    { saleId, requestId }: { saleId: string; requestId: string },
    refund: V1RefundRequest,
  ): Promise<PayPalReply> {
    const path = `${PAYMENTS}/sale/${encodeURIComponent(saleId)}/refund`;
    const body = JSON.stringify(refund);
    return this.calls.send({ method: 'POST', path, purpose: 'refund', requestId, body });
  }

  getRefund(id: string): Promise<PayPalReply> {
    return this.get(`refund/${encodeURIComponent(id)}`);
  }

  private get(object: string): Promise<PayPalReply> {
    const path = `${PAYMENTS}/${object}`;
    return this.calls.send({ method: 'GET', path, purpose: 'read', timeoutMs: READ_TIMEOUT_MS });
  }
}
