import { type AppConfig } from '../../src/config';
import { demoSettings } from '../../src/launcher/demo-settings';
import { judgeSettings, problemsOfApp } from '../../src/launcher/judge-settings';
import { readLauncherProcess } from '../../src/launcher/launcher.config';
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
  /** Where the demo keeps its files; null for the real thing, and where it is wrong. */
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
    const problems = problemsOfApp(source);
    return { ...parts, mode: 'real', problems, dataDir: null, ...readAccounts(source) };
  }
  const { config, problems } = judgeSettings(launched, demoSettings);
  const dataDir = problems.some(({ name }) => name === 'DATA_DIR') ? null : config.dataDir;
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
