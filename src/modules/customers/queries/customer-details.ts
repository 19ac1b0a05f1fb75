import { type Queryable } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/** Who a customer is, for documents that name them. */
export interface CustomerDetails {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly company_name: string | null;
  readonly address: string | null;
  readonly postal: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly vat_number: string | null;
  readonly locale: string | null;
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
