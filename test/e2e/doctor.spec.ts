import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readId } from '../../src/shared/id';
import { valueAt } from '../../src/shared/json';
import {
  PAYPAL,
  PAYPAL_WEBHOOK_ID,
  PAYPRO_KEY,
  PAYPRO_WEBHOOK_SECRET,
  settingsFor,
  startTestApp,
  type TestApp,
} from '../support/app';
import { askDoctor, askProgram, runDoctor } from '../support/doctor';
import { call } from '../support/http';
import { listen } from '../support/notifications';
import * as payments from '../support/payments';
import { textOf } from '../support/read';

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

function without(settings: Readonly<Record<string, string>>, name: string) {
  return Object.fromEntries(Object.entries(settings).filter(([one]) => one !== name));
}

/** In the dashboard of PayPro. */
async function changePayproWebhook({ sandboxUrl }: TestApp, body: object): Promise<void> {
  const paypro = { url: sandboxUrl };
  const { body: listed } = await call(paypro, 'GET', '/paypro/webhooks', { key: PAYPRO_KEY });
  const path = `/paypro/webhooks/${textOf(listed, 'data', 0, 'id')}`;
  const changed = await call(paypro, 'PATCH', path, { key: PAYPRO_KEY, body });
  expect(changed.status).toBe(200);
}

