import { type ProviderHttp, type ProviderRequest } from '../provider-http';
import { type PayPalReply } from './paypal.outcome';
import { type PayPalTokens } from './paypal.token';

export type PayPalCall = Pick<ProviderRequest, 'method' | 'path' | 'purpose' | 'timeoutMs'> & {
  /**
   * PayPal's idempotency key, kept for six hours with orders, 45 days with their refunds and holds and 30 days by Payments
   * v1: https://developer.paypal.com/api/rest/reference/idempotency/
   */
  readonly requestId?: string;
  readonly body?: string;
  /** Asks for everything in the answer; always done where there is a request id. */
  readonly wantsAll?: true;
};

/** Sends calls of every dialect with the account's token. */
export class PayPalCalls {
  constructor(
    private readonly http: Pick<ProviderHttp, 'send'>,
    private readonly tokens: Pick<PayPalTokens, 'get' | 'discard'>,
  ) {}

  /** A 401 says that the token was not accepted and nothing was executed: one new token, same request id. */
  async send(call: PayPalCall): Promise<PayPalReply> {
    const first = await this.tokens.get();
    if (first.kind !== 'token') return first;
    const reply = await this.sendWith(first.token, call);
    if (reply.kind !== 'answer' || reply.status !== 401) return reply;
    this.tokens.discard(first.token);
    const second = await this.tokens.get();
    return second.kind === 'token' ? this.sendWith(second.token, call) : second;
  }

  private sendWith(
    token: string,
    { requestId, body, wantsAll, ...call }: PayPalCall,
  ): Promise<PayPalReply> {
    return this.http.send({
      ...call,
      headers: {
        Authorization: `Bearer ${token}`,
        // Asked for even where the body is empty: without it a capture is a 415.
        'Content-Type': 'application/json',
        ...(requestId === undefined ? {} : { 'PayPal-Request-Id': requestId }),
        ...(requestId === undefined && !wantsAll ? {} : { Prefer: 'return=representation' }),
      },
      ...(body === undefined ? {} : { body }),
    });
  }
}
