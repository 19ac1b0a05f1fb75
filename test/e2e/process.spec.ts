import { readAnyId } from '../../src/shared/id';
import { objectAt, parseJson } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { compileApp } from '../support/crash-app';
import { type Answer, call, eventually } from '../support/http';
import { listen } from '../support/notifications';
import {
  create,
  expectProblem,
  expectStatus,
  makePayment,
  makePressed,
  show,
} from '../support/payments';
import { hangUp, requestOf } from '../support/raw-http';
import { sandboxOf, slow } from '../support/sandbox';
import { startTalkingApp, type TalkingApp } from '../support/talking-app';

/** Within this, a process that was asked to end is asked three more things, by a busy machine perhaps. */
const STILL_OPEN_S = 6;
/** Ends after that: what is under way is answered although nothing new is taken. */
const UNDER_WAY_MS = 8_000;
/** A program starts, or ends in order. */
const WITHIN_MS = 120_000;

let app: TestApp;
let program: TalkingApp;
let settings: Readonly<Record<string, string>>;
beforeAll(async () => {
  await compileApp();
  app = await startTestApp({
    settings: { LOG_LEVEL: 'info', SHUTDOWN_DELAY_S: String(STILL_OPEN_S), RUN_JOBS: 'false' },
    start: async (given) => {
      settings = given;
      program = await startTalkingApp(given);
      return program;
    },
  });
}, WITHIN_MS);
afterAll(() => app?.close());

/** The lines that carry an id, as soon as one of them is the last of its request. */
async function linesOf(id: string) {
  const read = () => {
    const lines = program.said().split('\n').map(parseJson);
    return Promise.resolve(lines.map((it) => objectAt(it)).filter((it) => it['request_id'] === id));
  };
  return eventually(read, (lines) => lines.some((line) => line['status'] !== null && 'ms' in line));
}

/** How often the gateway was asked to make something. */
async function timesAsked(): Promise<number> {
  const calls = await sandboxOf(app).calls();
  return calls.filter(({ method }) => method === 'POST').length;
}

async function untilAsked(times: number): Promise<void> {
  await eventually(timesAsked, (asked) => asked >= times);
}

describe('the lines of a request', () => {
  it('carry its id and no other, however many are under way', async () => {
    // Later ones find their customer at the gateway.
    await makePayment(app, 'paypro');
    const ids = Array.from({ length: 12 }, (_, at) => `shop:order-${at}`);
    const answers = await Promise.all(
      ids.map((id) => create(app, { provider: 'paypro' }, { 'request-id': id })),
    );
    expect(answers.map(({ headers }) => headers['request-id'])).toEqual(ids);
    for (const id of ids) {
      const lines = await linesOf(id);
      const what = lines.map((line) => line['purpose'] ?? line['route']);
      expect(what).toEqual(['create', '/api/payments']);
    }
  });

  it('carry one of ours where the caller sent none, or none that a line should hold', async () => {
    for (const headers of [{}, { 'request-id': `two words ${'x'.repeat(200)}` }]) {
      const answer = await create(app, { provider: 'paypro' }, headers);
      const id = String(answer.headers['request-id']);
      expect(id).toMatch(/^[\w-]{36}$/);
      expect(await linesOf(id)).toHaveLength(2);
    }
  });

  it('carry it also where a read asks providers', async () => {
    const headers = { 'request-id': 'who-is-well' };
    expectStatus(await call(app, 'GET', '/api/providers', { key: app.keys.user, headers }), 200);
    const asked = (await linesOf('who-is-well')).map((line) => line['account']);
    expect(asked).toEqual(expect.arrayContaining(['paypal', 'paypro']));
  });

  it('carry it also where the older API asks a provider', async () => {
    const headers = { authorization: `Token ${app.keys.user}`, 'request-id': 'older-shop' };
    const back = 'https://shop.example/back/';
    const customer = readAnyId('cus', app.customers.user)?.replaceAll('-', '');
    const body = {
      amount: '9.99',
      customer: `http://elsewhere.example/api/customers/${customer}/`,
      return_url: back,
      cancel_url: back,
    };
    expectStatus(await call(app, 'POST', '/api/paypal-payments/', { headers, body }), 201);
    const purposes = (await linesOf('older-shop')).map((line) => line['purpose']);
    expect(purposes).toContain('create');
  });

  it('carry it also after the caller hung up', async () => {
    await sandboxOf(app).fault('paypro', slow('/payments'));
    const before = await timesAsked();
    const body = JSON.stringify({
      amount: 1000,
      currency: 'EUR',
      provider: 'paypro',
      customer: app.customers.user,
    });
    const bytes = requestOf(['POST', '/api/payments'], {
      id: 'gone-early',
      key: app.keys.user,
      body,
    });
    await hangUp(app, bytes, () => untilAsked(before + 1));
    const told = async () =>
      (await linesOf('gone-early')).map((it) => it['purpose'] ?? it['status']);
    expect(await eventually(told, (what) => what.length > 1)).toEqual([499, 'create']);
  });

  it('carry it also where a notification is refused', async () => {
    const headers = {
      'request-id': 'forged-one',
      'paypro-signature': 'ff',
      'paypro-timestamp': '1',
    };
    const path = '/api/notifications/paypro';
    expectStatus(await call(app, 'POST', path, { raw: '{}', headers }), 401);
    const words = (await linesOf('forged-one')).map((line) => line['msg'] ?? line['route']);
    expect(words).toEqual(['a notification was not genuine', '/api/notifications/:id']);
  });
});

