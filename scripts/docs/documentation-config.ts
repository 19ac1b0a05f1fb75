import { type AppConfig, readConfig } from '../../src/config';
import { databaseSettings } from '../../src/platform/database/database.settings';
import { accountPrefix } from '../../src/providers/provider-adapter';
import { adapters } from '../../src/providers/providers';
import { type SettingSlice } from '../../src/shared/settings';
import { environmentSource } from '../../src/shared/settings-reader';

/** Stands for a required setting that has no example, secrets first of all; nothing is ever sent with it. */
const PLACEHOLDER = 'documentation';

/** A configuration with every adapter on and nothing else chosen: the same on every machine, whatever is set there. */
export function documentationConfig(): AppConfig {
  const values: Record<string, string> = {
    PROVIDERS: adapters.map(({ type }) => type).join(','),
    ...requiredOf(databaseSettings, ''),
  };
  for (const { type, settings } of adapters) {
    Object.assign(values, requiredOf(settings, accountPrefix(type)));
  }
  return readConfig(environmentSource(values, unreadable));
}

/** Examples for what has no default; a required setting with a grammar of its own needs an `example`. */
function requiredOf(slice: SettingSlice, prefix: string): Record<string, string> {
  const required = Object.entries(slice).filter(([, { fallback }]) => fallback === undefined);
  return Object.fromEntries(
    required.map(([name, { example }]) => [prefix + name, example ?? PLACEHOLDER]),
  );
}

function unreadable(path: string): never {
  throw new Error(`Documentation reads no settings from files, so not from ${path}.`);
}
