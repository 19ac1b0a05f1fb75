import { rootCertificates } from 'node:tls';
import { ConfigError, readConfig } from '../config';
import { type SettingProblem, type SettingSource } from '../shared/settings-reader';
import { type AppParts } from './demo-settings';
import {
  type Environment,
  type JudgedConfig,
  type LauncherConfig,
  type LauncherProcess,
  readLauncherConfig,
  sourceOf,
} from './launcher.config';

/** Stand in for what is only known once the parts run: like them in form, which is all that is judged. */
export const STAND_INS: AppParts = {
  secrets: {
    paypal_client_id: 'client',
    paypal_client_secret: 'secret',
    paypro_api_key: 'key',
    paypal_webhook_id: 'webhook-id',
    paypro_webhook_secret: 'webhook-secret',
    staff_key: 'staff',
    user_key: 'user',
    other_user_key: 'other',
  },
  databaseUrl: 'postgres://kassa:kassa@127.0.0.1:5432/kassa',
  sandboxUrl: 'http://127.0.0.1:9',
  paypalCa: rootCertificates[0] ?? '',
};

/** Makes the settings of the app from those of the launcher and from what its parts tell. */
type SettingsOfApp = (config: LauncherConfig, parts: AppParts) => Environment;

/** The settings of the launcher and those that the app will be given, with all mistakes in both. */
export function judgeSettings(given: LauncherProcess, settingsOfApp: SettingsOfApp): JudgedConfig {
  const { config, problems } = readLauncherConfig(given);
  const parts = { ...STAND_INS, databaseUrl: config.databaseUrl ?? STAND_INS.databaseUrl };
  const app = sourceOf(settingsOfApp(config, parts));
  return { config, problems: [...problems, ...problemsOfApp(app)] };
}

/** Throws before anything is started; the app would only find out when its database and gateways run. */
export function requireRightSettings(
  given: LauncherProcess,
  settingsOfApp: SettingsOfApp,
): LauncherConfig {
  const { config, problems } = judgeSettings(given, settingsOfApp);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Every mistake that the app would end with. */
export function problemsOfApp(source: SettingSource): readonly SettingProblem[] {
  try {
    readConfig(source);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
