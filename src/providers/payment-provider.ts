import { type JsonObject } from '../shared/json';
import { type Money } from '../shared/money/money';
import { type CallResult, type Unsearchable } from './provider-call';
import { type ProviderCapabilities } from './provider-capabilities';
import { type InspectionOps } from './provider-inspection';
import {
  type ChargebackOps,
  type CustomerOps,
  type MandateOps,
  type NotificationOps,
  type PayMethodOps,
  type ProviderHold,
  type RefundOps,
} from './provider-parts';

/**
 * THE PORT: one configured account at one payment provider. It is split by use; a part that a provider
 * lacks is absent, and whoever needs it refuses with `unsupported_by_provider` before anything is sent.
 * Adapters translate and call. They decide nothing about our payments and keep no state of their own
 * beyond an access token.
 */
export interface PaymentProvider {
  /** Our name for the account, from `PROVIDERS`: `paypal`, `paypal_be`. */
  readonly account: string;
  /** Which adapter it is: `paypal`, `paypro`. */
  readonly type: string;
  /** For people: `PayPal`. */
  readonly name: string;
  readonly mode: 'live' | 'sandbox';
  readonly capabilities: ProviderCapabilities;
  readonly payments: PaymentOps;
  readonly holds?: HoldOps;
  readonly refunds?: RefundOps;
  readonly chargebacks?: ChargebackOps;
  readonly mandates?: MandateOps;
  readonly customers?: CustomerOps;
  readonly payMethods?: PayMethodOps;
  readonly notifications?: NotificationOps;
  readonly inspection?: InspectionOps;

  /** A cheap authenticated read: are the credentials accepted and does the provider answer? */
  check(): Promise<CallResult<null>>;
  /** Seconds until calls make sense again, 0 now: the circuit breaker's word, asked before an intent is written. */
  pausedForS(): number;
}

/** Payments. Every answer says what the provider holds now; callers compare it with what they stored. */
export interface PaymentOps {
  /** Asks the provider for something the payer can pay. Repeated with the same key it is one payment where
   *  `capabilities.repeat.createMs` says so, and a second one where it does not. */
  create(order: CreateOrder): Promise<CallResult<ProviderPayment>>;
  /** Reads one payment by the provider's id. */
  read(providerId: string): Promise<CallResult<ProviderPayment>>;
  /** Looks for a payment by our reference. `not_found` only when all pages since `createdAfter` were read, and
   *  `unsearchable` when there are too many, they take too long or one cannot be read: a person may say that it was
   *  not created. */
  find?(search: FindOrder): Promise<CallResult<ProviderPayment> | Unsearchable>;
  /** Takes the money of an agreed payment. One that was taken before comes back as `done` with that capture. */
  capture?(order: CaptureOrder): Promise<CallResult<ProviderPayment>>;
  /** Makes it unpayable. One that was canceled before comes back as `done`. */
  cancel?(order: CancelOrder): Promise<CallResult<ProviderPayment>>;
}

/**
 * Money that is held first and taken later. Each answer shows the whole payment, so that what was taken and what is
 * left are read off one answer. Authorizing repeats as long as `capabilities.repeat.captureMs` says, voiding always.
 */
export interface HoldOps {
  /** For how long the provider recognises a repeated capture or renewal by its key, in milliseconds; 0: never. */
  readonly repeatMs: number;
  /** Holds the money of an agreed payment. One that was held before comes back as `done` with that hold. */
  authorize(order: CaptureOrder): Promise<CallResult<ProviderPayment>>;
  /** Takes held money. `done` shows the capture that bears the reference; a declined one is `refused`. */
  capture(order: HoldCaptureOrder): Promise<CallResult<ProviderPayment>>;
  /**
   * Begins a new time in which the provider vouches for the money. `done` shows the hold with another id; a declined
   * renewal is `refused`, and the hold stands as before.
   */
  renew(order: HoldRenewal): Promise<CallResult<ProviderPayment>>;
  /**
   * Sets free what was not taken. A hold that ended before comes back as `done`, one that was taken whole is `refused`;
   * a payment of another amount or reference comes back as it is, and nothing is sent.
   */
  void(order: HoldVoid): Promise<CallResult<ProviderPayment>>;
}

/** To set free what is held for the payment of this amount. */
export interface HoldVoid extends CaptureOrder {
  /** Ours, of the payment. */
  readonly reference: string;
}

/** To capture so much of a hold, or to renew it over that amount. */
export interface HoldRenewal extends CaptureOrder {
  /** The one that counts now: the newest. */
  readonly holdId: string;
}

