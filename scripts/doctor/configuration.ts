import { type AppConfig, ConfigError, readConfig } from '../../src/config';
import { readLauncherConfig, readLauncherProcess } from '../../src/launcher/launcher.config';
import { LauncherError } from '../../src/launcher/launcher-error';
import { type OidcSettings, readOidc } from '../../src/platform/auth/oidc/oidc.settings';
import { databaseSettings } from '../../src/platform/database/database.settings';
import { httpSettings } from '../../src/platform/http/http.settings';
import { jobsSettings } from '../../src/platform/jobs/jobs.settings';
import { readPdfSettings } from '../../src/platform/pdf/pdf.settings';
import { accountPrefix } from '../../src/providers/provider-adapter';
import { adapters } from '../../src/providers/providers';
import {
  type ConfiguredAccount,
  providersSettings,
  readProviders,
} from '../../src/providers/providers.settings';
import {
  readSettings,
  type SettingProblem,
  type SettingReading,
  type SettingSource,
} from '../../src/shared/settings-reader';

/** What `npm start` would run with these settings. */
export type Mode = 'real' | 'demo';

/** The settings as far as they can be used: a part is null where one of its own is wrong or missing. */
export interface Configuration {
  readonly mode: Mode;
  readonly source: SettingSource;
  /** Every mistake, as the start would tell it. */
  readonly problems: readonly SettingProblem[];
  readonly http: AppConfig['http'] | null;
  readonly database: AppConfig['database'] | null;
  readonly jobs: AppConfig['jobs'] | null;
  readonly pdf: AppConfig['pdf'] | null;
  /** Whose tokens are taken: nobody's, or those of one. */
  readonly issuers: readonly OidcSettings[] | null;
  /** Accounts whose own settings are right. */
  readonly accounts: readonly ConfiguredAccount[];
  /** All names in PROVIDERS; null where they cannot be read. */
  readonly accountNames: readonly string[] | null;
  /** Where the demo keeps its files; null for the real thing. */
  readonly dataDir: string | null;
}

export function readConfiguration(
  source: SettingSource,
  launched = readLauncherProcess(),
): Configuration {
  const parts = {
    source,
    http: usable(source, (reading) => readSettings(httpSettings, reading)),
    database: usable(source, (reading) => readSettings(databaseSettings, reading)),
    jobs: usable(source, (reading) => readSettings(jobsSettings, reading)),
    pdf: usable(source, readPdfSettings),
    issuers: usable(source, (reading) => [readOidc(reading)].filter((one) => one !== null)),
  };
  if (launched.isReal) {
    const problems = problemsOf(() => readConfig(source));
    return { ...parts, mode: 'real', problems, dataDir: null, ...readAccounts(source) };
  }
  let dataDir: string | null = null;
  const problems = problemsOf(() => {
    ({ dataDir } = readLauncherConfig(launched));
  });
  return { ...parts, mode: 'demo', problems, dataDir, accounts: [], accountNames: null };
}

function readAccounts(source: SettingSource) {
  const problems: SettingProblem[] = [];
  const { accounts } = readProviders(adapters, { source, problems });
  const isRight = ({ account }: ConfiguredAccount) =>
    !problems.some(({ name }) => name.startsWith(accountPrefix(account)));
  const { PROVIDERS } = providersSettings;
  const names = usable(source, (reading) => readSettings({ PROVIDERS }, reading));
  return { accounts: accounts.filter(isRight), accountNames: names?.PROVIDERS ?? null };
}

/** Null where a setting of the part is wrong. */
function usable<T>(source: SettingSource, read: (reading: SettingReading) => T): T | null {
  const problems: SettingProblem[] = [];
  const values = read({ source, problems });
  return problems.length === 0 ? values : null;
}

function problemsOf(read: () => unknown): readonly SettingProblem[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    if (error instanceof LauncherError) return problemsIn(error.message);
    throw error;
  }
}

/** The launcher tells them as text: one line each, indented, the name first. */
function problemsIn(text: string): readonly SettingProblem[] {
  return text.split('\n').flatMap((line) => {
    const [, name, detail] = /^ {2}([A-Z_]+) +(.*)$/.exec(line) ?? [];
    return name === undefined || detail === undefined ? [] : [{ name, detail }];
  });
}