describe('a program that is asked to end while one of its jobs hangs', () => {
  const codeOf = (error: unknown): unknown => objectAt(error)['code'];

  it(
    'takes nothing new meanwhile',
    async () => {
      await listen(app);
      await makePressed(app, 'paypro', 'pay_no_return');
      const waiting = `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'apply-notification'`;
      await eventually(
        () => app.query(waiting),
        (jobs) => jobs.length > 0,
      );
      await sandboxOf(app).fault('paypro', { kind: 'hang_after', times: 1_000 });
      const before = (await sandboxOf(app).calls()).length;
      const worker = { ...settings, RUN_JOBS: 'true', SHUTDOWN_DELAY_S: '0' };
      const second = await startTalkingApp(worker);
      try {
        await eventually(
          () => sandboxOf(app).calls(),
          (calls) => calls.length > before,
        );
        second.signal('SIGTERM');
        await eventually(
          () => call(second, 'GET', '/health/live').then(() => null, codeOf),
          (code) => code === 'ECONNREFUSED',
        );
        expect(await app.query(`${waiting} AND locked_at IS NOT NULL`)).not.toEqual([]);
      } finally {
        await second.close();
        await sandboxOf(app).dropFaults();
      }
      expect(second.exitCode()).toBe(0);
    },
    WITHIN_MS,
  );
});

describe('a program that is asked to end', () => {
  it(
    'says at once that it is not ready, and answers what is under way and what still comes',
    async () => {
      const { id } = await makePayment(app, 'paypro');
      await sandboxOf(app).fault('paypro', { kind: 'delay', delay_ms: UNDER_WAY_MS });
      const before = await timesAsked();
      const underWay: Promise<Answer> = create(app, { provider: 'paypro' });
      await untilAsked(before + 1);
      program.signal('SIGTERM');
      const unready = await eventually(
        () => call(app, 'GET', '/health/ready'),
        ({ status }) => status !== 200,
      );
      expectProblem(unready, 503, 'shutting_down');
      expectStatus(await call(app, 'GET', '/health/live'), 200);
      expectStatus(await show(app, id), 200);
      const answered = await underWay;
      expectStatus(answered, 201);
      // Who keeps its connection would send the next request into it.
      expect(answered.headers.connection).toBe('close');
      await program.ended();
      expect(program.exitCode()).toBe(0);
    },
    WITHIN_MS,
  );

  it(
    'ends at once when it is asked again, a moment later',
    async () => {
      await sandboxOf(app).dropFaults();
      const second = await startTalkingApp(settings);
      await sandboxOf(app).fault('paypro', { kind: 'hang_after' });
      const before = await timesAsked();
      const body = {
        amount: 1000,
        currency: 'EUR',
        provider: 'paypro',
        customer: app.customers.user,
      };
      call(second, 'POST', '/api/payments', { key: app.keys.user, body }).catch(() => undefined);
      await untilAsked(before + 1);
      await eventually(
        () => {
          second.signal('SIGINT');
          return Promise.resolve(second.exitCode());
        },
        (code) => code !== null,
      );
      await second.ended();
      expect(second.said()).toContain('ended at once');
      expect(second.exitCode()).toBe(1);
    },
    WITHIN_MS,
  );
});
