import { createHmac } from 'node:crypto';
import { createLogger } from '../../src/platform/logging/logger';
import { type RunningApp, startApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { type Answer, call, eventually } from '../support/http';
import { configOf } from '../support/integration-parts';
import {
  makeSigning,
  type OidcIssuer,
  type Signing,
  startOidcIssuer,
} from '../support/oidc-issuer';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';

const AUDIENCE = 'https://pay.example.com';

/** One pause of the app between two questions for keys, and a slow machine. */
const NEXT_QUESTION_MS = 20_000;

let issuer: OidcIssuer;
let app: TestApp;
beforeAll(async () => {
  issuer = await startOidcIssuer();
  app = await startTestApp({ settings: { RUN_JOBS: 'false', ...oidcSettings() } });
});
afterAll(async () => {
  await app?.close();
  await issuer?.close();
});

function oidcSettings(): Record<string, string> {
  return {
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_ALGORITHMS: 'RS256,ES256',
    OIDC_ROLE_CLAIM: 'realm_access.roles',
    OIDC_STAFF_ROLE: 'kassa-staff',
  };
}

const nowS = (): number => Math.floor(Date.now() / 1000);

function claims(changes: Readonly<Record<string, unknown>> = {}) {
  const iat = nowS();
  return { iss: issuer.url, aud: AUDIENCE, sub: 'walter', iat, exp: iat + 300, ...changes };
}

const list = (token: string, { url } = app): Promise<Answer> =>
  call({ url }, 'GET', '/api/customers', { key: token });

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Another process of the same shop, which was never asked for anything. */
async function withFresh(
  changes: Readonly<Record<string, string>>,
  use: (other: RunningApp) => Promise<void>,
): Promise<void> {
  const quiet = { ...settingsFor(app.databaseUrl, app.sandboxUrl), RUN_JOBS: 'false' };
  const config = configOf({ ...quiet, ...oidcSettings(), ...changes });
  const other = await startApp(config, createLogger('silent'));
  try {
    await use(other);
  } finally {
    await other.close();
  }
}

describe('a token of the issuer', () => {
  it('stands for who signed in: a user, who owns what it makes', async () => {
    const token = await issuer.sign(claims({ sub: 'owner-1' }));
    const body = { name: 'Donny' };
    const made = await call(app, 'POST', '/api/customers', { key: token, body });
    payments.expectStatus(made, 201);
    const path = `/api/customers/${textOf(made.body, 'id')}`;
    expect(made.body).toMatchObject({ owners: ['oidc:owner-1'] });
    // The next token of the same person, and somebody else's.
    const next = await issuer.sign(claims({ sub: 'owner-1', jti: 'next' }));
    payments.expectStatus(await call(app, 'GET', path, { key: next }), 200);
    const other = await issuer.sign(claims({ sub: 'owner-2' }));
    payments.expectStatus(await call(app, 'GET', path, { key: other }), 404);
    const staffOnly = await call(app, 'GET', '/api/notifications', { key: token });
    payments.expectProblem(staffOnly, 403, 'forbidden');
  });

  it('never stands for a key with the same subject, unless the key names it so', async () => {
    const token = await issuer.sign(claims({ sub: 'test-user' }));
    const path = `/api/customers/${app.customers.user}`;
    payments.expectStatus(await call(app, 'GET', path, { key: app.keys.user }), 200);
    payments.expectStatus(await call(app, 'GET', path, { key: token }), 404);
    const body = { name: 'Maude' };
    const made = await call(app, 'POST', '/api/customers', { key: token, body });
    const key = await app.makeKey({ subject: 'oidc:test-user', role: 'user' });
    const same = await call(app, 'GET', `/api/customers/${textOf(made.body, 'id')}`, { key });
    payments.expectStatus(same, 200);
  });

  it('is of staff where its claim says so', async () => {
    const roles = { realm_access: { roles: ['offline_access', 'kassa-staff'] } };
    const token = await issuer.sign(claims(roles));
    payments.expectStatus(await call(app, 'GET', '/api/notifications', { key: token }), 200);
  });

  it('may be for others, too, and of either type', async () => {
    const both = claims({ aud: ['account', AUDIENCE] });
    payments.expectStatus(await list(await issuer.sign(both)), 200);
    const typed = await issuer.sign(claims(), { header: { typ: 'at+jwt' } });
    payments.expectStatus(await list(typed), 200);
  });

  it('is taken with a clock that is a little wrong', async () => {
    const late = { iat: nowS() - 300, exp: nowS() - 5 };
    payments.expectStatus(await list(await issuer.sign(claims(late))), 200);
    const early = { iat: nowS() + 10, nbf: nowS() + 10 };
    payments.expectStatus(await list(await issuer.sign(claims(early))), 200);
  });

  it('is no key: the Token scheme of older clients does not take it', async () => {
    const token = await issuer.sign(claims());
    const ask = (scheme: string) =>
      call(app, 'GET', '/api/paypal-payments/', {
        headers: { authorization: `${scheme} ${token}` },
      });
    expect(await ask('Bearer')).toMatchObject({ status: 200 });
    expect(await ask('Token')).toMatchObject({ status: 401, body: { detail: 'Invalid token.' } });
  });
});

describe('a token that is refused with 401, changing nothing,', () => {
  const HOUR = 3_600;
  let stranger: Signing;
  let publicPem: string;
  beforeAll(async () => {
    stranger = await makeSigning('first');
    const { exportSPKI } = await import('jose');
    const { publicKey } = issuer.published[0] ?? stranger;
    publicPem = await exportSPKI(publicKey);
  });

  const signed = (changes: Readonly<Record<string, unknown>>) => issuer.sign(claims(changes));
  const withHeader = (header: Readonly<Record<string, unknown>>) =>
    issuer.sign(claims(), { header });
  const byStranger = (header: Readonly<Record<string, unknown>>) =>
    issuer.sign(claims(), { by: stranger, header });

  function unsigned(alg: string): string {
    return `${base64({ alg, kid: 'first' })}.${base64(claims())}.`;
  }

  /** As if the public key were a shared secret. */
  function withPublicKeyAsSecret(): string {
    const text = `${base64({ alg: 'HS256', kid: 'first' })}.${base64(claims())}`;
    return `${text}.${createHmac('sha256', publicPem).update(text).digest('base64url')}`;
  }

  async function tampered(): Promise<string> {
    const [header, , signature] = (await issuer.sign(claims())).split('.');
    return `${header}.${base64(claims({ sub: 'somebody-else' }))}.${signature}`;
  }

  async function jwkOf({ publicKey }: Signing) {
    const { exportJWK } = await import('jose');
    return exportJWK(publicKey);
  }

  const HOSTILE: Readonly<Record<string, () => string | Promise<string>>> = {
    'without a signature, alg none': () => unsigned('none'),
    'without a signature, alg None': () => unsigned('None'),
    'without a signature, alg RS256': () => unsigned('RS256'),
    'signed with the public key as a secret': withPublicKeyAsSecret,
    'with another content than was signed': tampered,
    'of another issuer': () => signed({ iss: 'https://evil.example' }),
    'of the issuer with a slash more': () => signed({ iss: `${issuer.url}/` }),
    'of two issuers': () => signed({ iss: [issuer.url, 'https://evil.example'] }),
    'of no issuer': () => signed({ iss: undefined }),
    'for another audience': () => signed({ aud: 'https://other.example' }),
    'for two other audiences': () => signed({ aud: ['https://other.example', 'account'] }),
    'for an audience that begins alike': () => signed({ aud: `${AUDIENCE}.evil.example` }),
    'for nobody': () => signed({ aud: undefined }),
    'for an object': () => signed({ aud: { [AUDIENCE]: true } }),
    'that has expired': () => signed({ exp: nowS() - HOUR }),
    'that never expires': () => signed({ exp: undefined }),
    'that expires as a text': () => signed({ exp: '9999999999' }),
    'that is not valid yet': () => signed({ nbf: nowS() + HOUR }),
    'from the future': () => signed({ iat: nowS() + HOUR }),
    'issued two days ago': () => signed({ iat: nowS() - 48 * HOUR }),
    'issued at no time': () => signed({ iat: undefined }),
    'of a stranger who names the key of the issuer': () => byStranger({}),
    'of a stranger who names no key': () => byStranger({ kid: undefined }),
    'of a stranger with the own key in it': async () =>
      byStranger({ kid: undefined, jwk: await jwkOf(stranger) }),
    'of a stranger with the address of keys': () =>
      byStranger({ kid: 'own', jku: `${issuer.url}/keys`, x5u: 'https://evil.example/c' }),
    'signed with a key that is not published': () => byStranger({ kid: 'unknown' }),
    'whose key is named by a path': () => byStranger({ kid: '../../../dev/null' }),
    'whose key is named like a member of objects': () => byStranger({ kid: '__proto__' }),
    'with a demand that nobody knows': () => withHeader({ crit: ['demanded'], demanded: 1 }),
    'that says it is something else': () => withHeader({ typ: 'logout+jwt' }),
    'bound to a proof': () => signed({ cnf: { jkt: 'x' } }),
    'for nobody in particular': () => signed({ sub: undefined }),
    'for an empty name': () => signed({ sub: '' }),
    'for a number': () => signed({ sub: 1 }),
    'for a list of names': () => signed({ sub: ['walter'] }),
    'for a name of 10 kB': () => signed({ sub: 'x'.repeat(10_240) }),
    'for a name of 300 letters': () => signed({ sub: 'x'.repeat(300) }),
    'for a name that looks like another one': () => signed({ sub: 'wаlter' }),
    'for a name with a NUL': () => signed({ sub: 'walter\u0000' }),
    'for a name that is written backwards': () => signed({ sub: '\u202eretlaw' }),
    'that is no JSON': () => `${Buffer.from('{').toString('base64url')}.e30.AA`,
    'that is a list': () => `${base64([])}.${base64([])}.AA`,
    'of five parts': () => 'a.b.c.d.e',
    'of two parts': () => 'a.b',
  };

  it.each(Object.keys(HOSTILE))('%s', async (name) => {
    const token = await HOSTILE[name]?.();
    const body = { name: 'Intruder' };
    const answer = await call(app, 'POST', '/api/customers', { key: token ?? '', body });
    payments.expectProblem(answer, 401, 'unauthorized');
    // The answer says what is wrong, and quotes nothing.
    for (const part of token?.split('.') ?? []) {
      if (part.length > 8) expect(answer.text).not.toContain(part);
    }
    const rows = await app.query(`SELECT id FROM customers.customers WHERE name = 'Intruder'`);
    expect(rows).toEqual([]);
  });

  it('signed as the issuer does elsewhere, with an algorithm that is not taken here', async () => {
    const other = await makeSigning('other', 'PS512');
    issuer.published = [...issuer.published, other];
    try {
      const token = await issuer.sign(claims(), { by: other });
      await withFresh({}, async (fresh) => {
        payments.expectProblem(await list(token, { ...app, url: fresh.url }), 401, 'unauthorized');
      });
    } finally {
      issuer.published = issuer.published.filter((one) => one !== other);
    }
  });
});

describe('the keys of the issuer', () => {
  it('may be new: what they sign is taken soon, without a restart', async () => {
    const second = await makeSigning('second', 'ES256');
    issuer.published = [...issuer.published, second];
    const token = await issuer.sign(claims({ sub: 'rotated' }), { by: second });
    await eventually(
      () => list(token),
      ({ status }) => status === 200,
      NEXT_QUESTION_MS,
    );
  });

  it('are not asked for by everybody who invents one', async () => {
    const stranger = await makeSigning('first');
    const before = issuer.asked();
    const startedMs = performance.now();
    for (let number = 0; number < 60; number += 1) {
      const header = { kid: `invented-${number}` };
      const token = await issuer.sign(claims(), { by: stranger, header });
      payments.expectStatus(await list(token), 401);
    }
    const pauses = Math.ceil((performance.now() - startedMs) / 5_000);
    expect(issuer.asked() - before).toBeLessThanOrEqual(pauses);
  });

  it.each(['down', 'silent', 'huge', 'lying', 'redirecting'] as const)(
    'keep out tokens alone where the issuer is %s',
    async (mood) => {
      issuer.mood = mood;
      try {
        await withFresh({}, async ({ url }) => {
          const token = await issuer.sign(claims());
          const refused = await list(token, { ...app, url });
          payments.expectProblem(refused, 503, 'issuer_unavailable');
          expect(refused.headers['retry-after']).toBe('5');
          payments.expectStatus(await list(app.keys.user, { ...app, url }), 200);
          payments.expectStatus(await call({ url }, 'GET', '/health/ready'), 200);
        });
      } finally {
        issuer.mood = 'well';
      }
    },
  );

  it('let tokens in again when the issuer is back', async () => {
    issuer.mood = 'down';
    await withFresh({}, async ({ url }) => {
      const token = await issuer.sign(claims());
      payments.expectStatus(await list(token, { ...app, url }), 503);
      issuer.mood = 'well';
      const look = () => list(token, { ...app, url });
      await eventually(look, ({ status }) => status === 200, NEXT_QUESTION_MS);
    });
  });

  it('may be at an address of their own', async () => {
    const OIDC_JWKS_URL = `${new URL(issuer.url).origin}/keys`;
    issuer.mood = 'lying';
    try {
      await withFresh({ OIDC_JWKS_URL }, async ({ url }) => {
        payments.expectStatus(await list(await issuer.sign(claims()), { ...app, url }), 200);
      });
    } finally {
      issuer.mood = 'well';
    }
  });
});

it('no token is accepted where no issuer is set', async () => {
  const quiet = { ...settingsFor(app.databaseUrl, app.sandboxUrl), RUN_JOBS: 'false' };
  const keysOnly = await startApp(configOf(quiet), createLogger('silent'));
  try {
    const token = await issuer.sign(claims());
    const refused = await list(token, { ...app, url: keysOnly.url });
    payments.expectProblem(refused, 401, 'unauthorized');
  } finally {
    await keysOnly.close();
  }
});

it('no token stands in the log, and who came with one does', async () => {
  const token = await issuer.sign(claims({ sub: 'logged' }));
  payments.expectStatus(await list(token), 200);
  payments.expectStatus(await list(`${token}x`), 401);
  const log = JSON.stringify(app.log);
  expect(log).toContain('oidc:logged');
  expect(log).not.toContain('eyJ');
});

it('every answer keeps the promises that hold for all', () => {
  expect(brokenPromises(app)).toEqual([]);
});
