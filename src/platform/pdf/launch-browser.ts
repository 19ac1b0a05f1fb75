import { type ChildProcess, execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type LaunchOptions as PuppeteerOptions } from 'puppeteer';
import { textAt } from '../../shared/json';
import { makeProfile, removeLeftProfiles, removeProfile } from './browser-profile';
import { type BrowserProgram } from './found-browser';
import { provideFont } from './own-font';

/** A cold start on a busy machine; a warm one takes a quarter of a second. */
const LAUNCH_TIMEOUT_MS = 20_000;
/** No single step of a browser that works takes this long; whoever waits for a document gives up before. */
const STEP_TIMEOUT_MS = 15_000;
/** What keeps a browser from starting shows at once. */
const LAST_WORDS_TIMEOUT_MS = 5_000;
const LAST_WORDS_LENGTH_MAX = 500;

/**
 * Two walls around the network, each enough on its own: no name and no address resolves, and every connection, those to
 * this machine included, goes by way of a proxy that nobody runs.
 */
const NO_NETWORK = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=http://127.0.0.1:1',
  '--proxy-bypass-list=<-loopback>',
];

const FLAGS = [
  ...NO_NETWORK,
  '--disable-gpu',
  // Containers give /dev/shm 64 MB, which a page with pictures outgrows.
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--no-pings',
];

const LAUNCH: PuppeteerOptions = {
  headless: 'shell',
  pipe: true,
  defaultViewport: null,
  timeout: LAUNCH_TIMEOUT_MS,
  protocolTimeout: STEP_TIMEOUT_MS,
  // Nest ends the process in order, and the browser with it.
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
};

export interface LaunchOptions {
  readonly program: BrowserProgram;
  readonly isSandboxed: boolean;
  readonly searchPath: readonly string[];
  readonly systemRoot: string | null;
}

/** A browser of ours: what is in its profile goes when it goes. */
export interface LaunchedBrowser {
  readonly browser: Browser;
  /** Ends it and all that it started, at once and whatever it is doing. */
  kill(): Promise<void>;
  /** Resolves when it has ended, by us or by itself. */
  readonly ended: Promise<void>;
}

/**
 * Starts a browser that we talk to over a pipe: no port is open, and it ends by itself when our process does, however
 * that happens. One that ends instead is started once more: on a busy machine about one start of Chromium in a hundred
 * crashes.
 */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const { default: puppeteer, TimeoutError } = await import('puppeteer');
  removeLeftProfiles();
  const profile = makeProfile();
  const { executablePath } = options.program;
  const start = {
    executablePath,
    args: argumentsOf(options),
    env: environmentOf(options, profile),
  };
  const launch = () => puppeteer.launch({ ...start, ...LAUNCH, userDataDir: profile });
  try {
    const browser = await launch().catch((error: unknown) => {
      if (error instanceof TimeoutError) throw error;
      return launch();
    });
    return watched(browser, profile);
  } catch (error) {
    const reason = await lastWords(start);
    removeProfile(profile);
    throw new Error(`${executablePath} does not start: ${reason || String(error)}`);
  }
}

function watched(browser: Browser, profile: string): LaunchedBrowser {
  const child = browser.process();
  const ended = endOf(child).then(() => removeProfile(profile));
  const kill = () => {
    // A page that hangs does not listen, so nobody is asked.
    if (child !== null && !hasEnded(child)) killGroup(child);
    return ended;
  };
  return { browser, ended, kill };
}

interface Start {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Over a pipe a browser does not say why it does not start: so it is started once more, to print an empty page. */
async function lastWords({ executablePath, args, env }: Start): Promise<string> {
  const options = { env, timeout: LAST_WORDS_TIMEOUT_MS, killSignal: 'SIGKILL' } as const;
  const asked = promisify(execFile)(
    executablePath,
    ['--headless', '--dump-dom', ...args, 'about:blank'],
    options,
  );
  const said = await asked.catch((error: unknown) => error);
  return (textAt(said, 'stderr') ?? '').trim().slice(-LAST_WORDS_LENGTH_MAX);
}

/** Chromium cannot wall itself off as root, and refuses to start unless it is told not to try. */
function argumentsOf({ isSandboxed }: LaunchOptions): string[] {
  return isSandboxed && process.getuid?.() !== 0 ? FLAGS : [...FLAGS, '--no-sandbox'];
}

/** Nothing of our own environment, which holds keys and passwords. */
function environmentOf({ program, searchPath, systemRoot }: LaunchOptions, profile: string) {
  return {
    PATH: searchPath.join(delimiter),
    HOME: profile,
    TMPDIR: profile,
    XDG_CACHE_HOME: profile,
    ...(systemRoot === null ? {} : { SystemRoot: systemRoot, TEMP: profile, TMP: profile }),
    ...provideFont(profile),
    ...program.environment,
  };
}

/** What was started may be a script that started the browser: when it ends, the rest of its group ends with it. */
function endOf(child: ChildProcess | null): Promise<void> {
  if (child === null || hasEnded(child)) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => {
      killGroup(child);
      resolve();
    });
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Puppeteer makes it lead a group of its own; Windows has none, and ends the others with their parent. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
