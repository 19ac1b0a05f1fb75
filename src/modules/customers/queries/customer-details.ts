import { type Queryable } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { type CustomerFields } from '../storage/customers.repository';

/** Who a customer is, for documents that name them. */
export interface CustomerDetails extends Omit<
  CustomerFields,
  'phone_number' | 'reference' | 'metadata'
> {
  readonly id: string;
}

const read = statement<CustomerDetails>(
  'read-customer-details',
  `SELECT id, name, email, first_name, last_name, company_name, address, postal, city, country, vat_number, locale
   FROM customers.customers WHERE id = $1`,
);

/** As they are now; null when there is no such customer. */
export async function customerDetails(on: Queryable, id: string): Promise<CustomerDetails | null> {
  const [row] = await on.query(read, [id]);
  return row ?? null;
}
