import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { currencyExponent } from '../../../shared/money/currency';
import { minorTextToDecimal, minorTextToJson } from '../../../shared/money/money';
import { type RefundResponse } from '../http/refund.response';
import { type RefundRow } from '../storage/refund.row';
import { type ShownOperation } from './payment-queries';

/** A refund as the API shows it; where the money goes is nobody's to read. */
export function toRefundResponse(
  row: RefundRow,
  operation: ShownOperation | null,
  baseUrl: string,
): RefundResponse {
  const id = showId('ref', row.id);
  const payment = showId('pay', row.payment_id);
  const self = `${baseUrl}/api/refunds/${id}`;
  return {
    id,
    type: 'refund',
    payment,
    provider: row.account,
    state: row.state,
    amount: minorTextToJson(row.amount_minor),
    amount_decimal: minorTextToDecimal(row.amount_minor, currencyExponent(row.currency)),
    currency: row.currency,
    description: row.description,
    reason: row.reason,
    origin: row.origin,
    provider_refund_id: row.provider_refund_id,
    provider_state: row.provider_state,
    error: errorOf(row),
    operation: operation && shownOperation(operation),
    refunded_at: toTimestampOrNull(row.refunded_at),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
    _links: {
      self,
      payment: `${baseUrl}/api/payments/${payment}`,
      cancel: row.state === 'pending' ? `${self}/cancel` : null,
    },
  };
}

function shownOperation({ id, kind, state }: ShownOperation) {
  return { id: showId('op', id), kind, state };
}

function errorOf({ state, error_code: code, error_message: message }: RefundRow) {
  return state !== 'failed' || code === null ? null : { code, message: message ?? '' };
}
