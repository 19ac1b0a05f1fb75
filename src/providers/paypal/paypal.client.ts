import { READ_TIMEOUT_MS, type ProviderHttp } from '../provider-http';
import { PayPalCalls } from './paypal.calls';
import { type PayPalReply } from './paypal.outcome';
import { type PayPalTokens } from './paypal.token';
import { type PayPalHoldCapture, type PayPalRenewal } from './paypal.holds.wire';
import { type PayPalRefundRequest } from './paypal.refunds.wire';
import { type PayPalOrderRequest } from './paypal.wire';

const ORDERS = '/v2/checkout/orders';
const PAYMENTS = '/v2/payments';
const DISPUTES = '/v1/customer/disputes';
const NOTIFICATIONS = '/v1/notifications';

/** PayPal's API in its own words: https://developer.paypal.com/docs/api/orders/v2/, payments/v2/ and webhooks/v1/ beside it. */
export class PayPalClient {
  private readonly calls: PayPalCalls;

  constructor(http: Pick<ProviderHttp, 'send'>, tokens: Pick<PayPalTokens, 'get' | 'discard'>) {
    this.calls = new PayPalCalls(http, tokens);
  }

  createOrder(order: PayPalOrderRequest, requestId: string): Promise<PayPalReply> {
    const body = JSON.stringify(order);
    return this.calls.send({ method: 'POST', path: ORDERS, purpose: 'create', requestId, body });
  }

  getOrder(id: string): Promise<PayPalReply> {
    return this.calls.send({
      method: 'GET',
      path: `${ORDERS}/${encodeURIComponent(id)}`,
      purpose: 'read',
      timeoutMs: READ_TIMEOUT_MS,
    });
  }

  captureOrder({ id, requestId }: { id: string; requestId: string }): Promise<PayPalReply> {
    const path = `${ORDERS}/${encodeURIComponent(id)}/capture`;
    return this.calls.send({ method: 'POST', path, purpose: 'capture', requestId, body: '{}' });
  }

  authorizeOrder({ id, requestId }: { id: string; requestId: string }): Promise<PayPalReply> {
    const path = `${ORDERS}/${encodeURIComponent(id)}/authorize`;
    return this.calls.send({ method: 'POST', path, purpose: 'authorize', requestId, body: '{}' });
  }

  captureHold(
    { holdId, requestId }: { holdId: string; requestId: string },
    capture: PayPalHoldCapture,
  ): Promise<PayPalReply> {
    const path = `${PAYMENTS}/authorizations/${encodeURIComponent(holdId)}/capture`;
    const body = JSON.stringify(capture);
    return this.calls.send({ method: 'POST', path, purpose: 'capture', requestId, body });
  }

  renewHold(
    { holdId, requestId }: { holdId: string; requestId: string },
    renewal: PayPalRenewal,
  ): Promise<PayPalReply> {
    const path = `${PAYMENTS}/authorizations/${encodeURIComponent(holdId)}/reauthorize`;
    const body = JSON.stringify(renewal);
    return this.calls.send({ method: 'POST', path, purpose: 'reauthorize', requestId, body });
  }

  /** PayPal takes no request id here: a second void finds that the first one was carried out. */
  voidHold(holdId: string): Promise<PayPalReply> {
    const path = `${PAYMENTS}/authorizations/${encodeURIComponent(holdId)}/void`;
    return this.calls.send({ method: 'POST', path, purpose: 'void', body: '{}', wantsAll: true });
  }

  refundCapture(
    { captureId, requestId }: { captureId: string; requestId: string },
    refund: PayPalRefundRequest,
  ): Promise<PayPalReply> {
    const path = `${PAYMENTS}/captures/${encodeURIComponent(captureId)}/refund`;
    const body = JSON.stringify(refund);
    return this.calls.send({ method: 'POST', path, purpose: 'refund', requestId, body });
  }

  getRefund(id: string): Promise<PayPalReply> {
    return this.calls.send({
      method: 'GET',
      path: `${PAYMENTS}/refunds/${encodeURIComponent(id)}`,
      purpose: 'read',
      timeoutMs: READ_TIMEOUT_MS,
    });
  }

  /** https://developer.paypal.com/docs/api/customer-disputes/v1/#disputes_get */
  getDispute(id: string): Promise<PayPalReply> {
    return this.calls.send({
      method: 'GET',
      path: `${DISPUTES}/${encodeURIComponent(id)}`,
      purpose: 'read_dispute',
      timeoutMs: READ_TIMEOUT_MS,
    });
  }

  /** `body` holds a delivery as it came, so it is text that was put together and not written from an object. */
  verifySignature(body: string): Promise<PayPalReply> {
    const path = `${NOTIFICATIONS}/verify-webhook-signature`;
    const timeoutMs = READ_TIMEOUT_MS;
    return this.calls.send({ method: 'POST', path, purpose: 'verify', body, timeoutMs });
  }

  /** https://developer.paypal.com/docs/api/webhooks/v1/#webhooks_list */
  listWebhooks(): Promise<PayPalReply> {
    const path = `${NOTIFICATIONS}/webhooks`;
    const timeoutMs = READ_TIMEOUT_MS;
    return this.calls.send({ method: 'GET', path, purpose: 'webhooks', timeoutMs });
  }

  listEvents(query: string): Promise<PayPalReply> {
    const path = `${NOTIFICATIONS}/webhooks-events?${query}`;
    return this.calls.send({ method: 'GET', path, purpose: 'events', timeoutMs: READ_TIMEOUT_MS });
  }
}
