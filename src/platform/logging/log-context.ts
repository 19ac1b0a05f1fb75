import { AsyncLocalStorage } from 'node:async_hooks';
import { type LogFields } from './log';

/**
 * From Node.js 24 on it costs nothing to speak of to carry something along with asynchronous work. Before, every promise
 * of the process pays for it, which makes a read by id a third dearer: so there it is switched on for what may
 * log more than one line only, and off again when no such work is under way.
 */
const IS_CHEAP = Number(process.versions.node.split('.', 1)[0]) >= 24;

const storage = new AsyncLocalStorage<LogFields>();
let underWay = 0;

/** A new object each time: the logger adds to it. */
export function fieldsOfContext(): Record<string, LogFields[string]> {
  return { ...storage.getStore() };
}

/**
 * Runs `work`, and whatever it causes, so that its lines carry `fields`. `leave` has to be called when it is over.
 * `isWorthIt`: it may log lines of its own, such as one for each call of a provider.
 */
export function enterLogContext(
  fields: LogFields,
  { isWorthIt }: { readonly isWorthIt: boolean },
  work: () => void,
): void {
  if (!IS_CHEAP && !isWorthIt) return work();
  underWay += 1;
  storage.run(fields, work);
}

export function leaveLogContext({ isWorthIt }: { readonly isWorthIt: boolean }): void {
  if (!IS_CHEAP && !isWorthIt) return;
  underWay -= 1;
  if (underWay === 0 && !IS_CHEAP) storage.disable();
}
