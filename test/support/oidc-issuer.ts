import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

type Claims = Readonly<Record<string, unknown>>;
type Algorithm = 'RS256' | 'ES256' | 'PS512';

/** How the issuer answers: as it should, not at all, or with something that is no set of keys. */
export type IssuerMood = 'well' | 'down' | 'silent' | 'huge' | 'lying' | 'redirecting';

export interface Signing extends KeyPair {
  readonly kid: string;
  readonly alg: Algorithm;
}

type KeyPair = Awaited<ReturnType<typeof makePair>>;

async function makePair(alg: Algorithm) {
  const { generateKeyPair } = await import('jose');
  return generateKeyPair(alg, { extractable: true });
}

export interface OidcIssuer {
  readonly url: string;
  /** What it publishes; tests rotate it. */
  published: Signing[];
  mood: IssuerMood;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  sign(claims: Claims, options?: SignOptions): Promise<string>;
  close(): Promise<void>;
}

export interface SignOptions {
  readonly by?: Signing;
  /** Over `alg` and `kid` of the key. */
  readonly header?: Claims;
}

/** Longer than the app waits for an answer; the socket is closed with the server. */
const SILENCE_MS = 30_000;

export async function makeSigning(kid: string, alg: Algorithm = 'RS256'): Promise<Signing> {
  return { kid, alg, ...(await makePair(alg)) };
}

/** An OpenID Connect issuer, with keys of its own, that can be told to misbehave. */
export async function startOidcIssuer(): Promise<OidcIssuer> {
  const { exportJWK, SignJWT } = await import('jose');
  const first = await makeSigning('first');
  let asked = 0;
  const ended = new AbortController();

  async function answer(
    path: string,
  ): Promise<{ status: number; body: string; location?: string }> {
    const { mood, published, url } = issuer;
    if (mood === 'down') return { status: 500, body: '{}' };
    if (mood === 'silent') await sleep(SILENCE_MS, null, { signal: ended.signal });
    if (path === '/realm/.well-known/openid-configuration') {
      const named = mood === 'lying' ? `${url}/other` : url;
      const body = JSON.stringify({ issuer: named, jwks_uri: `${new URL(url).origin}/keys` });
      return { status: 200, body };
    }
    if (path !== '/keys') return { status: 404, body: '{}' };
    asked += 1;
    if (mood === 'redirecting') return { status: 302, body: '', location: '/elsewhere' };
    const keys = await Promise.all(
      published.map(async ({ kid, alg, publicKey }) => ({
        ...(await exportJWK(publicKey)),
        kid,
        alg,
        use: 'sig',
      })),
    );
    const filling = mood === 'huge' ? { filling: 'x'.repeat(400_000) } : {};
    return { status: 200, body: JSON.stringify({ keys, ...filling }) };
  }

  const server = createServer((request, response) => {
    answer(request.url ?? '').then(
      ({ status, body, location }) => {
        response.writeHead(status, {
          'content-type': 'application/json',
          ...(location === undefined ? {} : { location }),
        });
        response.end(body);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  const issuer: OidcIssuer = {
    url: `http://127.0.0.1:${port}/realm`,
    published: [first],
    mood: 'well',
    asked: () => asked,
    sign: (claims, { by = issuer.published[0] ?? first, header = {} } = {}) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: by.alg, kid: by.kid, ...header })
        .sign(by.privateKey, { crit: { demanded: true } }),
    close: async () => {
      ended.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}
