import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { currencyExponent } from '../../../shared/money/currency';
import { minorTextToDecimal, minorTextToJson } from '../../../shared/money/money';
import { type ChargebackResponse } from '../http/chargeback.response';
import { type ChargebackRow } from '../storage/chargeback.row';

/** A chargeback as the API shows it. */
export function toChargebackResponse(row: ChargebackRow, baseUrl: string): ChargebackResponse {
  const id = showId('chg', row.id);
  const payment = showId('pay', row.payment_id);
  const exponent = currencyExponent(row.currency);
  return {
    id,
    type: 'chargeback',
    payment,
    provider: row.account,
    provider_chargeback_id: row.provider_chargeback_id,
    state: row.state,
    provider_state: row.provider_state,
    amount: minorTextToJson(row.amount_minor),
    amount_decimal: minorTextToDecimal(row.amount_minor, exponent),
    taken_amount: minorTextToJson(row.taken_minor),
    taken_amount_decimal: minorTextToDecimal(row.taken_minor, exponent),
    currency: row.currency,
    reason: row.reason,
    conflict: row.conflict,
    opened_at: toTimestampOrNull(row.opened_at),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
    _links: {
      self: `${baseUrl}/api/chargebacks/${id}`,
      payment: `${baseUrl}/api/payments/${payment}`,
    },
  };
}
