import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textAt } from '../../src/shared/json';
import {
  PAYPAL,
  PAYPRO_KEY,
  PAYPRO_WEBHOOK_SECRET,
  startTestApp,
  type TestApp,
} from '../support/app';
import { compileApp } from '../support/crash-app';
import { call, type CallOptions, eventually } from '../support/http';
import { listen } from '../support/notifications';
import * as payments from '../support/payments';
import { type Fault, sandboxOf } from '../support/sandbox';
import { startTalkingApp, type TalkingApp } from '../support/talking-app';
import { endpointsOf } from '../support/webhook-endpoints';

/** What nobody may read in a log: planted wherever the program gets to see it. */
const CANARY = 'canary7Qd';
const IBAN = 'NL13TEST0123456789';
/** Programs start, on a busy machine perhaps. */
const WITHIN_MS = 120_000;
/** Signed by nobody. */
const JWT = `eyJhbGciOiJSUzI1NiJ9.${btoa(`{"sub":"canary-sub-9x"}`)}.c2lnbmF0dXJlLWNhbmFyeQ`;
const BODY = {
  description: `Birthday of ${CANARY}`,
  metadata: { note: `for ${CANARY}` },
  return_url: `https://shop.example/return?session=${CANARY}`,
};

const planted = new Map<string, string>([
  ['what a body says', CANARY],
  ['an IBAN', IBAN],
  ['a token of a web client', JWT],
  ["PayPal's client secret", PAYPAL.secret],
  ["PayPal's credentials", `${PAYPAL.clientId}:${PAYPAL.secret}`],
  ["PayPro's key", PAYPRO_KEY],
  ["PayPro's webhook secret", PAYPRO_WEBHOOK_SECRET],
]);

let app: TestApp;
let program: TalkingApp;
let given: Readonly<Record<string, string>>;
let sandbox: ReturnType<typeof sandboxOf>;

/** Which of the secrets stand in a text, as they are or in one of the ways that they travel. */
function leaksIn(text: string): readonly string[] {
  const leaks = [...planted].filter(([, secret]) =>
    spellingsOf(secret).some((it) => text.includes(it)),
  );
  const tokens = /\bA21AA\w+|\b(?:Bearer|Basic|Token) [\w+/=-]{8,}/.exec(text);
  return [...leaks.map(([name]) => name), ...(tokens ?? [])];
}

function spellingsOf(secret: string): readonly string[] {
  const hex = Buffer.from(secret).toString('hex');
  return [secret, hex, encodeURIComponent(secret), ...[0, 1, 2].map((at) => base64Of(secret, at))];
}

/** How base64 writes it that many bytes behind the beginning: the letters that its neighbours have no part in. */
function base64Of(secret: string, at: number): string {
  const bytes = Buffer.concat([Buffer.alloc(at), Buffer.from(secret)]);
  const letters = bytes.toString('base64');
  return letters.slice(Math.ceil((at * 4) / 3), Math.floor((bytes.length * 4) / 3));
}

async function ask(method: string, path: string, options: CallOptions = {}) {
  return call(app, method, path, { key: app.keys.staff, ...options });
}

async function make(provider: string, changes: object = {}) {
  const made = await payments.create(app, { provider, ...BODY, ...changes });
  return textAt(made.body, 'id');
}

/** A line arrives a little later than the answer that it is about. */
async function told(...words: readonly string[]): Promise<void> {
  const missing = () => Promise.resolve(words.filter((word) => !program.said().includes(word)));
  await eventually(missing, (left) => left.length === 0);
}

beforeAll(async () => {
  await compileApp();
  app = await startTestApp({
    settings: { LOG_LEVEL: 'debug' },
    start: async (settings) => {
      given = settings;
      program = await startTalkingApp(settings);
      return program;
    },
  });
  sandbox = sandboxOf(app);
  await listen(app);
  const { password } = new URL(app.databaseUrl);
  if (password !== '') planted.set('the password of the database', password);
  for (const [name, key] of Object.entries(app.keys)) planted.set(`the key of ${name}`, key);
}, WITHIN_MS);

afterEach(async () => {
  await sandbox.dropFaults();
});

afterAll(() => app?.close());

