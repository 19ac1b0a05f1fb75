import { listAt, textAt, valueAt, type JsonObject } from '../../shared/json';
import { withoutPeople } from './paypal.evidence';
import { parseAmount, type PayPalAmount } from './paypal.wire';

/** https://developer.paypal.com/docs/api/customer-disputes/v1/#definition-dispute, without what people wrote in it. */
export interface PayPalDispute {
  readonly id: string;
  readonly status: string;
  /** Null until it is resolved. */
  readonly outcome: string | null;
  readonly amount: PayPalAmount | null;
  readonly captureIds: readonly string[];
  readonly reason: string | null;
  readonly createTime: string | null;
  readonly raw: JsonObject;
}

/** Null when this is no dispute. */
export function parseDispute(body: unknown): PayPalDispute | null {
  const id = textAt(body, 'dispute_id');
  const status = textAt(body, 'status');
  if (id === null || status === null) return null;
  return {
    id,
    status,
    outcome: textAt(body, 'dispute_outcome', 'outcome_code'),
    amount: parseAmount(valueAt(body, 'dispute_amount')),
    captureIds: listAt(body, 'disputed_transactions').flatMap(
      (transaction) => textAt(transaction, 'seller_transaction_id') ?? [],
    ),
    reason: textAt(body, 'reason'),
    createTime: textAt(body, 'create_time'),
    raw: withoutPeople(body),
  };
}
