import { renderBanner } from './banner';
import { type Child } from './child';
import { openDataDir } from './data-dir';
import { untilDemoDataIsThere } from './demo-customers';
import { type DemoInfo, removeDemoInfo, writeDemoInfo } from './demo-info';
import { sandboxPort, startApp, startDatabase, startDemoData, startSandbox } from './demo-parts';
import { type DemoSecrets, openDemoSecrets } from './demo-secrets';
import { connectWebhooks, readPaypalCa } from './demo-webhooks';
import { demoSettings, ignoredSettings, sandboxSettings } from './demo-settings';
import { withOwn } from './laid-over';
import { type LauncherConfig } from './launcher.config';
import { messageOf } from './launcher-error';
import { lockDataDir } from './lock';
import { type Part, stopAll } from './part';
import { requireFreePort } from './ports';
import { say } from './say';
import { listenForStop, untilStopped } from './stop-request';

/** A cold disk and a first migration included. */
const LISTEN_TIMEOUT_MS = 120_000;

/** What runs so far; whatever is in `parts` will be stopped. */
interface Demo {
  readonly config: LauncherConfig;
  readonly secrets: DemoSecrets;
  readonly parts: Part[];
  readonly stopAsked: AbortSignal;
}

/** Thrown between two steps of the start when nobody wants the result any more. */
class StopAsked extends Error {}

/** Waits for a step, but not longer than somebody wants it. */
async function step<T>({ stopAsked }: Demo, work: Promise<T>): Promise<T> {
  const stopped = untilStopped(stopAsked).then((reason) => {
    throw new StopAsked(reason);
  });
  return await Promise.race([work, stopped]);
}

function add({ parts }: Demo, child: Child): Child {
  parts.push(child);
  return child;
}

async function startAll(demo: Demo): Promise<DemoInfo> {
  const { config, secrets, parts } = demo;
  // Not interrupted halfway: a server that is just starting could not be stopped in order.
  const database = await startDatabase(config);
  if (database.part !== undefined) parts.push(database.part);
  const port = await sandboxPort(config.dataDir);
  const sandbox = add(demo, startSandbox(sandboxSettings(config, { secrets, port })));
  const sandboxUrl = await step(demo, sandbox.untilListening(LISTEN_TIMEOUT_MS));
  const paypalCa = await step(demo, readPaypalCa(sandboxUrl));
  const given = { secrets, databaseUrl: database.url, sandboxUrl, paypalCa };
  const settings = demoSettings(config, given);
  // The jobs are the app's; two that work on them would get in each other's way while one of them leaves.
  const demoData = add(demo, startDemoData(withOwn(settings, { RUN_JOBS: 'false' })));
  const customers = await step(demo, untilDemoDataIsThere(demoData));
  parts.splice(parts.indexOf(demoData), 1);
  const app = add(demo, startApp(settings));
  const url = (await step(demo, app.untilListening(LISTEN_TIMEOUT_MS))).replace(/\/+$/, '');
  await step(demo, connectWebhooks({ sandboxUrl, apiUrl: url, secrets }));
  const { staff_key, user_key, other_user_key } = secrets;
  const keys = { staff_key, user_key, other_user_key };
  const pages = { docs_url: `${url}/docs`, shop_url: `${url}/demo/shop` };
  return { api_url: url, ...pages, sandbox_url: sandboxUrl, ...keys, customers };
}

/** Settles when the demo has to end: with 0 when somebody asked for it, with 1 after a crash. */
async function untilOver({ parts, stopAsked }: Demo): Promise<number> {
  const crashes = parts.map(async ({ name, ended }) => {
    const how = await ended;
    return { code: 1, text: `${name} ${how}. Stopping everything else.` };
  });
  const asked = untilStopped(stopAsked).then((reason) => ({
    code: 0,
    text: `Stopping: ${reason}`,
  }));
  const { code, text } = await Promise.race([asked, ...crashes]);
  say(text);
  return code;
}

async function runParts(demo: Demo): Promise<number> {
  const { config, parts } = demo;
  const { dataDir } = config;
  let code = 1;
  try {
    const info = await startAll(demo);
    writeDemoInfo(dataDir, info);
    const embeddedDatabase = config.databaseUrl === null;
    process.stdout.write(`${renderBanner({ info, dataDir, embeddedDatabase })}\n`);
    code = await untilOver(demo);
  } catch (error) {
    if (error instanceof StopAsked) code = 0;
    say(error instanceof StopAsked ? `Stopping: ${error.message}` : messageOf(error));
  }
  removeDemoInfo(dataDir);
  return (await stopAll(parts, say)) ? code : 1;
}

/** The demo from start to end; returns the exit code. */
export async function runDemo(given: LauncherConfig): Promise<number> {
  const stopAsked = listenForStop({ watchParent: given.startedByNpm });
  const config = { ...given, dataDir: openDataDir(given.dataDir) };
  const unlock = lockDataDir(config.dataDir);
  try {
    removeDemoInfo(config.dataDir);
    await requireFreePort(config.host, config.port);
    const ignored = ignoredSettings(config.environment).join(', ');
    if (ignored !== '') say(`the demo ignores ${ignored}; set PROVIDERS to run with them`);
    return await runParts({
      config,
      secrets: openDemoSecrets(config.dataDir),
      parts: [],
      stopAsked,
    });
  } finally {
    unlock();
  }
}
