import { timingSafeEqual } from 'node:crypto';
import { type FastifyRequest } from 'fastify';
import { type Answer } from '../http/answer';
import { headerOf } from '../http/headers';
import { accessToken, debugId } from '../ids';
import { type Sandbox } from '../sandbox';
import { notAuthenticated, oauthError } from './errors';
import { type Token } from './order';

/** Nine hours, which is what PayPal gives today. */
const TOKEN_LIFETIME_MS = 32_400_000;
/** The app id of PayPal's own sandbox. */
const APP_ID = 'APP-80W284485P519543T';
const SCOPE =
  'https://uri.paypal.com/services/payments/payment/authcapture https://uri.paypal.com/services/payments/refund';

/** `POST /v1/oauth2/token`: https://developer.paypal.com/api/rest/authentication/ */
export function issueToken(sandbox: Sandbox, request: FastifyRequest): Answer {
  const account = basicAccount(sandbox, request);
  if (typeof account !== 'string') return account;
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  if (form.get('grant_type') !== 'client_credentials') {
    return oauthError(400, 'unsupported_grant_type', 'Only client_credentials is simulated');
  }
  const nowMs = sandbox.store.now().getTime();
  const token = runningToken(sandbox, account, nowMs);
  const body = {
    scope: SCOPE,
    access_token: token.value,
    token_type: 'Bearer',
    app_id: APP_ID,
    expires_in: Math.floor((token.expiresAtMs - nowMs) / 1000),
    nonce: token.nonce,
  };
  return { status: 200, body };
}

/** The client id behind a bearer token, or the answer that refuses the call. */
export function bearerAccount({ store }: Sandbox, request: FastifyRequest): string | Answer {
  const header = headerOf(request, 'authorization');
  if (header === undefined) return notAuthenticated();
  const value = /^Bearer (.+)$/i.exec(header)?.[1];
  for (const token of store.tokens.values()) {
    if (token.value === value && store.now().getTime() < token.expiresAtMs) return token.account;
  }
  return oauthError(401, 'invalid_token', 'Token signature verification failed');
}

/** PayPal hands out the same token until it ends, with less and less time on it. */
function runningToken({ store }: Sandbox, account: string, nowMs: number): Token {
  const running = store.tokens.get(account);
  // The last second is left out, for expires_in counts whole ones and zero would be useless.
  if (running && running.expiresAtMs - nowMs >= 1000) return running;
  const expiresAtMs = nowMs + TOKEN_LIFETIME_MS;
  const token = { account, value: accessToken(), nonce: debugId(), expiresAtMs };
  store.commit({ kind: 'paypal.token', value: token });
  return token;
}

function basicAccount({ paypalAccounts }: Sandbox, request: FastifyRequest): string | Answer {
  const encoded = /^Basic (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
  const [id = '', secret = ''] = split(Buffer.from(encoded ?? '', 'base64').toString('utf8'));
  if (id === '' || secret === '') {
    return oauthError(400, 'invalid_client', 'client id or secret is null');
  }
  const known = paypalAccounts.get(id);
  if (known === undefined || !same(known, secret)) {
    return oauthError(401, 'invalid_client', 'Client Authentication failed');
  }
  return id;
}

function split(credentials: string): string[] {
  const colon = credentials.indexOf(':');
  return colon < 0 ? [credentials] : [credentials.slice(0, colon), credentials.slice(colon + 1)];
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