export interface HoldCaptureOrder extends HoldRenewal {
  /** Ours, unlike that of every other capture: finds this one again even if no answer arrives. */
  readonly reference: string;
  /** Nothing more will be taken: the provider sets the rest free. */
  readonly isFinal: boolean;
}

/** `manual`: the money is only held until somebody captures it. */
export type CaptureMethod = 'automatic' | 'manual';

export interface CreateOrder {
  /** Ours, `pay_…`: travels with the payment so that it can be found again even if no answer arrives. */
  readonly reference: string;
  /** Stays the same over all repeats of this create; at most 60 characters. */
  readonly key: string;
  readonly amount: Money;
  readonly captureMethod: CaptureMethod;
  readonly description: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  /** Empty: whatever the account offers. */
  readonly payMethods: readonly string[];
  readonly metadata: JsonObject;
  /** The provider's own id of the customer, where it has customers. */
  readonly providerCustomer: string | null;
  /** The provider's id of the mandate to charge, which moves the money without a payer; null for a payer who agrees. */
  readonly mandate: string | null;
  readonly setupMandate: boolean;
  /** BCP 47 or a bare language; a provider that cannot use it ignores it. */
  readonly locale: string | null;
}

export interface FindOrder {
  readonly reference: string;
  readonly createdAfter: Date;
}

export interface CaptureOrder {
  readonly providerId: string;
  readonly key: string;
  readonly amount: Money;
}

export interface CancelOrder {
  readonly providerId: string;
  readonly key: string;
}

/** States a provider can report, in our words; `unknown` for a word that the adapter does not know. */
export type ProviderState =
  'open' | 'processing' | 'authorized' | 'paid' | 'canceled' | 'expired' | 'failed' | 'unknown';

/** A payment as the provider shows it now. */
export interface ProviderPayment {
  readonly providerId: string;
  readonly state: ProviderState;
  /** Their word for the state, as it came. */
  readonly providerState: string;
  /** What the payer is asked for; null when the answer did not say (never treated as a match). */
  readonly amount: Money | null;
  /** Our reference as they hold it; null when the answer did not say. */
  readonly reference: string | null;
  /** Where the payer agrees; null when there is nothing left to agree to. */
  readonly checkoutUrl: string | null;
  /** The payer has agreed and the money may be taken. */
  readonly payerAgreed: boolean;
  /** Their id of the payer, such as PayPal's PayerID; null before the payer agreed or where there is none. */
  readonly payerId: string | null;
  /** Their token for the payer's session where it differs from the id; null otherwise. */
  readonly token: string | null;
  /** Money that the provider holds or tried to take. */
  readonly captures: readonly ProviderCapture[];
  /** Absent where no money was held first. */
  readonly hold?: ProviderHold;
  readonly payMethod: string | null;
  readonly providerCustomer: string | null;
  readonly mandate: string | null;
  readonly subscription: string | null;
  readonly installmentPlan: string | null;
  readonly paidAt: Date | null;
  /** What came over the wire, without secrets; kept as evidence. */
  readonly raw: JsonObject;
}

export interface ProviderCapture {
  /** Their id of the capture; where they have none, their id of the payment. */
  readonly captureId: string;
  /** `unknown`: a word that the adapter does not know; kept as evidence, never counted as money. */
  readonly state: 'completed' | 'pending' | 'failed' | 'unknown';
  readonly amount: Money;
  /** Our reference of a capture of held money; absent where a payment has one capture. */
  readonly reference?: string;
}

/**
 * An answer without an amount cannot be compared with what we stored. That is no mismatch and no match: it
 * is not known, and asking again may show it.
 */
export function withAmount(result: CallResult<ProviderPayment>): CallResult<ProviderPayment> {
  if (result.outcome !== 'done' || result.value.amount !== null) return result;
  return incomplete(result.value, 'amount');
}

/** The same for answers by which we learn that a payment is ours: they must name our reference as well. */
export function withAmountAndReference(
  result: CallResult<ProviderPayment>,
): CallResult<ProviderPayment> {
  if (result.outcome === 'done' && result.value.reference === null) {
    return incomplete(result.value, 'reference');
  }
  return withAmount(result);
}

function incomplete({ providerId, providerState }: ProviderPayment, part: string) {
  const message = `The answer shows ${providerId} as ${providerState} without its ${part}.`;
  const trouble = { code: 'answer_incomplete', message, reference: null };
  return { outcome: 'unknown' as const, trouble };
}
