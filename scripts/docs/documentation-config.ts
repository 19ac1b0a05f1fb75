import { type AppConfig, readConfig } from '../../src/config';
import { databaseSettings } from '../../src/platform/database/database.settings';
import { requiredOf, requiredOfAccount, sourceOf } from '../../src/providers/documented-provider';
import { adapters } from '../../src/providers/providers';

/** A configuration with every adapter on and nothing else chosen: the same on every machine, whatever is set there. */
export function documentationConfig(): AppConfig {
  const values: Record<string, string> = {
    PROVIDERS: adapters.map(({ type }) => type).join(','),
    ...requiredOf(databaseSettings, ''),
  };
  for (const adapter of adapters) Object.assign(values, requiredOfAccount(adapter));
  return readConfig(sourceOf(values));
}
