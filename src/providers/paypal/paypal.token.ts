import { type CallTrouble } from '../provider-call';
import { type ProviderHttp } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { type Clock } from '../../shared/clock';
import { RETRY_AFTER_S, retryAfterS, troubleOf } from './paypal.outcome';
import { parseToken } from './paypal.wire';

/** A token is renewed this long before it ends, so that none runs out on its way. */
const RENEW_EARLY_MS = 60_000;

/** Every other call waits behind this one, and PayPal answers it within a second. */
const TOKEN_TIMEOUT_MS = 5_000;

/** Without a token the call that needed it was certainly not sent, whatever went wrong. */
export type TokenResult =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'denied'; readonly trouble: CallTrouble }
  | { readonly kind: 'not_sent'; readonly trouble: CallTrouble; readonly retryAfterS: number };

export interface PayPalCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * The access token of one account: kept until shortly before it ends, fetched once however many calls wait
 * for it. https://developer.paypal.com/api/rest/authentication/
 */
export class PayPalTokens {
  private current: { readonly token: string; readonly renewAtMs: number } | null = null;
  private fetching: Promise<TokenResult> | null = null;

  constructor(
    private readonly http: Pick<ProviderHttp, 'send'>,
    private readonly credentials: PayPalCredentials,
    private readonly clock: Clock,
  ) {}

  /** The token that is kept, or a new one. */
  async get(): Promise<TokenResult> {
    if (this.current && this.clock.now().getTime() < this.current.renewAtMs) {
      return { kind: 'token', token: this.current.token };
    }
    return this.renew();
  }

  /** Fetches a new one, or joins the fetch that is under way. */
  async renew(): Promise<TokenResult> {
    this.fetching ??= this.fetch().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  /** Forgets a token that PayPal did not accept, unless another call has replaced it already. */
  discard(token: string): void {
    if (this.current?.token === token) this.current = null;
  }

  private async fetch(): Promise<TokenResult> {
    const { clientId, clientSecret } = this.credentials;
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const reply = await this.http.send({
      method: 'POST',
      path: '/v1/oauth2/token',
      purpose: 'token',
      timeoutMs: TOKEN_TIMEOUT_MS,
      headers: {
        Authorization: `Basic ${basic}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    const token = reply.kind === 'answer' && reply.status === 200 ? parseToken(reply.body) : null;
    if (!token) return noToken(reply);
    this.keep(token.accessToken, token.expiresInS * 1000);
    return { kind: 'token', token: token.accessToken };
  }

  /** PayPal may hand out a running token with seconds left; half of them is better than asking every time. */
  private keep(token: string, lifetimeMs: number): void {
    const useMs = Math.max(lifetimeMs - RENEW_EARLY_MS, lifetimeMs / 2);
    this.current = { token, renewAtMs: this.clock.now().getTime() + useMs };
  }
}

const UNREADABLE: CallTrouble = {
  code: 'unreadable_token',
  message: 'PayPal answered with success and something that is no access token.',
  reference: null,
};

function noToken(reply: ProviderReply): TokenResult {
  if (reply.kind === 'not_sent') return reply;
  if (reply.kind === 'unknown') {
    return { kind: 'not_sent', trouble: reply.trouble, retryAfterS: RETRY_AFTER_S };
  }
  if (reply.status === 200)
    return { kind: 'not_sent', trouble: UNREADABLE, retryAfterS: RETRY_AFTER_S };
  const trouble = troubleOf(reply);
  if ([400, 401, 403].includes(reply.status)) return { kind: 'denied', trouble };
  return { kind: 'not_sent', trouble, retryAfterS: retryAfterS(reply) };
}
