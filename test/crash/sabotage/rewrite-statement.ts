import { Client } from 'pg';
import { isObject } from '../../../src/shared/json';

export interface Rewriting {
  /** Of the statement. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Sends a statement with other words than the app wrote. */
export function rewriteStatement({ name, from, to }: Rewriting): void {
  const query: unknown = Reflect.get(Client.prototype, 'query');
  if (typeof query !== 'function') throw new Error('there is no query to replace');
  const reworded = (said: unknown): unknown => {
    if (!isObject(said) || said['name'] !== name) return said;
    const text = String(said['text']);
    if (!text.includes(from)) throw new Error(`${name} does not say "${from}" any more`);
    return { ...said, text: text.replace(from, to) };
  };
  Reflect.set(
    Client.prototype,
    'query',
    function (this: Client, said: unknown, ...rest: unknown[]): unknown {
      const sent: unknown = Reflect.apply(query, this, [reworded(said), ...rest]);
      return sent;
    },
  );
}
