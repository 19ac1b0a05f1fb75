import { type PayPalSigner } from '../paypal/notifications/signer';
import { type Order, paymentIdsOf, type RememberedRequest, type Token } from '../paypal/order';
import { type Mandate } from '../paypro/mandate';
import { type Customer, type Payment } from '../paypro/payment';
import { type Change } from './changes.wire';
import { type Journal, noJournal, openJournal } from './journal';
import { type LedgerEntry } from './ledger';
import { MoneyBack } from './money-back';
import { Outbox } from './outbox';
import { replayFile } from './replay';

/** The simulator's whole memory. Readers may look at every map; only `commit` changes one. */
export class Store {
  readonly tokens = new Map<string, Token>();
  readonly orders = new Map<string, Order>();
  /** The order of each capture and authorization. */
  readonly orderOfPayment = new Map<string, string>();
  /** The payment of each pay page token of Payments v1. */
  readonly orderOfToken = new Map<string, string>();
  readonly requests = new Map<string, RememberedRequest>();
  readonly payments = new Map<string, Payment>();
  readonly customers = new Map<string, Customer>();
  readonly mandates = new Map<string, Mandate>();
  readonly ledger: LedgerEntry[] = [];
  readonly moneyBack = new MoneyBack();
  readonly outbox = new Outbox();
  paypalSigner: PayPalSigner | undefined;
  private advancedMs = 0;
  private journal: Journal = noJournal;
  private changed: () => void = () => undefined;

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
    this.changed();
  }

  /** Calls back after every commit; there is one who listens, the sender of the notifications. */
  whenChanged(listener: () => void): void {
    this.changed = listener;
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
      case 'webhook':
        this.outbox.webhooks.set(change.value.id, change.value);
        return;
      case 'event':
        this.outbox.keepEvent(change.value);
        return;
      case 'delivery':
        this.outbox.keepDelivery(change.value);
        return;
      case 'paypal.signer':
        this.paypalSigner = change.value;
        return;
      case 'paypal.token':
        this.tokens.set(change.value.account, change.value);
        return;
      case 'paypal.request':
        this.requests.set(change.value.key, change.value);
        return;
      case 'paypal.order':
        this.orders.set(change.value.id, change.value);
        for (const id of paymentIdsOf(change.value)) this.orderOfPayment.set(id, change.value.id);
        if (change.value.v1) this.orderOfToken.set(change.value.v1.token, change.value.id);
        return;
      case 'paypro.payment':
        this.payments.set(change.value.id, change.value);
        return;
      case 'paypro.customer':
        this.customers.set(change.value.id, change.value);
        return;
      case 'paypro.mandate':
        this.mandates.set(change.value.id, change.value);
        return;
      case 'paypal.refund':
      case 'paypal.dispute':
      case 'paypro.refund':
      case 'paypro.chargeback':
        this.moneyBack.keep(change);
        return;
    }
  }
}
