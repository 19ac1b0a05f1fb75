import { Money } from '../../../shared/money/money';
import { type ChargebackState } from '../domain/chargeback-lifecycle';

/** A chargeback as the database hands it over: one JSON row, money as text, times as PostgreSQL writes them. */
export interface ChargebackRow {
  readonly id: string;
  readonly payment_id: string;
  readonly account: string;
  readonly provider_chargeback_id: string;
  readonly state: ChargebackState;
  readonly provider_state: string;
  readonly amount_minor: string;
  readonly currency: string;
  readonly taken_minor: string;
  readonly movements: number;
  readonly reason: string | null;
  readonly conflict: string | null;
  /** The provider's id of the one capture that it takes from; null where it named none, or several. */
  readonly capture_ref: string | null;
  readonly opened_at: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** SELECT list of `ChargebackRow` over an alias `c`. */
export const CHARGEBACK_COLUMNS = `
  c.id, c.payment_id, c.account, c.provider_chargeback_id, c.state, c.provider_state,
  c.amount_minor::text AS amount_minor, c.currency, c.taken_minor::text AS taken_minor, c.movements, c.reason,
  c.conflict, c.capture_ref, c.opened_at, c.version, c.created_at, c.updated_at`;

export function chargebackAmountOf(chargeback: ChargebackRow): Money {
  return Money.of(BigInt(chargeback.amount_minor), chargeback.currency);
}