describe('the doctor', () => {
  let app: TestApp;
  let settings: Record<string, string>;

  beforeAll(async () => {
    app = await startTestApp();
    await listen(app);
    settings = {
      ...settingsFor(app.databaseUrl, app.sandboxUrl),
      PAYPAL__WEBHOOK_ID: PAYPAL_WEBHOOK_ID,
      PAYPRO__WEBHOOK_SECRETS: PAYPRO_WEBHOOK_SECRET,
      PORT: new URL(app.url).port,
      PUBLIC_URL: app.url,
    };
  });
  afterAll(() => app?.close());

  it('finds nothing to put right where all is as it should be', async () => {
    const { code, body, failures, statusOf, messageOf } = await askProgram(settings);
    // A test database may be told to forget; whoever runs the tests on one of their own decides.
    expect(failures.filter((check) => check !== 'database.durability')).toEqual([]);
    expect(body).toMatchObject({ version: 1, mode: 'real' });
    expect(valueAt(body, 'counts', 'fail')).toBe(failures.length);
    // There is no browser in these tests, which is worth a warning.
    expect(code).toBe(failures.length === 0 ? 1 : 2);
    for (const check of [
      'node',
      'settings',
      'database.reachable',
      'database.version',
      'database.migrations',
      'database.installation',
      'database.rights',
      'database.transactions',
      'database.clock',
      'work.accounts',
      'public_url.reachable',
      ...['paypal', 'paypro'].flatMap((account) =>
        ['credentials', 'mode', 'webhook', 'clock', 'last_notification'].map(
          (part) => `provider.${account}.${part}`,
        ),
      ),
    ]) {
      expect([check, statusOf(check)]).toEqual([check, 'ok']);
    }
    expect(messageOf('port')).toBe(`Kassa runs on ${settings['PORT']}.`);
    expect(statusOf('public_url')).toBe('warn');
    expect(statusOf('browser')).toBe('warn');
    const [shown] = await app.query(`SELECT current_setting('fsync') AS fsync`);
    expect(statusOf('database.durability')).toBe(textOf(shown, 'fsync') === 'on' ? 'ok' : 'fail');
  });

  it('names every wrong setting and goes on with what can be looked at', async () => {
    const broken = {
      ...without(settings, 'PAYPAL__CLIENT_ID'),
      PORT: 'many',
      PAYPRO__API_KEI: 'x',
      LOG_LEVEL: 'shouting',
    };
    const { code, statusOf, messageOf } = await askDoctor(broken);
    expect(code).toBe(2);
    const problems = messageOf('settings');
    for (const name of ['PAYPAL__CLIENT_ID', 'PORT', 'PAYPRO__API_KEI', 'LOG_LEVEL']) {
      expect(problems).toContain(name);
    }
    expect(statusOf('port')).toBe('skipped');
    expect(statusOf('provider.paypal')).toBe('skipped');
    expect(statusOf('database.migrations')).toBe('ok');
  });

  it('says what is away, when the database and the gateways are', async () => {
    const { code, statusOf, messageOf } = await askDoctor({
      ...settings,
      DATABASE_URL: 'postgres://kassa:x@127.0.0.1:9/kassa',
      PAYPAL__BASE_URL: NOWHERE,
      PUBLIC_URL: NOWHERE,
    });
    expect(code).toBe(2);
    expect(messageOf('database.reachable')).toBe(
      'Nothing listens at the host and port of DATABASE_URL.',
    );
    expect(statusOf('database.migrations')).toBeUndefined();
    expect(messageOf('provider.paypal.credentials')).toMatch(/^PayPal does not answer/);
    expect(statusOf('provider.paypal.webhook')).toBe('skipped');
    expect(statusOf('provider.paypro.credentials')).toBe('ok');
    expect(messageOf('public_url.reachable')).toBe('Nothing answers there, seen from here.');
  });

  it('tells a database that never answers from one that is not there', async () => {
    const mute = createTcpServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    try {
      const host = `127.0.0.1:${String(valueAt(mute.address(), 'port'))}`;
      const { messageOf } = await askProgram({
        ...settings,
        DATABASE_URL: `postgres://kassa:x@${host}/kassa`,
      });
      expect(messageOf('database.reachable')).toBe('The server of DATABASE_URL does not answer.');
    } finally {
      mute.close();
    }
  });

  it('tells a database that is not there and the wrong money apart', async () => {
    const missing = new URL(app.databaseUrl);
    missing.pathname = '/kassa_that_is_not_there';
    const absent = await askDoctor({ ...settings, DATABASE_URL: missing.href });
    expect(absent.messageOf('database.reachable')).toBe('The server has no such database.');
    const demo = await askDoctor({ ...settings, DEMO: 'true' });
    expect(demo.statusOf('database.installation')).toBe('fail');
  });

  it('finds credentials that are refused, and webhooks that are not ours or point elsewhere', async () => {
    const { failures, statusOf, messageOf } = await askDoctor({
      ...settings,
      PAYPAL__WEBHOOK_ID: 'ANOTHER1',
      PAYPRO__API_KEY: 'pp_nobody_knows',
      PUBLIC_URL: NOWHERE,
    });
    expect(failures).toEqual(
      expect.arrayContaining(['provider.paypal.webhook', 'provider.paypro.credentials']),
    );
    expect(messageOf('provider.paypal.webhook')).toMatch(/^PayPal has no webhook of our id/);
    expect(statusOf('provider.paypro.webhook')).toBe('skipped');
    const deaf = without(settings, 'PAYPRO__WEBHOOK_SECRETS');
    const other = await askDoctor({ ...deaf, PUBLIC_URL: NOWHERE });
    expect(other.messageOf('provider.paypal.webhook')).toMatch(/which is not below PUBLIC_URL\.$/);
    expect(other.messageOf('provider.paypro.webhook')).toMatch(/^None is set/);
  });

  it('finds real money without TLS, webhooks that are switched off, and those of another account', async () => {
    const url = `${app.url}/api/notifications/other`;
    const moved = { gateway: 'paypal', account: PAYPAL.clientId, id: PAYPAL_WEBHOOK_ID, url };
    await call({ url: app.sandboxUrl }, 'POST', '/_sandbox/webhooks', { body: moved });
    await changePayproWebhook(app, { active: false });
    const { statusOf, messageOf, failures } = await askDoctor({
      ...settings,
      PAYPAL__MODE: 'live',
    });
    expect(failures).toContain('public_url');
    expect(statusOf('provider.paypal.mode')).toBe('warn');
    expect(messageOf('provider.paypal.webhook')).toMatch(/not the address of this account\.$/);
    expect(messageOf('provider.paypro.webhook')).toBe('It is switched off.');
    await listen(app);
  });

  it('finds work that nobody does, and the account that it belongs to', async () => {
    const made = await payments.create(app, { provider: 'paypal' });
    const setConflict = (code: string | null) =>
      app.query('UPDATE payments.payments SET conflict = $2 WHERE id = $1', [
        readId('pay', textOf(made.body, 'id')),
        code,
      ]);
    await setConflict('amount_mismatch');
    await changePayproWebhook(app, { enabled_event_types: ['payment.paid', 'payment.failed'] });
    await app.query(
      `SELECT graphile_worker.add_job('nobody-does-this', run_at := now() - interval '1 hour')`,
    );
    await app.query(
      `SELECT graphile_worker.add_job('nobody-did-this', max_attempts := 1, job_key := 'doctor-dead')`,
    );
    await app.query(
      `SELECT graphile_worker.permanently_fail_jobs(array_agg(id), 'broken')
       FROM graphile_worker.jobs WHERE task_identifier = 'nobody-did-this'`,
    );
    await app.query(`INSERT INTO schema_migrations (timestamp, name) VALUES (9, 'FromTheFuture9')`);
    try {
      const { code, messageOf, statusOf } = await askDoctor({ ...settings, PROVIDERS: 'paypro' });
      expect(code).toBe(2);
      expect(messageOf('database.migrations')).toMatch(/^It has 1 migrations that this version/);
      expect(messageOf('work.accounts')).toMatch(/paypal \(\d+\)/);
      expect(messageOf('work.dead_jobs')).toMatch(/^1 failed at their last try/);
      expect(messageOf('work.late_jobs')).toMatch(/^1 for more than 10 minutes; \d+ workers/);
      expect(statusOf('work.reviews')).toBe('ok');
      expect(messageOf('work.conflicts')).toMatch(/^1 payments and chargebacks do not agree/);
      expect(messageOf('provider.paypro.webhook')).toMatch(/^It leaves out payment\.created, /);
    } finally {
      await setConflict(null);
      await app.query(`DELETE FROM schema_migrations WHERE name = 'FromTheFuture9'`);
    }
  });

  it('writes nothing: it needs no right but to read', async () => {
    const role = `doctor_${randomBytes(4).toString('hex')}`;
    await app.query(`CREATE ROLE ${role} LOGIN PASSWORD 'reads' IN ROLE pg_read_all_data`);
    try {
      const url = new URL(app.databaseUrl);
      url.username = role;
      url.password = 'reads';
      const { statusOf, messageOf } = await askDoctor({ ...settings, DATABASE_URL: url.href });
      expect(messageOf('database.rights')).toMatch(/^The role may not write to \d+ tables/);
      expect(statusOf('database.migrations')).toBe('ok');
      expect(statusOf('work.accounts')).toBe('ok');
      expect(statusOf('provider.paypal.last_notification')).toBe('ok');
    } finally {
      await app.query(`DROP ROLE ${role}`);
    }
  });

  it('says so where the role may not even read', async () => {
    const role = `doctor_${randomBytes(4).toString('hex')}`;
    await app.query(`CREATE ROLE ${role} LOGIN PASSWORD 'nothing'`);
    try {
      const url = new URL(app.databaseUrl);
      url.username = role;
      url.password = 'nothing';
      const { statusOf, body } = await askDoctor({ ...settings, DATABASE_URL: url.href });
      expect(statusOf('database.rights')).toBe('fail');
      expect(JSON.stringify(body)).not.toContain('The check broke');
    } finally {
      await app.query(`DROP ROLE ${role}`);
    }
  });

  it('says what the demo would do where nothing is set, and makes nothing', async () => {
    const dataDir = join(tmpdir(), `doctor-${randomBytes(4).toString('hex')}`, 'below');
    const { code, body, statusOf, failures } = await askDoctor({ DATA_DIR: dataDir, PORT: '0' });
    expect(body).toMatchObject({ mode: 'demo' });
    expect(failures).toEqual([]);
    expect(code).toBe(1);
    expect(statusOf('data_dir')).toMatch(/^(?:ok|warn)$/);
    expect(statusOf('database.reachable')).toBe('skipped');
    expect(existsSync(dataDir)).toBe(false);
    const ignored = await askDoctor({ DATA_DIR: dataDir, PORT: '0', PAYPRO__API_KEY: 'x' });
    expect(ignored.messageOf('settings')).toBe('Without PROVIDERS nothing reads PAYPRO__API_KEY.');
  });

  it('says what it takes, to whoever asks for something else', async () => {
    const strange = await runDoctor({}, ['--jsn']);
    expect(strange).toMatchObject({ code: 2, stdout: '' });
    expect(strange.stderr).toContain('--json');
    const help = await runDoctor({}, ['--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Exit code 0');
  });
});

describe('secrets', () => {
  const KEYS = {
    DATABASE_URL: 'postgres://kassa:CanaryDatabase01@127.0.0.1:9/kassa',
    PAYPAL__CLIENT_SECRET: 'CanaryPaypal0123',
    PAYPRO__API_KEY: 'CanaryPaypro0123',
    PAYPRO__WEBHOOK_SECRETS: 'CanaryWebhook012',
    DEMO_STAFF_KEY: 'CanaryStaffKey01',
  };
  /** A gateway that repeats what it was asked with, where it should not. */
  let parrot: Server;
  let settings: Record<string, string>;

  beforeAll(async () => {
    parrot = createServer((request, response) => {
      const said = [request.headers.authorization?.split(' ')[1] ?? '', 'CanaryPaypal0123'].join(
        '',
      );
      response.writeHead(401, { 'content-type': 'application/json' });
      const error = { type: request.headers.authorization?.split(' ')[1], message: said };
      response.end(JSON.stringify({ error, name: 'CanaryPaypal0123', message: said }));
    });
    await new Promise<void>((resolve) => parrot.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String(valueAt(parrot.address(), 'port'))}`;
    settings = {
      ...KEYS,
      PROVIDERS: 'paypal,paypro',
      PAYPAL__MODE: 'sandbox',
      PAYPAL__CLIENT_ID: 'id',
      PAYPAL__BASE_URL: url,
      PAYPRO__BASE_URL: url,
      PORT: '0',
    };
  });
  afterAll(() => new Promise((resolve) => parrot.close(resolve)));

  it.each([
    ['in the table', []],
    ['in the JSON', ['--json']],
  ])('are not shown %s, neither whole nor in part, whatever a gateway repeats', async (_, args) => {
    const { code, stdout, stderr } = await runDoctor(settings, args);
    expect(code).toBe(2);
    expect(stdout).toContain('PayPro refuses them (***)');
    expect(stdout + stderr).not.toMatch(/Canary/i);
  });

  it('leave the report in one piece, whatever they are', async () => {
    const { body } = await askDoctor({
      ...settings,
      DEMO_STAFF_KEY: 'status',
      DEMO_USER_KEY: '"","',
    });
    expect(body).toMatchObject({ status: 'fail', counts: {} });
  });

  it('are not shown where they are what is wrong, nor where they were typed by mistake', async () => {
    const wrong = {
      ...settings,
      DATABASE_URL: 'mysql://kassa:CanaryDatabase01@nowhere/kassa',
      PAYPRO__WEBHOOK_SECRETS: 'CanaryA,CanaryB,CanaryC',
      DEMO: 'CanaryDemo',
    };
    const { stdout, stderr } = await runDoctor(wrong, ['--json']);
    expect(stdout).toContain('DATABASE_URL must be a URL');
    expect(stdout + stderr).not.toMatch(/Canary/i);
    const { code, ...odd } = await runDoctor({
      ...settings,
      DATABASE_URL: 'postgres://kassa:100%CanaryOdd@nowhere/kassa',
    });
    expect(code).toBe(2);
    expect(odd.stdout).toContain('with %25 for a % in the password');
    expect(odd.stdout + odd.stderr).not.toMatch(/Canary/i);
    const typed = await runDoctor({}, ['CanaryTyped']);
    expect(typed.stdout + typed.stderr).not.toMatch(/Canary/i);
  });
});
