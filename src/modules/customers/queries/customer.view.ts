import { type JsonObject } from '../../../shared/json';
import { showId } from '../../../shared/id';
import { minorTextToDecimal, sumTextToJson } from '../../../shared/money/money';
import { currencyExponent } from '../../../shared/money/currency';
import { toTimestamp } from '../../../platform/http/timestamp';
import { type CustomerFields } from '../storage/customers.repository';
import { type CustomerResponse } from '../http/customer.response';

/** A customer as the database hands it over: one JSON row. */
export interface CustomerRow extends CustomerFields {
  readonly id: string;
  readonly owners: readonly string[];
  /** Minor units as text, so that no reader rounds them. */
  readonly balances: readonly { readonly currency: string; readonly minor: string }[];
  /** The provider's ids, by account. */
  readonly provider_refs: Readonly<Record<string, string>>;
  readonly created_at: string;
  readonly updated_at: string;
}

/** SELECT list of `CustomerRow` over `customers.customers c`. */
export const CUSTOMER_COLUMNS = `
  c.id, c.name, c.email, c.first_name, c.last_name, c.company_name, c.address, c.postal, c.city, c.country,
  c.vat_number, c.phone_number, c.locale, c.reference, c.metadata, c.created_at, c.updated_at,
  (SELECT coalesce(json_agg(o.subject ORDER BY o.subject), '[]') FROM customers.owners o
    WHERE o.customer_id = c.id) AS owners,
  (SELECT coalesce(json_agg(b ORDER BY b.currency), '[]') FROM (
     SELECT e.currency, sum(e.amount_minor)::text AS minor FROM customers.ledger_entries e
     WHERE e.customer_id = c.id GROUP BY e.currency) b) AS balances,
  (SELECT coalesce(json_object_agg(pc.account, pc.provider_customer), '{}') FROM customers.provider_customers pc
    WHERE pc.customer_id = c.id AND pc.provider_customer IS NOT NULL) AS provider_refs`;

export function toCustomerResponse(row: CustomerRow, baseUrl: string): CustomerResponse {
  const { balances, metadata, ...fields } = row;
  const id = showId('cus', row.id);
  const self = `${baseUrl}/api/customers/${id}`;
  return {
    ...fields,
    id,
    type: 'customer',
    metadata: { ...metadata } satisfies JsonObject,
    owners: [...row.owners],
    provider_refs: { ...row.provider_refs },
    balances: balances.map(({ currency, minor }) => ({
      currency,
      amount: sumTextToJson(minor),
      amount_decimal: minorTextToDecimal(minor, currencyExponent(currency)),
    })),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
    _links: {
      self,
      payments: `${baseUrl}/api/payments?customer=${id}`,
      balance_entries: `${self}/balance-entries`,
    },
  };
}
