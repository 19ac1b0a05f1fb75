import { Client } from 'pg';
import { isObject } from '../../../src/shared/json';

/** The server says "committed" before the commit is on disk. */
const startup: unknown = Reflect.get(Client.prototype, 'getStartupConf');
if (typeof startup !== 'function') throw new Error('there is no getStartupConf to replace');
Reflect.set(Client.prototype, 'getStartupConf', function (this: Client): unknown {
  const settings: unknown = Reflect.apply(startup, this, []);
  if (!isObject(settings) || typeof settings['options'] !== 'string') return settings;
  const options = settings['options'].replace('synchronous_commit=on', 'synchronous_commit=off');
  return { ...settings, options };
});
