import { type JsonObject } from '../../../shared/json';
import { Money } from '../../../shared/money/money';
import { type ChoiceReason } from '../../../providers/choose-provider';
import { type CaptureMethod } from '../../../providers/payment-provider';
import { type PaymentState } from '../domain/payment-lifecycle';

/** A payment as the database hands it over: one JSON row, money as text, times as PostgreSQL writes them. */
export interface PaymentRow {
  readonly id: string;
  readonly account: string;
  /** `provider`: made over there, for a subscription or an installment plan. */
  readonly chosen_because: ChoiceReason | 'provider';
  readonly customer_id: string | null;
  /** What it pays for, such as an `invoice`, and the UUID of that; opaque here. Both null for nothing in particular. */
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly state: PaymentState;
  readonly amount_minor: string;
  readonly currency: string;
  readonly captured_minor: string;
  readonly refunded_minor: string;
  readonly capture_method: CaptureMethod;
  /** The provider's id of what it holds for us; null where it holds nothing. */
  readonly authorization_id: string | null;
  readonly authorized_minor: string | null;
  /** What can still be captured of it. */
  readonly capturable_minor: string;
  readonly authorization_honored_until: string | null;
  readonly authorization_expires_at: string | null;
  readonly description: string | null;
  readonly return_url: string | null;
  readonly cancel_url: string | null;
  readonly pay_methods: readonly string[];
  readonly setup_mandate: boolean;
  readonly mandate: string | null;
  readonly auto_approve: boolean;
  readonly locale: string | null;
  readonly metadata: JsonObject;
  readonly provider_payment_id: string | null;
  readonly provider_token: string | null;
  readonly provider_state: string | null;
  readonly provider_customer: string | null;
  readonly subscription: string | null;
  readonly installment_plan: string | null;
  readonly checkout_url: string | null;
  readonly pay_method: string | null;
  readonly payer_id: string | null;
  readonly payer_agreed_at: string | null;
  readonly paid_at: string | null;
  readonly canceled_via: 'provider' | 'void' | 'local' | null;
  readonly conflict: string | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly version: number;
  readonly created_by: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** SELECT list of `PaymentRow` over an alias `p`. */
export const PAYMENT_COLUMNS = `
  p.id, p.account, p.chosen_because, p.customer_id, p.subject_kind, p.subject_id, p.state, p.amount_minor::text AS amount_minor, p.currency,
  p.captured_minor::text AS captured_minor, p.refunded_minor::text AS refunded_minor,
  p.capture_method, p.authorization_id, p.authorized_minor::text AS authorized_minor,
  p.capturable_minor::text AS capturable_minor, p.authorization_honored_until, p.authorization_expires_at,
  p.description, p.return_url, p.cancel_url, p.pay_methods, p.setup_mandate, p.mandate, p.auto_approve, p.locale, p.metadata,
  p.provider_payment_id, p.provider_token, p.provider_state, p.provider_customer, p.subscription,
  p.installment_plan, p.checkout_url, p.pay_method, p.payer_id, p.payer_agreed_at, p.paid_at, p.canceled_via,
  p.conflict, p.error_code, p.error_message, p.version, p.created_by, p.created_at, p.updated_at`;

export function amountOf(payment: PaymentRow): Money {
  return Money.of(BigInt(payment.amount_minor), payment.currency);
}
