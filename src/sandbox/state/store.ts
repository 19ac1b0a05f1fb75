import { captureIdsOf, type Order, type RememberedRequest, type Token } from '../paypal/order';
import { type Customer, type Payment } from '../paypro/payment';
import { type Change } from './changes.wire';
import { type Journal, noJournal, openJournal } from './journal';
import { type LedgerEntry } from './ledger';
import { replayFile } from './replay';

/** The simulator's whole memory. Readers may look at every map; only `commit` changes one. */
export class Store {
  readonly tokens = new Map<string, Token>();
  readonly orders = new Map<string, Order>();
  readonly orderOfCapture = new Map<string, string>();
  readonly requests = new Map<string, RememberedRequest>();
  readonly payments = new Map<string, Payment>();
  readonly customers = new Map<string, Customer>();
  readonly ledger: LedgerEntry[] = [];
  private advancedMs = 0;
  private journal: Journal = noJournal;

  /** Reads back what the file holds and appends to it from then on; no file means memory only. */
  static async open(file: string | undefined, fsync: boolean): Promise<Store> {
    const store = new Store();
    if (file === undefined) return store;
    await replayFile(file, (change) => store.apply(change));
    store.journal = await openJournal(file, fsync);
    return store;
  }

  /** The simulator's clock: the machine's, moved forward by the control API. */
  now(): Date {
    return new Date(Date.now() + this.advancedMs);
  }

  /** Makes the changes at once and as one line: a kill keeps all of them or none. */
  commit(...changes: Change[]): void {
    if (this.journal !== noJournal) this.journal.append(JSON.stringify(changes));
    changes.forEach((change) => this.apply(change));
  }

  advanceClock(seconds: number): void {
    this.commit({ kind: 'clock', value: { advancedMs: this.advancedMs + seconds * 1000 } });
  }

  /** No answer may leave before this: all that it could have seen is then on the disk. */
  durable(): Promise<void> {
    return this.journal.durable();
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private apply(change: Change): void {
    switch (change.kind) {
      case 'clock':
        this.advancedMs = change.value.advancedMs;
        return;
      case 'ledger':
        this.ledger.push(change.value);
        return;
      case 'paypal.token':
        this.tokens.set(change.value.account, change.value);
        return;
      case 'paypal.request':
        this.requests.set(change.value.key, change.value);
        return;
      case 'paypal.order':
        this.orders.set(change.value.id, change.value);
        for (const id of captureIdsOf(change.value)) this.orderOfCapture.set(id, change.value.id);
        return;
      case 'paypro.payment':
        this.payments.set(change.value.id, change.value);
        return;
      case 'paypro.customer':
        this.customers.set(change.value.id, change.value);
        return;
    }
  }
}
