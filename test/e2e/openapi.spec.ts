import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '../../src/config';
import { environmentSource } from '../../src/shared/settings-reader';
import { createApp, type RunningApp } from '../../src/start-app';
import { type LogLines, startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import { documentedOperations } from '../support/openapi-document';
import { listOf, textOf } from '../support/read';

const ROOT = join(__dirname, '../..');

/** Routes that are no part of the API, and those with which the older API answers 405 to any other method. */
const NOT_DOCUMENTED = [
  /^GET \/problems(?:\/|$)/,
  /^GET \/docs\/\*$/,
  /^(?:PUT|PATCH|DELETE|OPTIONS) \/api\/paypal-(?:payments|invoices)\//,
  /^GET \/api\/paypal-payments\/(?:approve|cancel)\/$/,
  /^POST \/api\/paypal-(?:invoices|payments\/\{uuid\})\//,
];

/** Generating, compiling and running on a machine that does other things too; longer means that it hangs. */
const EXAMPLE_TIMEOUT_MS = 240_000;

describe('the API document', () => {
  const routes: string[] = [];
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ start: (settings, log) => startRecording(settings, log, routes) });
  });
  afterAll(() => app?.close());

  it('has every route of the API', () => {
    const documented = new Set(documentedOperations.map(nameOf));
    const promised = routes.filter((route) => !NOT_DOCUMENTED.some((one) => one.test(route)));
    expect(promised.filter((route) => !documented.has(route))).toEqual([]);
    expect(promised.length).toBeGreaterThan(0);
  });

  it('has no operation without a route', () => {
    const known = new Set(routes);
    expect(documentedOperations.map(nameOf).filter((name) => !known.has(name))).toEqual([]);
  });

  it(
    'gives a client that compiles in the strictest mode and takes a payment',
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'kassa-example-'));
      try {
        await writeFile(join(dataDir, 'demo.json'), JSON.stringify(demoOf(app)));
        const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'example'], {
          cwd: ROOT,
          env: { ...process.env, DATA_DIR: dataDir },
        });
        const [, id] = /(pay_\w+) is paid: 12\.50 EUR/.exec(stdout) ?? [];
        const shown = await call(app, 'GET', '/api/payments', { key: app.keys.user });
        const [newest] = listOf(shown.body, 'data');
        expect([textOf(newest, 'id'), textOf(newest, 'state')]).toEqual([id, 'paid']);
      } finally {
        await rm(dataDir, { recursive: true });
      }
    },
    EXAMPLE_TIMEOUT_MS,
  );
});

/** What `npm start` writes for scripts. */
function demoOf({ url, keys, customers }: TestApp): object {
  return { api_url: url, user_key: keys.user, customers: { user: customers.user } };
}

function nameOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

/** The program, with the routes of its controllers as the router learns them: in the spelling of the document. */
async function startRecording(
  settings: Readonly<Record<string, string>>,
  log: LogLines,
  routes: string[],
): Promise<RunningApp> {
  const config = readConfig(environmentSource(settings, noFile));
  const app = await createApp(config, log);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${spelled(url)}`);
    });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { url: await app.getUrl(), close: () => app.close() };
}

/** `/api/payments/:id` as `/api/payments/{id}`; the older API writes a slash at the end. */
function spelled(url: string): string {
  const path = url.replaceAll(/:(\w+)/g, '{$1}');
  return /^\/api\/paypal-\w+/.test(path) && !path.endsWith('/') ? `${path}/` : path;
}

function noFile(): string {
  throw new Error('no setting comes from a file');
}
