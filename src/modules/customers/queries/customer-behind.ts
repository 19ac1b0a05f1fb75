import { type Queryable } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

const findBehind = statement<{ customer_id: string }>(
  'find-customer-behind-provider-customer',
  `SELECT customer_id FROM customers.provider_customers WHERE account = $1 AND provider_customer = $2
   UNION ALL
   SELECT customer_id FROM customers.former_provider_customers WHERE account = $1 AND provider_customer = $2 LIMIT 1`,
);

/** Our customer that one of a provider's stands for, or stood for before it was deleted there; null for one that we do not know. */
export async function customerBehind(
  on: Queryable,
  { account, providerCustomer }: { readonly account: string; readonly providerCustomer: string },
): Promise<string | null> {
  const [row] = await on.query(findBehind, [account, providerCustomer]);
  return row?.customer_id ?? null;
}
