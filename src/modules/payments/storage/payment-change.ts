import { type DomainEvent, eventRows } from '../../../platform/events/events';
import { type PaymentState, type PaymentTrigger } from '../domain/payment-lifecycle';
import { type PaymentRow } from './payment.row';

/** What the provider told about a payment; a null keeps what is stored. */
export interface ProviderFields {
  readonly providerPaymentId?: string | null;
  readonly providerToken?: string | null;
  readonly providerState?: string | null;
  readonly checkoutUrl?: string | null;
  readonly payMethod?: string | null;
  readonly payerId?: string | null;
  readonly payerAgreed?: boolean;
  readonly paidAt?: Date | null;
  readonly capturedMinor?: bigint | null;
  readonly providerCustomer?: string | null;
  readonly mandate?: string | null;
  readonly subscription?: string | null;
  readonly installmentPlan?: string | null;
  readonly hold?: HoldFields | null;
}

/** What the provider holds for a payment; amounts are decimal text of minor units. */
export interface HoldFields {
  readonly id: string;
  readonly amount: string;
  readonly capturable: string;
  readonly honoredUntil: string | null;
  readonly expiresAt: string | null;
}

export interface PaymentChange extends ProviderFields {
  /** The new state and what led to it; left out when the state stays. */
  readonly move?: { readonly to: PaymentState; readonly trigger: PaymentTrigger };
  readonly canceledVia?: 'provider' | 'void' | 'local';
  readonly conflict?: string | null;
  /** The conflict is over, unless `conflict` names another one; otherwise what is stored is kept. */
  readonly endsConflict?: boolean;
  readonly error?: { readonly code: string; readonly message: string };
  /** What caused it: `api`, `refresh`, `sweeper`. */
  readonly cause: string;
  readonly actor: string;
  /** The operation that led to it. */
  readonly operationId?: string | null;
  /** What becomes of that operation; left out when it was settled already or is not to be. */
  readonly settle?: { readonly state: 'succeeded' | 'needs_review'; readonly providerRef: string };
  /** What is told about it; their reactions are the caller's to run. */
  readonly events?: readonly DomainEvent[];
}

/** The values of `change-payment`, in the order of its placeholders. */
export function changeValues(payment: PaymentRow, to: PaymentChange) {
  return [
    payment.id,
    payment.version,
    to.move?.to ?? null,
    to.providerPaymentId ?? null,
    to.providerToken ?? null,
    to.providerState ?? null,
    to.checkoutUrl ?? null,
    to.payMethod ?? null,
    to.payerId ?? null,
    to.payerAgreed ?? false,
    to.paidAt ?? null,
    to.capturedMinor?.toString() ?? null,
    to.canceledVia ?? null,
    to.conflict ?? null,
    to.error?.code ?? null,
    to.error?.message ?? null,
    to.providerCustomer ?? null,
    to.mandate ?? null,
    to.subscription ?? null,
    to.installmentPlan ?? null,
    payment.state,
    to.move?.trigger ?? null,
    to.cause,
    to.actor,
    to.operationId ?? null,
    to.settle?.state ?? null,
    to.settle?.providerRef ?? null,
    eventRows(to.events ?? []),
    to.endsConflict ?? false,
    to.hold ? JSON.stringify(to.hold) : null,
  ];
}
