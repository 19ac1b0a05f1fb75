import { type Queryable, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { type JsonObject } from '../../../shared/json';

/** What a customer is made of, besides its id. Null where nothing is known. */
export interface CustomerFields {
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
  readonly phone_number: string | null;
  readonly locale: string | null;
  readonly reference: string | null;
  readonly metadata: JsonObject;
}

const FIELDS = [
  'name',
  'email',
  'first_name',
  'last_name',
  'company_name',
  'address',
  'postal',
  'city',
  'country',
  'vat_number',
  'phone_number',
  'locale',
  'reference',
] as const;

const insert = statement<never>(
  'insert-customer',
  `WITH made AS (
     INSERT INTO customers.customers (id, metadata, ${FIELDS.join(', ')})
     VALUES ($1, $2, ${FIELDS.map((_, i) => `$${i + 4}`).join(', ')}) RETURNING id
   )
   INSERT INTO customers.owners (customer_id, subject)
   SELECT made.id, subject FROM made, unnest($3::text[]) AS subject`,
);

const lock = statement<CustomerFields & { id: string }>(
  'lock-customer',
  `SELECT id, metadata, ${FIELDS.join(', ')} FROM customers.customers WHERE id = $1 FOR UPDATE`,
);

const get = statement<CustomerFields>(
  'get-customer',
  `SELECT metadata, ${FIELDS.join(', ')} FROM customers.customers WHERE id = $1`,
);

const update = statement<{ id: string }>(
  'update-customer',
  `UPDATE customers.customers
   SET metadata = $2, updated_at = now(), ${FIELDS.map((name, i) => `${name} = $${i + 3}`).join(', ')}
   WHERE id = $1 RETURNING id`,
);

const replaceOwners = statement<never>(
  'replace-customer-owners',
  `WITH removed AS (
     DELETE FROM customers.owners WHERE customer_id = $1 AND subject <> ALL ($2::text[])
   )
   INSERT INTO customers.owners (customer_id, subject)
   SELECT $1, subject FROM unnest($2::text[]) AS subject ON CONFLICT DO NOTHING`,
);

const findOwners = statement<{ subject: string }>(
  'find-customer-owners',
  'SELECT subject FROM customers.owners WHERE customer_id = $1',
);

export const NO_CUSTOMER_FIELDS: CustomerFields = {
  name: null,
  email: null,
  first_name: null,
  last_name: null,
  company_name: null,
  address: null,
  postal: null,
  city: null,
  country: null,
  vat_number: null,
  phone_number: null,
  locale: null,
  reference: null,
  metadata: {},
};

/** The only code that writes customers. */
export class CustomersRepository {
  async insert(
    tx: Tx,
    customer: { readonly id: string; readonly owners: readonly string[] } & CustomerFields,
  ): Promise<void> {
    const { id, owners, metadata } = customer;
    const values = FIELDS.map((name) => customer[name]);
    await tx.query(insert, [id, JSON.stringify(metadata), owners, ...values]);
  }

  /** Holds the customer until the transaction ends; null when there is none. */
  async lock(tx: Tx, id: string): Promise<CustomerFields | null> {
    const [row] = await tx.query(lock, [id]);
    return row ?? null;
  }

  /** As it is now; customers are never deleted. */
  async get(on: Queryable, id: string): Promise<CustomerFields> {
    const [row] = await on.query(get, [id]);
    if (!row) throw new Error(`customer ${id} vanished`);
    return row;
  }

  async update(tx: Tx, id: string, fields: CustomerFields): Promise<void> {
    const values = FIELDS.map((name) => fields[name]);
    await tx.query(update, [id, JSON.stringify(fields.metadata), ...values]);
  }

  /** Subjects in no particular order; they stay while the customer is locked. */
  async ownersOf(tx: Tx, id: string): Promise<readonly string[]> {
    const rows = await tx.query(findOwners, [id]);
    return rows.map(({ subject }) => subject);
  }

  async replaceOwners(tx: Tx, id: string, owners: readonly string[]): Promise<void> {
    await tx.query(replaceOwners, [id, owners]);
  }
}
