import { isList, isObject } from '../http/json';
import { type Order, type RememberedRequest, type Token } from '../paypal/order';
import { type Customer, type Payment } from '../paypro/payment';
import { type LedgerEntry } from './ledger';

/** Everything that can change in the simulator; each value is the whole new object. */
export type Change =
  | { kind: 'clock'; value: { advancedMs: number } }
  | { kind: 'ledger'; value: LedgerEntry }
  | { kind: 'paypal.token'; value: Token }
  | { kind: 'paypal.order'; value: Order }
  | { kind: 'paypal.request'; value: RememberedRequest }
  | { kind: 'paypro.payment'; value: Payment }
  | { kind: 'paypro.customer'; value: Customer };

const KINDS = new Set<unknown>([
  'clock',
  'ledger',
  'paypal.token',
  'paypal.order',
  'paypal.request',
  'paypro.payment',
  'paypro.customer',
] satisfies Change['kind'][]);

/** Reads one line of the data file: the changes that were made together. Throws on anything else. */
export function readChanges(line: string): Change[] {
  const parsed: unknown = JSON.parse(line);
  if (!isList(parsed)) throw new Error('it is not a list of changes');
  return parsed.map((entry) => {
    if (!isObject(entry) || !KINDS.has(entry['kind']) || !isObject(entry['value'])) {
      throw new Error('it holds a change of an unknown kind');
    }
    // Only this process writes the file, so a known kind carries the shape it was written with.
    return entry as Change;
  });
}
