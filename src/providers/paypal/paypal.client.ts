import { READ_TIMEOUT_MS, type ProviderHttp, type ProviderRequest } from '../provider-http';
import { type PayPalReply } from './paypal.outcome';
import { type PayPalTokens } from './paypal.token';
import { type PayPalRefundRequest } from './paypal.refunds.wire';
import { type PayPalOrderRequest } from './paypal.wire';

const ORDERS = '/v2/checkout/orders';
const PAYMENTS = '/v2/payments';
const NOTIFICATIONS = '/v1/notifications';

type Call = Pick<ProviderRequest, 'method' | 'path' | 'purpose' | 'timeoutMs'> & {
  /**
   * PayPal's idempotency key, kept for six hours with orders and 45 days with refunds:
   * https://developer.paypal.com/api/rest/reference/idempotency/
   */
  readonly requestId?: string;
  readonly body?: string;
};

/** PayPal's API in its own words: https://developer.paypal.com/docs/api/orders/v2/, payments/v2/ and webhooks/v1/ beside it. */
export class PayPalClient {
  constructor(
    private readonly http: Pick<ProviderHttp, 'send'>,
    private readonly tokens: Pick<PayPalTokens, 'get' | 'discard'>,
  ) {}

  createOrder(order: PayPalOrderRequest, requestId: string): Promise<PayPalReply> {
    const body = JSON.stringify(order);
    return this.call({ method: 'POST', path: ORDERS, purpose: 'create', requestId, body });
  }

  getOrder(id: string): Promise<PayPalReply> {
    return this.call({
      method: 'GET',
      path: `${ORDERS}/${encodeURIComponent(id)}`,
      purpose: 'read',
      timeoutMs: READ_TIMEOUT_MS,
    });
  }

  captureOrder({ id, requestId }: { id: string; requestId: string }): Promise<PayPalReply> {
    const path = `${ORDERS}/${encodeURIComponent(id)}/capture`;
    return this.call({ method: 'POST', path, purpose: 'capture', requestId, body: '{}' });
  }

  refundCapture(
    { captureId, requestId }: { captureId: string; requestId: string },
    refund: PayPalRefundRequest,
  ): Promise<PayPalReply> {
    const path = `${PAYMENTS}/captures/${encodeURIComponent(captureId)}/refund`;
    const body = JSON.stringify(refund);
    return this.call({ method: 'POST', path, purpose: 'refund', requestId, body });
  }

  getRefund(id: string): Promise<PayPalReply> {
    return this.call({
      method: 'GET',
      path: `${PAYMENTS}/refunds/${encodeURIComponent(id)}`,
      purpose: 'read',
      timeoutMs: READ_TIMEOUT_MS,
    });
  }

  /** `body` holds a delivery as it came, so it is text that was put together and not written from an object. */
  verifySignature(body: string): Promise<PayPalReply> {
    const path = `${NOTIFICATIONS}/verify-webhook-signature`;
    const timeoutMs = READ_TIMEOUT_MS;
    return this.call({ method: 'POST', path, purpose: 'verify', body, timeoutMs });
  }

  listEvents(query: string): Promise<PayPalReply> {
    const path = `${NOTIFICATIONS}/webhooks-events?${query}`;
    return this.call({ method: 'GET', path, purpose: 'events', timeoutMs: READ_TIMEOUT_MS });
  }

  /** A 401 says that the token was not accepted and nothing was executed: one new token, same request id. */
  private async call(call: Call): Promise<PayPalReply> {
    const first = await this.tokens.get();
    if (first.kind !== 'token') return first;
    const reply = await this.sendWith(first.token, call);
    if (reply.kind !== 'answer' || reply.status !== 401) return reply;
    this.tokens.discard(first.token);
    const second = await this.tokens.get();
    return second.kind === 'token' ? this.sendWith(second.token, call) : second;
  }

  private sendWith(token: string, { requestId, body, ...call }: Call): Promise<PayPalReply> {
    return this.http.send({
      ...call,
      headers: {
        Authorization: `Bearer ${token}`,
        // Asked for even where the body is empty: without it a capture is a 415.
        'Content-Type': 'application/json',
        ...(requestId === undefined
          ? {}
          : { 'PayPal-Request-Id': requestId, Prefer: 'return=representation' }),
      },
      ...(body === undefined ? {} : { body }),
    });
  }
}
