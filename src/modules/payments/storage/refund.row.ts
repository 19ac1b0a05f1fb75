import { Money } from '../../../shared/money/money';
import { type RefundState } from '../domain/refund-lifecycle';

/** `api`: asked for here. `provider`: made in the provider's own dashboard and found by us. */
export type RefundOrigin = 'api' | 'provider';

/** A refund as the database hands it over: one JSON row, money as text, times as PostgreSQL writes them. */
export interface RefundRow {
  readonly id: string;
  readonly payment_id: string;
  readonly account: string;
  readonly state: RefundState;
  readonly amount_minor: string;
  readonly currency: string;
  readonly capture_ref: string | null;
  readonly origin: RefundOrigin;
  readonly description: string | null;
  readonly reason: string | null;
  /** Where the money goes; null once the provider knows it, or where it need not be said. */
  readonly account_holder_name: string | null;
  readonly iban: string | null;
  readonly provider_refund_id: string | null;
  readonly provider_state: string | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly refunded_at: string | null;
  readonly version: number;
  readonly created_by: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** SELECT list of `RefundRow` over an alias `r`. */
export const REFUND_COLUMNS = `
  r.id, r.payment_id, r.account, r.state, r.amount_minor::text AS amount_minor, r.currency, r.capture_ref, r.origin,
  r.description, r.reason, r.account_holder_name, r.iban, r.provider_refund_id, r.provider_state, r.error_code,
  r.error_message, r.refunded_at, r.version, r.created_by, r.created_at, r.updated_at`;

export function refundAmountOf(refund: RefundRow): Money {
  return Money.of(BigInt(refund.amount_minor), refund.currency);
}
