import { type JsonObject } from '../shared/json';
import { type Money } from '../shared/money/money';
import { type CallResult, type CallTrouble } from './provider-call';

/** Money back to the payer. */
export interface RefundOps {
  /** For how long the provider recognises a repeated refund by its key, in milliseconds; 0: never. */
  readonly repeatMs: number;
  refund(order: RefundOrder): Promise<CallResult<ProviderRefund>>;
  /** One refund by the provider's ids. */
  read(ids: RefundIds): Promise<CallResult<ProviderRefund>>;
  /** Every refund of a payment that the provider knows, also those made in its own dashboard. */
  list(providerId: string): Promise<CallResult<readonly ProviderRefund[]>>;
  cancel?(ids: RefundIds): Promise<CallResult<ProviderRefund>>;
  /**
   * Words for fields that a refund of this pay method needs and that are missing (`account_holder_name`, `iban`);
   * asked before anything is sent or written. Without an account they are all that it needs; others are refused.
   */
  missing?(order: {
    readonly payMethod: string | null;
    readonly account: RefundOrder['account'];
  }): readonly string[];
}

/** The provider's ids of a refund and of the payment that it belongs to. */
export interface RefundIds {
  readonly refundId: string;
  readonly providerId: string;
}

export interface RefundOrder {
  /** Ours, `ref_…`: what finds the refund again at a provider that keeps it. */
  readonly reference: string;
  readonly providerId: string;
  /** The capture that the money was taken by. */
  readonly captureId: string;
  readonly key: string;
  readonly amount: Money;
  readonly description: string | null;
  readonly reason: string | null;
  /** Where the money goes when the pay method does not say: Bancontact and cards at PayPro. */
  readonly account: { readonly holderName: string; readonly iban: string | null } | null;
}

export interface ProviderRefund {
  readonly refundId: string;
  readonly state: 'pending' | 'refunded' | 'failed' | 'canceled' | 'unknown';
  /** Their word as it came. */
  readonly providerState: string;
  /** As the answer says; an answer without one is unknown. */
  readonly amount: Money;
  /** Our reference as the provider holds it; null where it holds none, as for refunds made in its dashboard. */
  readonly reference: string | null;
  /** The capture that the money was taken by; null where the provider does not say. */
  readonly captureId: string | null;
  readonly createdAt: Date | null;
}

/** Money that the provider holds for us, to be taken in parts or given free until it expires. */
export interface ProviderHold {
  /** Their id of what the money is taken from; of the renewal where there is one. */
  readonly holdId: string;
  /**
   * `held`: money can be taken; `pending`: the provider still checks; `captured`: nothing is left to take;
   * `released`, `expired`, `denied`: what was not taken is free again. `unknown`: a word that the adapter does not know.
   */
  readonly state: 'held' | 'pending' | 'captured' | 'released' | 'expired' | 'denied' | 'unknown';
  /** All that was held, also what was taken since. */
  readonly amount: Money;
  /** Until then the provider vouches for the money; later it may still be taken. Null where it does not say. */
  readonly honoredUntil: Date | null;
  readonly expiresAt: Date | null;
}

/** Money that payers and their banks take back. Nobody can ask for it here: it is only read. */
export interface ChargebackOps {
  /** One chargeback by the provider's id of it; `not_found` also for what is no chargeback but a refund of ours. */
  read(chargebackId: string): Promise<CallResult<ProviderChargeback>>;
}

export interface ProviderChargeback {
  readonly chargebackId: string;
  /** `open`: not decided; `lost`: the payer keeps it; `won`: we do. `unknown`: a word that the adapter does not know. */
  readonly state: 'open' | 'lost' | 'won' | 'unknown';
  /** Their word as it came. */
  readonly providerState: string;
  /** What it is about; an answer without one is unknown. */
  readonly amount: Money;
  /**
   * What it has taken from our account at the provider as of now, in the currency of `amount`; null when nobody can
   * tell. Zero also where the provider tells of the same money by a chargeback of its own: it is counted there.
   */
  readonly taken: Money | null;
  /** Their id of the payment that it is of; null where they name captures instead. */
  readonly paymentId: string | null;
  /** The captures that it is of; empty where they name the payment instead. */
  readonly captureIds: readonly string[];
  /** Their word for why: `MD06`, `UNAUTHORISED`. */
  readonly reason: string | null;
  /** When it began, by their word. */
  readonly createdAt: Date | null;
  /** What came over the wire, without secrets; kept as evidence. */
  readonly raw: JsonObject;
}

/** Standing permissions to charge a customer without a redirect. */
export interface MandateOps {
  /** Makes a direct-debit mandate of a bank account. Repeated it is a second one, which charges nothing by itself. */
  create(order: MandateOrder): Promise<CallResult<ProviderMandate>>;
  /** One mandate by the provider's id, whosever it is: compare `providerCustomer`. */
  read(mandateId: string): Promise<CallResult<ProviderMandate>>;
  /** All of a customer, newest first; all of them or none. */
  list(providerCustomer: string): Promise<CallResult<readonly ProviderMandate[]>>;
}

