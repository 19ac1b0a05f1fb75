import { type TestApp } from './app';
import { type Answer } from './http';
import { type DocumentedOperation } from './openapi-document';
import { type Others } from './openapi-others';

/** Provokes an error; null where it does not know how to at this operation. */
export type Recipe = (
  app: TestApp,
  operation: DocumentedOperation,
  others: Others,
) => Promise<Answer | null> | Answer | null;

/** A key that belongs to another request of `keys.staff`. */
export const USED_KEY = 'used-for-another-request';

let keys = 0;

/** One that nobody used yet. */
export function newKey(): string {
  keys += 1;
  return `key-of-recipe-${keys}`;
}

export function keyed(key: string) {
  return { headers: { 'idempotency-key': key } };
}

/** By operation: the first whose name begins like this. */
export const by =
  (recipes: Readonly<Record<string, Recipe>>): Recipe =>
  (app, operation, others) => {
    const found = Object.entries(recipes).find(([start]) => operation.id.startsWith(start));
    return found ? found[1](app, operation, others) : null;
  };
