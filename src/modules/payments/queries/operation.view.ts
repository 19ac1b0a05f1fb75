import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { currencyExponent } from '../../../shared/money/currency';
import { minorTextToDecimal, minorTextToJson } from '../../../shared/money/money';
import { type StaffOperationResponse } from '../http/operation.response';
import { type OperationView } from './operation-queries';

/** An operation as staff see it. */
export function toOperationResponse(row: OperationView): StaffOperationResponse {
  return {
    id: showId('op', row.id),
    type: 'operation',
    kind: row.kind,
    state: row.state,
    payment: showId('pay', row.payment_id),
    payment_state: row.payment_state,
    provider: row.account,
    provider_payment_id: row.provider_payment_id,
    amount: minorTextToJson(row.amount_minor),
    amount_decimal: minorTextToDecimal(row.amount_minor, currencyExponent(row.currency)),
    currency: row.currency,
    attempts: row.attempts,
    first_sent_at: toTimestamp(row.first_sent_at),
    next_attempt_at: row.state === 'unsettled' ? toTimestamp(row.next_attempt_at) : null,
    error: errorOf(row),
    review: reviewOf(row),
    created_by: row.created_by,
    created_at: toTimestamp(row.created_at),
    settled_at: toTimestampOrNull(row.settled_at),
  };
}

/** Trouble on the way is over once it succeeded; what did not fit is kept with the payment. */
function errorOf(row: OperationView) {
  if (row.state === 'succeeded') return null;
  const code = row.error_code ?? (row.state === 'needs_review' ? row.conflict : null);
  if (code === null) return null;
  const message = row.error_message ?? 'The provider shows another payment than the one we made.';
  return { code, message, reference: row.error_reference };
}

function reviewOf(row: OperationView) {
  const { review_decision: decision, reviewed_at: at } = row;
  if (decision === null || at === null) return null;
  return { decision, note: row.review_note ?? '', by: row.reviewed_by ?? '', at: toTimestamp(at) };
}
