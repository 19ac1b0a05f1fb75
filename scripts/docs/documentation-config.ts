import { type AppConfig, readConfig } from '../../src/config';
import { databaseSettings } from '../../src/platform/database/database.settings';
import { accountPrefix, type Adapter } from '../../src/providers/provider-adapter';
import { adapters } from '../../src/providers/providers';
import { type Setting, type SettingSlice } from '../../src/shared/settings';
import { environmentSource, type SettingSource } from '../../src/shared/settings-reader';

/** Stands for a required setting that has no example, secrets first of all; nothing is ever sent with it. */
const PLACEHOLDER = 'documentation';

/** A configuration with every adapter on and nothing else chosen: the same on every machine, whatever is set there. */
export function documentationConfig(): AppConfig {
  const values: Record<string, string> = {
    PROVIDERS: adapters.map(({ type }) => type).join(','),
    ...requiredOf(databaseSettings, ''),
  };
  for (const adapter of adapters) Object.assign(values, requiredOfAccount(adapter));
  return readConfig(sourceOf(values));
}

/** What an account named after its adapter cannot do without. */
export function requiredOfAccount({ type, settings }: Adapter): Record<string, string> {
  return requiredOf(settings, accountPrefix(type));
}

/** Settings as if the environment held them, and nothing else. */
export function sourceOf(values: Readonly<Record<string, string>>): SettingSource {
  return environmentSource(values, unreadable);
}

/** What a setting is set to here: its example, else something that nobody takes for a real value. */
export function exampleOf({ example }: Setting<unknown>): string {
  return example ?? PLACEHOLDER;
}

/** Examples for what has no default; a required setting with a grammar of its own needs an `example`. */
function requiredOf(slice: SettingSlice, prefix: string): Record<string, string> {
  const required = Object.entries(slice).filter(([, { fallback }]) => fallback === undefined);
  return Object.fromEntries(required.map(([name, setting]) => [prefix + name, exampleOf(setting)]));
}

function unreadable(path: string): never {
  throw new Error(`Documentation reads no settings from files, so not from ${path}.`);
}
