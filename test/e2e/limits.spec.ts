import { Client } from 'pg';
import { createLogger } from '../../src/platform/logging/logger';
import { isObject } from '../../src/shared/json';
import { type RunningApp, startApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { type Answer, call, eventually } from '../support/http';
import { configOf } from '../support/integration-parts';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';

/** So few that nothing comes back while a test runs: one request in twenty seconds. */
const LIMITS = { RATE_LIMIT_PER_MINUTE: '3', RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '3' };

const NOBODY = `kassa_${'n'.repeat(43)}`;

describe('limits', () => {
  let app: TestApp;
  let strict: RunningApp;
  beforeAll(async () => {
    app = await startTestApp({
      settings: {
        RUN_JOBS: 'false',
        RATE_LIMIT_PER_MINUTE: '0',
        RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '3',
      },
    });
    const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), RUN_JOBS: 'false' };
    // Every caller of this one comes by a proxy that tells its address.
    const changes = { ...LIMITS, TRUST_PROXY: '127.0.0.1,::1' };
    strict = await startApp(configOf({ ...settings, ...changes }), createLogger('silent'));
  });
  afterAll(async () => {
    await strict?.close();
    await app?.close();
  });

  let callers = 0;
  /** A key that nobody used, from an address where nobody was. */
  async function newCaller(role: 'user' | 'staff' = 'user') {
    callers += 1;
    const subject = `limited-${callers}`;
    return { subject, key: await app.makeKey({ subject, role }), from: addressOf(callers) };
  }

  function addressOf(number: number): string {
    return `198.51.100.${number}`;
  }

  const get = (path: string, { key, from }: { key?: string; from: string }): Promise<Answer> =>
    call(strict, 'GET', path, {
      ...(key === undefined ? {} : { key }),
      headers: { 'x-forwarded-for': from },
    });

  function standingOf({ headers }: Answer) {
    return { policy: headers['ratelimit-policy'], limit: headers['ratelimit'] };
  }

  describe('of a caller', () => {
    it('are told with every answer, and the request after the last one is refused', async () => {
      const caller = await newCaller();
      const policy = '"default";q=3;w=60';
      const first = await get('/api/payments', caller);
      expect({ status: first.status, ...standingOf(first) }).toEqual({
        status: 200,
        policy,
        limit: '"default";r=2;t=20',
      });
      const forbidden = await get('/api/notifications', caller);
      payments.expectProblem(forbidden, 403, 'forbidden');
      expect(standingOf(forbidden).limit).toMatch(/^"default";r=1;t=\d+$/);
      payments.expectStatus(await get('/api/customers', caller), 200);
      const refused = await get('/api/payments', caller);
      payments.expectProblem(refused, 429, 'rate_limited');
      const wait = Number(refused.headers['retry-after']);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(20);
      expect(standingOf(refused)).toEqual({ policy, limit: `"default";r=0;t=${wait}` });
      expect(refused.body).toMatchObject({ retryable: true });
      expect(isObject(refused.body) && refused.body['detail']).toContain(`Wait ${wait} s`);
    });

    it('count all its keys together, wherever they come from, and nobody else’s', async () => {
      const caller = await newCaller();
      const second = await app.makeKey({ subject: caller.subject, role: 'user' });
      for (let number = 0; number < 3; number += 1) {
        payments.expectStatus(await get('/api/payments', caller), 200);
      }
      const elsewhere = { key: second, from: '203.0.113.1' };
      payments.expectProblem(await get('/api/payments', elsewhere), 429, 'rate_limited');
      payments.expectStatus(await get('/api/payments', await newCaller()), 200);
    });

    it('are told as the frozen routes tell it', async () => {
      const caller = await newCaller();
      for (let number = 0; number < 3; number += 1) {
        payments.expectStatus(await get('/api/paypal-payments/', caller), 200);
      }
      const refused = await get('/api/paypal-payments/', caller);
      const detail: unknown = expect.stringMatching(
        /^Request was throttled\. Expected available in \d+ seconds?\.$/,
      );
      expect(refused).toMatchObject({ status: 429, body: { detail } });
      expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    });

    it('leave the commands that were refused undone', async () => {
      const caller = await newCaller();
      for (let number = 0; number < 3; number += 1) await get('/api/payments', caller);
      const made = await call(strict, 'POST', '/api/customers', {
        key: caller.key,
        body: { name: 'Too many' },
      });
      payments.expectProblem(made, 429, 'rate_limited');
      const rows = await app.query(`SELECT id FROM customers.customers WHERE name = 'Too many'`);
      expect(rows).toEqual([]);
    });

    it('are none for health, the document and what providers tell', async () => {
      const from = addressOf(250);
      for (let number = 0; number < 5; number += 1) {
        for (const path of ['/health/live', '/health/ready', '/docs/openapi.json']) {
          const answer = await get(path, { from });
          expect({ status: answer.status, ...standingOf(answer) }).toEqual({ status: 200 });
        }
        const told = await call(strict, 'POST', '/api/notifications/paypal', {
          body: {},
          headers: { 'x-forwarded-for': from },
        });
        expect(told.status).not.toBe(429);
        expect(standingOf(told)).toEqual({});
      }
    });
  });

  it('are not told where there are none, not even those that kept nobody out', async () => {
    const { key } = await newCaller();
    const first = await call(app, 'GET', '/api/payments', { key });
    for (const answer of [first, await call(app, 'GET', '/api/payments', { key })]) {
      expect({ status: answer.status, ...standingOf(answer) }).toEqual({ status: 200 });
    }
  });

  describe('of an address', () => {
    it('end guessing: also the right key is not looked at any more', async () => {
      const caller = await newCaller();
      const guess = { key: NOBODY, from: caller.from };
      const first = await get('/api/payments', guess);
      payments.expectProblem(first, 401, 'unauthorized');
      expect(standingOf(first)).toEqual({
        policy: '"failed-auth";q=3;w=60',
        limit: '"failed-auth";r=2;t=20',
      });
      payments.expectStatus(await get('/api/payments', { from: caller.from }), 401);
      payments.expectStatus(await get('/api/payments', { ...guess, key: 'no key' }), 401);
      payments.expectProblem(await get('/api/payments', guess), 429, 'rate_limited');
      payments.expectProblem(await get('/api/payments', caller), 429, 'rate_limited');
      payments.expectStatus(await get('/api/payments', { ...caller, from: addressOf(251) }), 200);
    });

    it('keep nobody out who was recognised before', async () => {
      const caller = await newCaller();
      payments.expectStatus(await get('/api/payments', caller), 200);
      for (let number = 0; number < 3; number += 1) {
        payments.expectStatus(await get('/api/payments', { from: caller.from }), 401);
      }
      payments.expectProblem(
        await get('/api/payments', { from: caller.from }),
        429,
        'rate_limited',
      );
      payments.expectStatus(await get('/api/payments', caller), 200);
    });

    it('are not used up by keys that turn out to be good', async () => {
      const { from } = await newCaller();
      for (let number = 0; number < 5; number += 1) {
        const { key } = await newCaller();
        payments.expectStatus(await get('/api/payments', { key, from }), 200);
      }
    });

    it('are not used up by a good key that comes many times at once, as after a restart', async () => {
      const { key } = await newCaller('staff');
      const slow = new Client({ connectionString: app.databaseUrl });
      await slow.connect();
      try {
        await slow.query('BEGIN; LOCK platform.api_keys IN ACCESS EXCLUSIVE MODE');
        const calls = Array.from({ length: 20 }, () => call(app, 'GET', '/api/payments', { key }));
        // Who is counted is refused while the database is still asked about the others.
        payments.expectStatus(await call(app, 'GET', '/health/live'), 200);
        await eventually(
          () =>
            slow.query(
              `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
            ),
          ({ rowCount }) => rowCount !== 0,
        );
        await slow.query('COMMIT');
        const answers = await Promise.all(calls);
        expect(answers.map(({ status }) => status)).not.toContain(429);
      } finally {
        await slow.end();
      }
    });

    it('count a whole IPv6 network as one', async () => {
      for (const host of ['1', '2', '3']) {
        payments.expectStatus(await get('/api/payments', { from: `2001:db8:1:1::${host}` }), 401);
      }
      const same = await get('/api/payments', { from: '2001:db8:1:1:ffff::4' });
      payments.expectProblem(same, 429, 'rate_limited');
      payments.expectStatus(await get('/api/payments', { from: '2001:db8:1:2::1' }), 401);
    });

    it('believe no forwarded address of a caller, only of the proxies that are named', async () => {
      const ask = (from: string) =>
        call(app, 'GET', '/api/payments', { headers: { 'x-forwarded-for': from } });
      for (const from of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) {
        payments.expectStatus(await ask(from), 401);
      }
      payments.expectProblem(await ask('198.51.100.4'), 429, 'rate_limited');
    });
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
    expect(brokenPromises({ url: strict.url, log: [] })).toEqual([]);
  });
});
