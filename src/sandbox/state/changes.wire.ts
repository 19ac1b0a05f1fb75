import { isList, isObject } from '../http/json';
import { type Delivery, type NotifiedEvent, type Webhook } from '../notifications/notification';
import { type PayPalSigner } from '../paypal/notifications/signer';
import { type Dispute } from '../paypal/dispute';
import { type Order, type RememberedRequest, type Token } from '../paypal/order';
import { type Refund as PayPalRefund } from '../paypal/refund';
import { type Chargeback } from '../paypro/chargeback';
import { type Mandate } from '../paypro/mandate';
import { type Customer, type Payment } from '../paypro/payment';
import { type Refund as PayProRefund } from '../paypro/refund';
import { type LedgerEntry } from './ledger';

/** Everything that can change in the simulator; each value is the whole new object. */
export type Change =
  | { kind: 'clock'; value: { advancedMs: number } }
  | { kind: 'ledger'; value: LedgerEntry }
  | { kind: 'webhook'; value: Webhook }
  | { kind: 'event'; value: NotifiedEvent }
  | { kind: 'delivery'; value: Delivery }
  | { kind: 'paypal.signer'; value: PayPalSigner }
  | { kind: 'paypal.token'; value: Token }
  | { kind: 'paypal.order'; value: Order }
  | { kind: 'paypal.request'; value: RememberedRequest }
  | { kind: 'paypal.refund'; value: PayPalRefund }
  | { kind: 'paypal.dispute'; value: Dispute }
  | { kind: 'paypro.payment'; value: Payment }
  | { kind: 'paypro.customer'; value: Customer }
  | { kind: 'paypro.mandate'; value: Mandate }
  | { kind: 'paypro.refund'; value: PayProRefund }
  | { kind: 'paypro.chargeback'; value: Chargeback };

const KINDS = new Set<unknown>([
  'clock',
  'ledger',
  'webhook',
  'event',
  'delivery',
  'paypal.signer',
  'paypal.token',
  'paypal.order',
  'paypal.request',
  'paypal.refund',
  'paypal.dispute',
  'paypro.payment',
  'paypro.customer',
  'paypro.mandate',
  'paypro.refund',
  'paypro.chargeback',
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
