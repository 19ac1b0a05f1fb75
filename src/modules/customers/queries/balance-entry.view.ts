import { showId } from '../../../shared/id';
import { currencyExponent } from '../../../shared/money/currency';
import { minorTextToDecimal, sumTextToJson } from '../../../shared/money/money';
import { toTimestamp } from '../../../platform/http/timestamp';
import { type BalanceEntryResponse } from '../http/balance-entry.response';
import { type LedgerPosting } from '../storage/ledger';

/** One line of the ledger that belongs to a customer, as the database hands it over; money as text. */
export interface BalanceEntryRow {
  readonly id: string;
  readonly created_at: string;
  readonly customer_id: string;
  readonly payment_id: string | null;
  readonly cause_kind: LedgerPosting['causeKind'];
  readonly cause_id: string;
  readonly currency: string;
  readonly amount_minor: string;
  /** Sum of this entry and all before it in the same currency. */
  readonly balance_minor: string;
}

export function toBalanceEntryResponse(
  row: BalanceEntryRow,
  baseUrl: string,
): BalanceEntryResponse {
  const exponent = currencyExponent(row.currency);
  const customer = showId('cus', row.customer_id);
  const payment = row.payment_id === null ? null : showId('pay', row.payment_id);
  return {
    id: showId('bal', row.id),
    type: 'balance_entry',
    customer,
    amount: sumTextToJson(row.amount_minor),
    amount_decimal: minorTextToDecimal(row.amount_minor, exponent),
    currency: row.currency,
    balance_amount: sumTextToJson(row.balance_minor),
    balance_amount_decimal: minorTextToDecimal(row.balance_minor, exponent),
    cause: { kind: row.cause_kind, id: causeOf(row), payment },
    created_at: toTimestamp(row.created_at),
    _links: {
      customer: `${baseUrl}/api/customers/${customer}`,
      ...(payment === null ? {} : { payment: `${baseUrl}/api/payments/${payment}` }),
      ...(isDocument(row) ? { invoice: `${baseUrl}/api/invoices/${causeOf(row)}` } : {}),
    },
  };
}

function causeOf(row: BalanceEntryRow): string {
  return isDocument(row) ? showId('inv', row.cause_id) : row.cause_id;
}

function isDocument({ cause_kind }: BalanceEntryRow): boolean {
  return cause_kind === 'invoice' || cause_kind === 'credit_note';
}
