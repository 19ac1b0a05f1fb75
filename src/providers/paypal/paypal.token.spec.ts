import { type ProviderRequest } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { PayPalTokens } from './paypal.token';

const credentials = { clientId: 'client', clientSecret: 'hush' };
const trouble = { code: 'timeout', message: 'Slow.', reference: null };

describe("PayPal's access token", () => {
  it('is asked for with the client id and secret and nothing else', async () => {
    const { tokens, sent } = open(issued('T1'));
    await expect(tokens.get()).resolves.toEqual({ kind: 'token', token: 'T1' });
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/v1/oauth2/token',
        purpose: 'token',
        timeoutMs: 5_000,
        headers: {
          Authorization: 'Basic Y2xpZW50Omh1c2g=',
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      },
    ]);
  });

  it('is kept until a minute before it ends', async () => {
    const { tokens, sent, wait } = open(issued('T1', 3600), issued('T2', 3600));
    await tokens.get();
    wait(3_539_000);
    await expect(tokens.get()).resolves.toMatchObject({ token: 'T1' });
    wait(1_000);
    await expect(tokens.get()).resolves.toMatchObject({ token: 'T2' });
    expect(sent).toHaveLength(2);
  });

  it('with seconds left is used for half of them', async () => {
    const { tokens, wait } = open(issued('T1', 20), issued('T1', 10));
    await tokens.get();
    wait(9_999);
    await tokens.get();
    wait(1);
    await expect(tokens.get()).resolves.toMatchObject({ token: 'T1' });
  });

  it('is fetched once for calls at the same time', async () => {
    const { tokens, sent } = open(issued('T1'));
    const all = await Promise.all([tokens.get(), tokens.get(), tokens.renew()]);
    expect(all).toEqual(Array(3).fill({ kind: 'token', token: 'T1' }));
    expect(sent).toHaveLength(1);
  });

  it('is forgotten when it was refused, but not the one that replaced it', async () => {
    const { tokens, sent } = open(issued('T1'), issued('T2'));
    await tokens.get();
    tokens.discard('T1');
    await expect(tokens.get()).resolves.toMatchObject({ token: 'T2' });
    tokens.discard('T1');
    await expect(tokens.get()).resolves.toMatchObject({ token: 'T2' });
    expect(sent).toHaveLength(2);
  });

  it('is fetched anew for a check, whatever is kept', async () => {
    const { tokens } = open(issued('T1'), issued('T2'));
    await tokens.get();
    await expect(tokens.renew()).resolves.toMatchObject({ token: 'T2' });
  });

  it('is asked for again after a failure', async () => {
    const { tokens } = open({ kind: 'unknown', trouble }, issued('T1'));
    await tokens.get();
    await expect(tokens.get()).resolves.toMatchObject({ token: 'T1' });
  });
});

describe('without a token the call was not sent', () => {
  it.each<[string, ProviderReply, object]>([
    ['no connection', { kind: 'not_sent', trouble, retryAfterS: 3 }, { retryAfterS: 3 }],
    ['a time-out', { kind: 'unknown', trouble }, { retryAfterS: 5, trouble }],
    ['a server error', answer(503, undefined), { trouble: { code: 'http_503' } }],
    ['too many requests', answer(429, {}, { 'retry-after': '9' }), { retryAfterS: 9 }],
    ['a broken token', answer(200, {}), { trouble: { code: 'unreadable_token' } }],
  ])('after %s', async (_what, reply, expected) => {
    const { tokens } = open(reply);
    await expect(tokens.get()).resolves.toMatchObject({ kind: 'not_sent', ...expected });
  });

  it.each([400, 401, 403])('and is denied after a %i', async (status) => {
    const body = { error: 'invalid_client', error_description: 'Client Authentication failed' };
    const { tokens } = open(answer(status, body, { 'paypal-debug-id': 'd1' }));
    await expect(tokens.get()).resolves.toEqual({
      kind: 'denied',
      trouble: {
        code: 'invalid_client',
        message: 'Client Authentication failed',
        reference: 'd1',
      },
    });
  });
});

function open(...replies: readonly ProviderReply[]) {
  const sent: ProviderRequest[] = [];
  const send = (request: ProviderRequest): Promise<ProviderReply> => {
    const reply = replies[sent.length];
    sent.push(request);
    return reply ? Promise.resolve(reply) : Promise.reject(new Error('asked too often'));
  };
  let nowMs = Date.parse('2026-08-01T00:00:00Z');
  const tokens = new PayPalTokens({ send }, credentials, { now: () => new Date(nowMs) });
  const wait = (ms: number): void => void (nowMs += ms);
  return { tokens, sent, wait };
}

function issued(token: string, expiresInS = 32_400): ProviderReply {
  return answer(200, { access_token: token, token_type: 'Bearer', expires_in: expiresInS });
}

function answer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ProviderReply {
  return { kind: 'answer', status, body, headers };
}
