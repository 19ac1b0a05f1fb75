import { createLogger } from '../../src/platform/logging/logger';
import { type RunningApp, startApp } from '../../src/start-app';
import { PAYPAL_BE, PAYPAL_WEBHOOK_ID, PAYPRO_KEY, settingsFor, type TestApp } from './app';
import { configOf } from './integration-parts';
import { type ScriptedProxy, startScriptedProxy } from './integration-proxy';

type Settings = Readonly<Record<string, string>>;

/** Webhooks may be sent to this machine, and there is an account that `strangers` have not. */
export function settingsOfAll(url: string): Settings {
  return {
    DEMO: 'true',
    PROVIDERS: 'paypal,paypro,paypro_old',
    PAYPRO_OLD__TYPE: 'paypro',
    PAYPRO_OLD__API_KEY: PAYPRO_KEY,
    PAYPRO_OLD__MODE: 'sandbox',
    PAYPRO_OLD__BASE_URL: `${url}/paypro`,
  };
}

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:1';

/** The same program with other settings, on the database of the first; each is started when it is needed. */
export interface Others {
  /** It reaches no provider. */
  unreachable(): Promise<RunningApp>;
  /** The providers do not take its credentials. */
  lockedOut(): Promise<RunningApp>;
  /** Its account at PayPal knows nothing of these payments, and it has no account `paypro_old`. */
  strangers(): Promise<RunningApp>;
  /** Between it and the providers stands `proxy`. */
  scripted(): Promise<RunningApp & { readonly proxy: ScriptedProxy }>;
  /** It was told to end, and does so in a while. */
  ending(): Promise<{ readonly url: string }>;
  /** One more, with these settings. */
  with(changes: Settings): Promise<RunningApp>;
  close(): Promise<void>;
}

export function othersOf({ databaseUrl, sandboxUrl }: TestApp): Others {
  const started: Promise<{ close(): Promise<void> }>[] = [];
  const kept = <T extends { close(): Promise<void> }>(begin: () => Promise<T>) => {
    let running: Promise<T> | undefined;
    return (): Promise<T> => {
      if (running === undefined) started.push((running = begin()));
      return running;
    };
  };
  const start = (changes: Settings): Promise<RunningApp> => {
    const settings = { ...settingsFor(databaseUrl, sandboxUrl), RUN_JOBS: 'false', ...changes };
    return startApp(configOf(settings), createLogger('silent'));
  };
  return {
    unreachable: kept(() => start({ ...addressesAt(NOWHERE), ...WEBHOOK })),
    lockedOut: kept(() => start({ ...settingsOfAll(sandboxUrl), ...WRONG_KEYS })),
    strangers: kept(() =>
      start({
        DEMO: 'true',
        PAYPAL__CLIENT_ID: PAYPAL_BE.clientId,
        PAYPAL__CLIENT_SECRET: PAYPAL_BE.secret,
      }),
    ),
    scripted: kept(async () => {
      const proxy = await startScriptedProxy();
      const app = await start({ ...addressesAt(proxy.before(sandboxUrl)) });
      return { ...app, proxy, close: () => app.close().finally(() => proxy.close()) };
    }),
    with: (changes) => kept(() => start({ ...settingsOfAll(sandboxUrl), ...changes }))(),
    ending: kept(async () => {
      const app = await start({ ...settingsOfAll(sandboxUrl), SHUTDOWN_DELAY_S: '3' });
      const ended = app.close();
      return { url: app.url, close: () => ended };
    }),
    close: async () => {
      for (const one of started) await (await one).close();
    },
  };
}

const WRONG_KEYS = {
  PAYPAL__CLIENT_SECRET: 'a-wrong-one',
  PAYPRO__API_KEY: `pp_${'0'.repeat(33)}`,
};

/** The certificate of a signature cannot be had. */
const WEBHOOK = {
  PAYPAL__WEBHOOK_ID: PAYPAL_WEBHOOK_ID,
  PAYPAL__WEBHOOK_CERT_URLS: `${NOWHERE}/certs/`,
};

function addressesAt(url: string): Settings {
  const addresses = { PAYPAL__BASE_URL: `${url}/paypal`, PAYPRO__BASE_URL: `${url}/paypro` };
  return { ...settingsOfAll(url), ...addresses };
}