describe('the log of the whole program, at its most talkative,', () => {
  it('would be caught with each of the secrets', () => {
    for (const [name, secret] of planted) {
      for (const told of spellingsOf(secret)) expect(leaksIn(`a line of ${told}!`)).toContain(name);
    }
    expect(leaksIn('authorization: Bearer A21AAL0nGT0k3n')).toHaveLength(1);
    expect(leaksIn('a line of nothing')).toEqual([]);
  });

  it.each(['paypal', 'paypro'])('is about payments that go well at %s', async (provider) => {
    const { id } = await payments.makePressed(app, provider, 'pay', BODY);
    payments.expectStatus(await payments.command(app, id, 'approve'), 200);
    const refund = { amount: 100, account_holder_name: CANARY, iban: IBAN, reason: CANARY };
    await ask('POST', `/api/payments/${id}/refunds`, { body: refund });
    await payments.command(app, id, 'refresh');
    const other = await payments.makePayment(app, provider, BODY);
    payments.expectStatus(await payments.command(app, other.id, 'cancel'), 200);
    await told('"outcome":"answer"', '"notification"');
  });

  it('is about customers, mandates and the secrets of webhooks', async () => {
    const body = { name: CANARY, email: `${CANARY}@shop.example`, address: CANARY };
    const made = await ask('POST', '/api/customers', { body });
    payments.expectStatus(made, 201);
    const customer = textAt(made.body, 'id') ?? '';
    await ask('PATCH', `/api/customers/${customer}`, { body: { first_name: CANARY } });
    const mandate = { provider: 'paypro', iban: IBAN, account_holder_name: CANARY };
    await ask('POST', `/api/customers/${customer}/mandates`, { body: mandate });
    const url = `https://127.0.0.1:9/${CANARY}`;
    const made2 = await ask('POST', '/api/webhook-endpoints', {
      body: { url, description: CANARY },
    });
    const secret = textAt(made2.body, 'secret');
    if (secret !== null) planted.set('the secret of a webhook', secret);
    await endpointsOf(app).as('GET', '');
  });

  it.each<[string, Omit<Fault, 'match'>]>([
    ['refuses the credentials', { kind: 'unauthorized', times: 2 }],
    ['fails before', { kind: 'error_before', status: 500 }],
    ['fails after', { kind: 'error_after', status: 503 }],
    ['hangs up', { kind: 'drop_after' }],
    ['speaks HTML', { kind: 'garbage' }],
    ['has had enough', { kind: 'rate_limit' }],
    ['names another amount', { kind: 'wrong_amount' }],
    ['names a state that nobody knows', { kind: 'unknown_state' }],
  ])('is about a provider that %s', async (_what, fault) => {
    for (const provider of ['paypal', 'paypro'] as const) {
      await sandbox.fault(provider, { ...fault, match: { method: 'POST' } });
      await make(provider);
      await sandbox.dropFaults();
      const { id } = await payments.makePressed(app, provider, 'pay', BODY);
      await sandbox.fault(provider, fault);
      await payments.command(app, id, 'approve');
      await sandbox.dropFaults();
      await payments.settled(app, id);
    }
  });

  it('is about a provider that never answers', async () => {
    const { id } = await payments.makePayment(app, 'paypal', BODY);
    await sandbox.fault('paypal', { kind: 'hang_after', match: { method: 'GET' } });
    payments.expectStatus(await payments.command(app, id, 'refresh'), 503);
    await told('"error":"timeout"');
  });

  it.each<[string, CallOptions]>([
    ['an unknown field', { body: { ...BODY, [CANARY]: IBAN, iban: CANARY } }],
    ['a wrong type', { body: { amount: CANARY, currency: CANARY, metadata: CANARY } }],
    ['half a JSON text', { raw: `{"description":"${CANARY}","iban":"${IBAN}` }],
    ['no JSON', { raw: `description=${CANARY}` }],
    ['a zero byte', { body: { ...BODY, description: `${CANARY}\u0000` } }],
    ['half a letter', { raw: `{"description":"${CANARY}\\ud800"}` }],
    ['an unknown key', { key: `${CANARY}-key` }],
    ['another scheme', { headers: { authorization: `Basic ${btoa(`a:${CANARY}`)}` } }],
    ['the token of a web client', { key: JWT }],
    ['a key as older clients send it', { headers: { authorization: `Token ${CANARY}` } }],
    ['a digest', { headers: { authorization: `Digest username="a", response="${CANARY}"` } }],
    ['a bare key', { headers: { authorization: CANARY } }],
    ['a key for a proxy', { headers: { 'proxy-authorization': `Bearer ${JWT}` } }],
    ['a long key of idempotency', { headers: { 'idempotency-key': CANARY.repeat(50) } }],
    ['a cookie', { headers: { cookie: `session=${CANARY}` } }],
  ])('is about a call with %s', async (_what, options) => {
    const sent = { body: options.raw === undefined ? BODY : undefined, ...options };
    expect((await ask('POST', '/api/payments', sent)).status).toBeGreaterThanOrEqual(400);
    const query = `?api_key=${CANARY}&access_token=${JWT}&iban=${IBAN}`;
    for (const path of [`/api/payments${query}`, `/health/live${query}`, `/docs${query}`]) {
      await ask('GET', path);
    }
    for (const path of [`/api/payments?${CANARY}=1`, `/api/${CANARY}`, `/api/payments/${CANARY}`]) {
      await ask('GET', path, { headers: options.headers ?? {} });
    }
  });

  it('is about notifications that nobody sent', async () => {
    const raw = JSON.stringify({ id: CANARY, event_type: 'payment.paid', payload: { id: CANARY } });
    const signature = createHmac('sha256', CANARY).update(raw).digest('hex');
    const headers = { 'paypro-signature': signature, 'paypro-timestamp': CANARY };
    for (const provider of ['paypal', 'paypro']) {
      const sent = await call(app, 'POST', `/api/notifications/${provider}`, { raw, headers });
      expect(sent.status).toBeGreaterThanOrEqual(400);
    }
  });

  it('is about a database that refuses what it is given', async () => {
    const table = 'ALTER TABLE payments.payments';
    await app.query(
      `${table} ADD CONSTRAINT planted CHECK (description NOT LIKE '%no!%') NOT VALID`,
    );
    const answer = await payments.create(app, { ...BODY, description: `${CANARY} no!` });
    await app.query(`${table} DROP CONSTRAINT planted`);
    payments.expectStatus(answer, 500);
    await told('23514');
  });

  it(
    'is about a start that is refused',
    async () => {
      const settings = {
        DATABASE_URL: `postgres://kassa:${CANARY}@127.0.0.1:1/none`,
        DEMO: 'false',
        PROVIDERS: 'paypro',
        PAYPRO__API_KEY: PAYPRO_KEY,
      };
      const said = async (changes: object): Promise<string> =>
        startTalkingApp({ ...settings, ...changes }).then(
          () => 'it started',
          (error: unknown) => String(error),
        );
      const wrong = { PAYPRO__WEBHOOK_SECRETS: [CANARY, CANARY, CANARY].join() };
      const mistakes = await said(wrong);
      expect(mistakes).toContain('PAYPRO__WEBHOOK_SECRETS');
      const unreachable = await said({});
      expect(unreachable).toContain('ECONNREFUSED');
      expect(leaksIn(mistakes + unreachable)).toEqual([]);
    },
    WITHIN_MS,
  );

  it(
    'is about a crash of the program',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kassa-crash-'));
      const preload = join(folder, 'crash.js');
      // As an error of the HTTP client that nobody waits for: it holds the request that failed.
      writeFileSync(
        preload,
        `process.on('SIGUSR2', () => { void Promise.reject(Object.assign(new Error('${CANARY}'), {
        code: 'ECONNRESET', config: { headers: { Authorization: 'Bearer ${JWT}' }, data: '${IBAN}' } })); });`,
      );
      const doomed = await startTalkingApp({
        ...given,
        NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
      });
      doomed.signal('SIGUSR2');
      await doomed.ended();
      rmSync(folder, { recursive: true });
      expect(doomed.exitCode()).toBe(1);
      expect(doomed.said()).toContain('crashed');
      expect(doomed.said()).toContain('ECONNRESET');
      expect(leaksIn(doomed.said())).toEqual([]);
    },
    WITHIN_MS,
  );

  it('tells of all that, and of none of the secrets', async () => {
    await told('provider call', 'notification', '"status":401', '"status":422', 'failed');
    const said = program.said();
    const leaking = said.split('\n').filter((line) => leaksIn(line).length > 0);
    expect(leaking.map((line) => [leaksIn(line), line])).toEqual([]);
    expect(leaksIn(said)).toEqual([]);
  });
});