export interface MandateOrder {
  readonly providerCustomer: string;
  /** Without spaces, check digits right. */
  readonly iban: string;
  readonly accountHolderName: string;
}

export interface ProviderMandate {
  readonly mandateId: string;
  /** Only an `approved` one can be charged. */
  readonly state: 'pending' | 'approved' | 'unknown';
  /** Their word for the state, as it came. */
  readonly providerState: string;
  /** Their id of who gave it; null when the answer did not say. */
  readonly providerCustomer: string | null;
  /** How it is charged: `direct-debit`, `creditcard`; null when the answer did not say. */
  readonly payMethod: string | null;
  readonly createdAt: Date | null;
}

/** Customers, where the provider keeps some of its own. */
export interface CustomerOps {
  /** Nothing is charged by it, so it may be repeated when no answer came: the first one is then left unused. */
  create(details: CustomerDetails): Promise<CallResult<{ readonly providerCustomer: string }>>;
  /** Everything that is known about it, nulls included; the same again changes nothing. */
  update(providerCustomer: string, details: CustomerDetails): Promise<CallResult<null>>;
}

export interface CustomerDetails {
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly companyName: string | null;
  readonly address: string | null;
  readonly postal: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly vatNumber: string | null;
  readonly phoneNumber: string | null;
}

/** Pay methods that are switched on for the account, where the provider lists them. */
export interface PayMethodOps {
  /** All of them, as they are now: what is not in the list cannot be paid with. */
  list(): Promise<CallResult<readonly ProviderPayMethod[]>>;
}

export interface ProviderPayMethod {
  /** Their word, as `pay_methods` of a payment takes it: `ideal`. */
  readonly id: string;
  /** For people: `iDEAL`. */
  readonly name: string;
  /** ISO 4217 codes; at least one. */
  readonly currencies: readonly string[];
  /** The least that one payment may be; null where the provider names none. */
  readonly minimum: Money | null;
  /** The most. */
  readonly maximum: Money | null;
}

/** What the provider tells us. A genuine notification is a hint about what to ask for, nothing more. */
export interface NotificationOps {
  /** Judges a delivery by its raw bytes; whatever it says, nothing was stored or changed. */
  verify(delivery: RawNotification): Promise<NotificationVerdict>;
  /**
   * The provider's own list of what it told or wanted to tell since then, oldest first, for deliveries that were
   * lost. `isComplete` is false when there were more than the adapter's named maximum: ask again from `readUntil`.
   */
  list(since: Date): Promise<CallResult<NotificationList>>;
}

export interface RawNotification {
  /** Exactly as it arrived. */
  readonly body: Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export type NotificationVerdict =
  | { readonly verdict: 'genuine'; readonly notification: ProviderNotification }
  /** Not from the provider, or not for this account: answered 401. `reason` is for our log and holds no secret. */
  | { readonly verdict: 'forged'; readonly reason: string }
  /** From the provider, and not an event as documented: answered 400. */
  | { readonly verdict: 'unreadable'; readonly reason: string }
  /** Nobody can tell now (their certificate or their answer is missing): answered 503, they send it again. */
  | { readonly verdict: 'undecided'; readonly trouble: CallTrouble };

/** What an event is about, in our words: who handles it registers for one of these. */
export type NotificationKind =
  'payment' | 'refund' | 'mandate' | 'chargeback' | 'subscription' | 'other';

export interface ProviderNotification {
  /** Theirs: the same event has the same id however often and by whatever way it comes. */
  readonly eventId: string;
  /** Their word: `PAYMENT.CAPTURE.COMPLETED`, `payment.paid`. */
  readonly eventType: string;
  readonly kind: NotificationKind;
  /** Their ids of payments that it may be about (`ProviderPayment.providerId`). */
  readonly paymentIds: readonly string[];
  /** Their ids of the object itself where it is no payment, which come first, and of what it is of: a refund, its capture. */
  readonly objectIds: readonly string[];
  /** Our references that it mentions, `pay_…`; unproven like everything in it. */
  readonly references: readonly string[];
  /** What the signature was made for, where it covers less than the body: a second event under it is forged. */
  readonly transmissionId: string | null;
  /** JSON text as it came. */
  readonly body: string;
  /** When it happened, by their word. */
  readonly occurredAt: Date | null;
}

export interface NotificationList {
  readonly notifications: readonly ProviderNotification[];
  readonly isComplete: boolean;
  /** Where it is not complete and has no gap: nothing that happened until then is missing. Later than `since`. */
  readonly readUntil?: Date;
  /**
   * Older events since then are missing, because the provider lists the newest ones first. `too_many`: they would
   * be missing the next time as well; `too_slow`: the next time may reach further.
   */
  readonly gap?: 'too_many' | 'too_slow';
}
