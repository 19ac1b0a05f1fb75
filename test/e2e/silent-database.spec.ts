import { createLogger } from '../../src/platform/logging/logger';
import { type Stoppable } from '../../src/run-process';
import { type RunningApp, startApp, startWorker } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { type PostgresProxy, startPostgresProxy } from '../support/crash-postgres-proxy';
import { type Answer, call, eventually } from '../support/http';
import { configOf } from '../support/integration-parts';
import { expectProblem, expectStatus } from '../support/payments';
import { type SilentProxy, startSilentProxy } from '../support/silent-proxy';

/** Six seconds for the answer, and a busy machine; less than what a server that notices takes (10 s). */
const PATIENCE_MS = 9_500;

describe('a database that stops answering', () => {
  let app: TestApp;
  let proxy: PostgresProxy;
  let cutOff: RunningApp;
  beforeAll(async () => {
    app = await startTestApp();
    proxy = await startPostgresProxy(app.databaseUrl);
    const settings = { ...settingsFor(proxy.url, app.sandboxUrl), SWEEP_INTERVAL_MS: '60000' };
    cutOff = await startApp(configOf(settings), createLogger('silent'));
  });
  afterAll(async () => {
    await cutOff?.close();
    await proxy?.close();
    await app?.close();
  });

  function rename(name: string): Promise<Answer> {
    const path = `/api/customers/${app.customers.user}`;
    return call(cutOff, 'PATCH', path, { key: app.keys.user, body: { name } });
  }

  async function expectUnavailable(request: () => Promise<Answer>): Promise<void> {
    const startedMs = performance.now();
    const answer = await request();
    expectProblem(answer, 503, 'database_unavailable');
    expect(answer.headers['retry-after']).toBeDefined();
    expect(performance.now() - startedMs).toBeLessThan(PATIENCE_MS);
  }

  it.each(['lock-customer', 'update-customer', 'find-customer\0'])(
    'in the middle of %j is told as 503, and the connection is not used again',
    async (statement) => {
      expectStatus(await rename('Before'), 200);
      void proxy.hold('statement', statement);
      await expectUnavailable(() => rename('During'));
      const after = await Promise.all(['1', '2', '3', '4'].map(rename));
      expect(after.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    },
  );
});

/**
 * Whoever meets a silent connection waits some six seconds, and the job is tried again after ever longer pauses, until it
 * has met none. Longer means that it hangs.
 */
const NOTICED_WITHIN_MS = 120_000;
/** A stop that has work of nobody to wait for, but perhaps for a report; one that waits for its jobs is cut after 20 s. */
const STOPPED_WITHIN_MS = 18_000;

describe('jobs whose connections fall silent', () => {
  let app: TestApp;
  let proxy: SilentProxy;
  let worker: Stoppable | null = null;
  beforeAll(async () => {
    app = await startTestApp({ settings: { RUN_JOBS: 'false' } });
    proxy = await startSilentProxy(app.databaseUrl);
  });
  afterAll(async () => {
    await worker?.close();
    await proxy?.close();
    await app?.close();
  });

  it('are done over new ones, and the process still ends in order', async () => {
    const running = await startWorker(
      configOf(settingsFor(proxy.url, app.sandboxUrl)),
      createLogger('silent'),
    );
    worker = running;
    await doneSoon();
    proxy.silence();
    await doneSoon();
    proxy.silence();
    const startedMs = performance.now();
    worker = null;
    await running.close();
    expect(performance.now() - startedMs).toBeLessThan(STOPPED_WITHIN_MS);
  }, 300_000);

  async function doneSoon(): Promise<void> {
    await app.query(`SELECT graphile_worker.add_job('forget-idempotency-keys')`);
    await eventually(
      () => app.query('SELECT FROM graphile_worker.jobs'),
      (waiting) => waiting.length === 0,
      NOTICED_WITHIN_MS,
    );
  }
});
