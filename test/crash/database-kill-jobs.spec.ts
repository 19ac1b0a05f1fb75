import { PAYPAL, PAYPAL_WEBHOOK_ID } from '../support/app';
import { askOnce } from '../support/crash-ask';
import { CrashPostgres } from '../support/crash-postgres-server';
import { type CrashWorld, startCrashWorld } from '../support/crash-world';
import { ask, createBody } from '../support/crash-scenarios';
import { call, eventually } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import { expectStatus } from '../support/payments';
import { textOf } from '../support/read';

/** The database dies while the gateway thinks, and is not back when the job wants to write. */
const THINKING_MS = 1_500;
const DOWN_MS = 3_000;
/** The death of the first worker (15 s), a pause and a busy machine. */
const APPLIED_WITHIN_MS = 40_000;

describe('a database server that is killed while a job runs', () => {
  let server: CrashPostgres;
  let world: CrashWorld;
  let isSlow = false;
  let asked: () => void = () => undefined;

  beforeAll(async () => {
    server = await CrashPostgres.open();
    world = await startCrashWorld({
      database: { url: server.url, drop: () => Promise.resolve() },
      faultOf: ({ method }) => {
        if (!isSlow || method !== 'GET') return {};
        asked();
        return { delayMs: THINKING_MS };
      },
    });
  }, 60_000);
  afterAll(async () => {
    await world?.close();
    await server?.close();
  });

  async function listen(): Promise<void> {
    const url = `${world.app.url}/api/notifications/paypal`;
    const body = { gateway: 'paypal', account: PAYPAL.clientId, id: PAYPAL_WEBHOOK_ID, url };
    await askOnce(world.sandboxUrl, { method: 'POST', path: '/_sandbox/webhooks', body });
  }

  it('leaves the process alive, and the job is done when the server is back', async () => {
    await listen();
    const made = await ask(world, {
      path: '/api/payments',
      body: createBody(world, 'paypal', 'Order 1'),
    });
    expectStatus(made, 201);
    isSlow = true;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    await pressOnPayPage(textOf(made.body, 'checkout_url'), 'pay');
    await isAsked;
    await server.crash('SIGKILL');
    isSlow = false;
    await new Promise((resolve) => setTimeout(resolve, DOWN_MS));
    expect(world.app.ownEnds).toEqual([]);
    expect((await call(world.app, 'GET', '/health/live')).status).toBe(200);
    await server.restart();
    await eventually(
      () => world.query('SELECT state FROM providers.notifications'),
      (rows) => rows.length > 0 && rows.every(({ state }) => state === 'applied'),
      APPLIED_WITHIN_MS,
    );
  }, 80_000);
});
