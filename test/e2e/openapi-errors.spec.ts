import { generateApiKey } from '../../src/platform/auth/api-key';
import { parseJson } from '../../src/shared/json';
import { type RunningApp } from '../../src/start-app';
import { PAYPRO_WEBHOOK_SECRET, startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import { ISSUER_SETTINGS } from '../support/invoices';
import { type OidcIssuer, startOidcIssuer } from '../support/oidc-issuer';
import { documentedOperations } from '../support/openapi-document';
import { bodyOf, type DocumentedError, errorsOf, pathOf } from '../support/openapi-examples';
import { frozenErrors } from '../support/openapi-frozen-errors';
import { type FrozenApps, provokeFrozen } from '../support/openapi-frozen-recipes';
import { type Others, othersOf, settingsOfAll } from '../support/openapi-others';
import { USED_KEY } from '../support/openapi-recipe';
import { provoke } from '../support/openapi-recipes';
import { signedDelivery } from '../support/openapi-recipes-webhooks';
import { differencesFromExample, withoutMoment } from '../support/openapi-replay';
import { expectStatus } from '../support/payments';
import { type SilentProxy, startSilentProxy } from '../support/silent-proxy';

/** Hundreds of requests; longer means that it hangs. */
const ALL_TIMEOUT_MS = 240_000;

/** They are the same at every operation, and have tests of their own below. */
const EVERYWHERE = ['database_unavailable', 'issuer_unavailable', 'rate_limited'];

/** No PDF is made. */
const NO_BROWSER = { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium' };

const AUDIENCE = 'https://pay.example.com';

const errors = documentedOperations.flatMap(errorsOf);

describe('the errors in the API document', () => {
  let app: TestApp;
  let others: Others;
  let issuer: OidcIssuer;
  let proxy: SilentProxy;
  let severed: RunningApp;
  beforeAll(async () => {
    issuer = await startOidcIssuer();
    issuer.mood = 'down';
    const settings = { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE, ...ISSUER_SETTINGS };
    app = await startTestApp({
      settings: (sandboxUrl) => ({ ...settings, ...NO_BROWSER, ...settingsOfAll(sandboxUrl) }),
    });
    others = othersOf(app);
    proxy = await startSilentProxy(app.databaseUrl);
    severed = await others.with({
      DATABASE_URL: proxy.url,
      PAYPRO__WEBHOOK_SECRETS: PAYPRO_WEBHOOK_SECRET,
    });
    proxy.sendAway();
    await app.query(
      `INSERT INTO platform.idempotency_keys (caller, key, fingerprint, resource_id)
       VALUES ('test-staff', $1, 'of another request', gen_random_uuid())`,
      [USED_KEY],
    );
  });
  afterAll(async () => {
    await others?.close();
    await proxy?.close();
    await app?.close();
    await issuer?.close();
  });

  it(
    'are answered as documented',
    async () => {
      const unlike: string[] = [];
      for (const error of errors.filter(({ code }) => !EVERYWHERE.includes(code))) {
        const answer = await provoke(error, { app, others });
        const differences = answer ? differencesOf(error, answer) : ['nobody knows how'];
        if (differences.length > 0) {
          unlike.push(`${nameOf(error)}: ${differences.join('; ')}; ${lastFailure(app)}`);
        }
      }
      expect(unlike).toEqual([]);
    },
    ALL_TIMEOUT_MS,
  );

  it(
    'are answered as documented where the database does not answer',
    async () => {
      await expectEverywhere('database_unavailable', severed, generateApiKey);
    },
    ALL_TIMEOUT_MS,
  );

  it(
    'are answered as documented where the issuer of a token is away',
    async () => {
      const iat = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'walter', iat, exp: iat + 900 };
      const token = await issuer.sign(claims);
      await expectEverywhere('issuer_unavailable', app, () => token);
    },
    ALL_TIMEOUT_MS,
  );

  it(
    'are answered as documented to a caller who asks too often',
    async () => {
      const strict = await others.with({ RATE_LIMIT_PER_MINUTE: '1' });
      expectStatus(await call(strict, 'GET', '/api/providers', { key: app.keys.staff }), 200);
      await expectEverywhere('rate_limited', strict, () => app.keys.staff);
    },
    ALL_TIMEOUT_MS,
  );

  it(
    'are answered as documented by the older API, to the letter',
    async () => {
      const off = await others.with({ COMPAT_ENABLED: 'false' });
      const strict = await others.with({ RATE_LIMIT_PER_MINUTE: '1' });
      expectStatus(await call(strict, 'GET', '/api/providers', { key: app.keys.staff }), 200);
      await expectFrozen({ app, off, strict, severed });
    },
    ALL_TIMEOUT_MS,
  );

  async function expectFrozen(apps: FrozenApps): Promise<void> {
    expect(frozenErrors.length).toBeGreaterThan(70);
    const found: unknown[] = [];
    const documented: unknown[] = [];
    for (const error of frozenErrors) {
      const { operation, status, name, example } = error;
      const answer = await provokeFrozen(apps, error);
      found.push([operation.id, name, answer.status, withoutSeconds(answer.body)]);
      documented.push([operation.id, name, status, withoutSeconds(example)]);
    }
    expect(found).toEqual(documented);
  }

  /** What any operation answers to this key, before it looks at anything else. */
  async function expectEverywhere(
    code: string,
    asked: { readonly url: string },
    keyOf: () => string,
  ): Promise<void> {
    const expected = errors.filter((error) => error.code === code);
    expect(expected.length).toBeGreaterThan(50);
    for (const error of expected) {
      const { operation } = error;
      const isDelivery = operation.id === 'receiveNotification';
      const request = isDelivery
        ? signedDelivery(JSON.stringify(bodyOf(operation)))
        : { key: keyOf(), body: bodyOf(operation) };
      const answer = await call(asked, operation.method, pathOf(operation), request);
      expect([operation.id, ...differencesOf(error, answer)]).toEqual([operation.id]);
    }
  }
});

function differencesOf(
  { example, status }: DocumentedError,
  { body, status: answered }: Answer,
): readonly string[] {
  if (answered !== status) return [`the status is ${answered}, the document says ${status}`];
  return differencesFromExample(withoutMoment(example), withoutMoment(body));
}

/** Why the program failed, where the answer may not say it. */
function lastFailure({ log }: TestApp): string {
  const failed = log.findLast(({ message }) => message === 'failed');
  return `what failed last: ${String(failed?.['error'])}`;
}

/** How long somebody must wait depends on the moment. */
function withoutSeconds(body: unknown): unknown {
  return parseJson(JSON.stringify(body).replace(/in \d+ seconds?\./, 'in … seconds.'));
}

function nameOf({ operation, code }: DocumentedError): string {
  return `${operation.id} ${code}`;
}
