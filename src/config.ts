import { readFileSync } from 'node:fs';
import {
  type CompatibilitySettings,
  readCompatibility,
} from './modules/compatibility/compatibility.settings';
import { type InvoicesSettings, readInvoicesSettings } from './modules/invoices/invoices.settings';
import { type PaymentsSettings, paymentsSettings } from './modules/payments/payments.settings';
import { type OidcSettings, readOidc } from './platform/auth/oidc/oidc.settings';
import { type DatabaseSettings, databaseSettings } from './platform/database/database.settings';
import { type HttpSettings, httpSettings } from './platform/http/http.settings';
import { takesAnyPort } from './platform/http/cors-origins';
import { type JobsSettings, jobsSettings } from './platform/jobs/jobs.settings';
import { type LimitsSettings, limitsSettings } from './platform/limits/limits.settings';
import { type LoggingSettings, loggingSettings } from './platform/logging/logger';
import { type MetricsSettings, metricsSettings } from './platform/metrics/metrics.settings';
import { type PdfSettings, readPdfSettings } from './platform/pdf/pdf.settings';
import { accountPrefix } from './providers/provider-adapter';
import { adapters } from './providers/providers';
import { readProviders, type ProvidersConfig } from './providers/providers.settings';
import { isLoopback } from './shared/loopback';
import {
  environmentSource,
  readSettings,
  type SettingProblem,
  type SettingReading,
  type SettingSource,
} from './shared/settings-reader';

/** Every setting of the program, each read and checked by its owner's slice. */
export interface AppConfig {
  readonly http: HttpSettings;
  readonly logging: LoggingSettings;
  readonly metrics: MetricsSettings;
  readonly database: DatabaseSettings;
  readonly jobs: JobsSettings;
  readonly pdf: PdfSettings;
  readonly limits: LimitsSettings;
  /** Null: callers have API keys and no tokens. */
  readonly oidc: OidcSettings | null;
  readonly payments: PaymentsSettings;
  readonly invoices: InvoicesSettings;
  readonly providers: ProvidersConfig;
  /** Null: the older API is switched off. */
  readonly compatibility: CompatibilitySettings | null;
}

/** Thrown with all mistakes at once; never holds a value. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly SettingProblem[]) {
    const width = Math.max(...problems.map(({ name }) => name.length));
    const lines = problems.map(({ name, detail }) => `  ${name.padEnd(width)}  ${detail}`);
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`The configuration has ${count}:\n${lines.join('\n')}\nNothing was started.`);
    this.name = 'ConfigError';
  }
}

export function readConfig(source: SettingSource): AppConfig {
  const problems: SettingProblem[] = [];
  const reading = { source, problems };
  const providers = readProviders(adapters, reading);
  const config = {
    http: readSettings(httpSettings, reading),
    logging: readSettings(loggingSettings, reading),
    metrics: readSettings(metricsSettings, reading),
    database: readSettings(databaseSettings, reading),
    jobs: readSettings(jobsSettings, reading),
    pdf: readPdfSettings(reading),
    limits: readSettings(limitsSettings, reading),
    oidc: readOidc(reading),
    payments: readSettings(paymentsSettings, reading),
    invoices: readInvoicesSettings(reading),
    providers,
    compatibility: readCompatibility(providers.accounts, reading),
  };
  if (config.http.DEMO) refuseRealMoney(config, reading);
  else if (config.http.CORS_ORIGINS?.some(takesAnyPort)) {
    const detail = 'takes every port (:*) only while DEMO=true. Name the port, or leave it out.';
    problems.push({ name: 'CORS_ORIGINS', detail });
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The pages of a demonstration hand its staff key to whoever opens them: to nobody else, and for no real money. */
function refuseRealMoney({ http, providers }: AppConfig, { source, problems }: SettingReading) {
  const report = (name: string, detail: string) => {
    if (!problems.some((problem) => problem.name === name)) problems.push({ name, detail });
  };
  if (!isLoopback(http.HOST)) {
    report('HOST', 'must be 127.0.0.1, ::1 or localhost while DEMO=true. Leave HOST or DEMO out.');
  }
  for (const { account } of providers.accounts) {
    const name = `${accountPrefix(account)}MODE`;
    if (source.read(name).text === 'sandbox') continue;
    report(name, 'must be sandbox while DEMO=true. Leave DEMO out where real money moves.');
  }
}

/** The process's own environment. Nothing else in the program reads it. */
export function environment(): SettingSource {
  return environmentSource(process.env, (path) => readFileSync(path, 'utf8'));
}
