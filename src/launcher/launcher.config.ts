import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '../config';
import { isLoopback } from '../shared/loopback';
import { integerSetting, parsedSetting, textSetting } from '../shared/settings';
import {
  environmentSource,
  readSettings,
  type SettingProblem,
  type SettingSource,
} from '../shared/settings-reader';

/** Names of the environment and their values, as Node.js shows them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the launcher knows before it judges any setting. */
export interface LauncherProcess {
  /** `PROVIDERS` is set: the app checks its settings itself, all of them at once. */
  readonly isReal: boolean;
  /** Handed on to the app. */
  readonly environment: Environment;
  /** npm started us, so its end is ours. */
  readonly startedByNpm: boolean;
}

export interface LauncherConfig extends LauncherProcess {
  readonly databaseUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 lets the system pick one. */
  readonly port: number;
}

/** From dist/src/launcher it is three folders up; more would be somebody else's package. */
const MAX_STEPS_UP = 5;

/** Settings that only the launcher has; the others below are the app's too. */
export const launcherSettings = {
  DATA_DIR: textSetting<string | null>({
    about: 'Where the demo keeps its database and its simulators.',
    cure: 'Set it to a folder that you may write to, or remove it for .kassa in the checkout.',
    fallback: null,
  }),
};

const SLICE = {
  DATABASE_URL: textSetting<string | null>({
    about: 'The PostgreSQL to use; the demo brings its own when it is not set.',
    cure: 'Set it to a postgres:// URL, or remove it.',
    fallback: null,
    secret: true,
  }),
  ...launcherSettings,
  /** There are keys that anybody on this machine may read, and gateways that give money away. */
  HOST: parsedSetting(
    {
      expected: 'be an address of this machine alone, such as 127.0.0.1',
      parse: (text) => (isLoopback(text) ? text : undefined),
    },
    {
      about: 'The address to listen on.',
      cure: 'Remove it, or set PROVIDERS and the settings of your accounts to run the real thing.',
      fallback: '127.0.0.1',
    },
  ),
  PORT: integerSetting(
    { min: 0, max: 65_535 },
    {
      about: 'The port to listen on.',
      cure: 'Remove it for 3000, or set it to 0 for any free one.',
      fallback: 3000,
    },
  ),
};

export function findCheckout(from: string, stepsLeft = MAX_STEPS_UP): string {
  if (existsSync(join(from, 'package.json')) || stepsLeft === 0) return from;
  return findCheckout(dirname(from), stepsLeft - 1);
}

/** The simulators' memory belongs to one database: another one gets a folder of its own. */
function defaultDataDir(databaseUrl: string | null): string {
  if (databaseUrl === null) return '.kassa';
  const digest = createHash('sha256').update(databaseUrl).digest('hex');
  return join('.kassa', `database-${digest.slice(0, 8)}`);
}

/** The only place of the launcher that reads the environment. */
export function readLauncherProcess(environment: Environment = process.env): LauncherProcess {
  return {
    isReal: environment.PROVIDERS !== undefined || environment.PROVIDERS_FILE !== undefined,
    environment,
    startedByNpm: environment.npm_lifecycle_event !== undefined,
  };
}

/** What somebody set, as far as it is right, and everything that is wrong with it. */
export interface JudgedConfig {
  /** Only meant to start something where there is no problem. */
  readonly config: LauncherConfig;
  readonly problems: readonly SettingProblem[];
}

/** The launcher's own settings. The default stands in for a wrong one, so that all others can be judged, too. */
export function readLauncherConfig(given: LauncherProcess): JudgedConfig {
  const problems: SettingProblem[] = [];
  const source = sourceOf(given.environment);
  readSettings(SLICE, { source, problems });
  const wrong = problems.map(({ name }) => name);
  const right: SettingSource = {
    ...source,
    read: (name) => (wrong.includes(name) ? {} : source.read(name)),
  };
  const { DATABASE_URL, DATA_DIR, HOST, PORT } = readSettings(SLICE, {
    source: right,
    problems: [],
  });
  const dataDir = resolve(findCheckout(__dirname), DATA_DIR ?? defaultDataDir(DATABASE_URL));
  return {
    config: { ...given, databaseUrl: DATABASE_URL, dataDir, host: HOST, port: PORT },
    problems,
  };
}

/** An environment as a source of settings. */
export function sourceOf(environment: Environment): SettingSource {
  return environmentSource(environment, (path) => readFileSync(path, 'utf8'));
}

const DEMO_KEYS = {
  DEMO_STAFF_KEY: demoKeySetting('staff'),
  DEMO_USER_KEY: demoKeySetting('a user'),
  DEMO_OTHER_USER_KEY: demoKeySetting('another user'),
};

function demoKeySetting(whose: string) {
  const cure = 'It is set by `npm start`.';
  return textSetting({ about: `The demonstration's key of ${whose}.`, cure, secret: true });
}

/** The keys of the demonstration, as the launcher hands them to the step that fills it. */
export function readDemoKeys(environment: Environment = process.env): DemoKeys {
  const problems: SettingProblem[] = [];
  const values = readSettings(DEMO_KEYS, { source: sourceOf(environment), problems });
  if (problems.length > 0) throw new ConfigError(problems);
  const { DEMO_STAFF_KEY: staff, DEMO_USER_KEY: user, DEMO_OTHER_USER_KEY: other } = values;
  return { staff, user, other };
}

/** API keys, shown once in the banner and stored as hashes. */
export interface DemoKeys {
  readonly staff: string;
  readonly user: string;
  readonly other: string;
}
