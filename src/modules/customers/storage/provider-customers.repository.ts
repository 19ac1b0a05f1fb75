import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Queryable, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { type CallTrouble } from '../../../providers/provider-call';
import { ownedBySql } from './owned-by';

/** Longer than a call to a provider may take (15 s): who shows no result by then has died. */
const LEASE_S = 30;

/** Which customer of ours, and at which account. */
export interface CustomerAccount {
  readonly customerId: string;
  readonly account: string;
}

/** A customer at one account, as far as anybody knows. */
export interface ProviderCustomerRow {
  readonly account: string;
  readonly provider_customer: string | null;
  readonly details_hash: string | null;
  /** Somebody asks the provider right now, or nobody should for a while. */
  readonly is_leased: boolean;
  /** Why there is none; null while it is being made. */
  readonly error_code: string | null;
  readonly error_message: string | null;
}

interface FoundRow extends ProviderCustomerRow {
  /** Others stood for it before. */
  readonly has_former: boolean;
}

const COLUMNS = `pc.account, pc.provider_customer, pc.details_hash,
  pc.lease_until > now() AS is_leased, pc.error_code, pc.error_message`;

const find = statement<FoundRow & { is_granted: boolean }>(
  'find-provider-customer',
  `SELECT $3::boolean OR ${ownedBySql({ customer: 'c.id', subject: '$4' })} AS is_granted, ${COLUMNS},
     EXISTS (SELECT FROM customers.former_provider_customers f
       WHERE f.customer_id = c.id AND f.account = $2) AS has_former
   FROM customers.customers c
   LEFT JOIN customers.provider_customers pc ON pc.customer_id = c.id AND pc.account = $2
   WHERE c.id = $1`,
);

const listOf = statement<ProviderCustomerRow>(
  'list-provider-customers',
  `SELECT ${COLUMNS} FROM customers.provider_customers pc WHERE pc.customer_id = $1 ORDER BY pc.account`,
);

/** Of any number of callers and processes one gets a row: who made it, or who found its lease run out. */
const take = statement<{ attempts: number }>(
  'take-provider-customer',
  `INSERT INTO customers.provider_customers AS pc (customer_id, account, lease_until)
   VALUES ($1, $2, now() + ${LEASE_S} * interval '1 second')
   ON CONFLICT (customer_id, account) DO UPDATE SET lease_until = excluded.lease_until,
     attempts = pc.attempts + 1, error_code = NULL, error_message = NULL, updated_at = now()
   WHERE pc.provider_customer IS NULL AND pc.lease_until <= now() RETURNING pc.attempts`,
);

const takeKnown = statement<{ attempts: number }>(
  'take-known-provider-customer',
  `UPDATE customers.provider_customers
   SET lease_until = now() + ${LEASE_S} * interval '1 second', attempts = attempts + 1
   WHERE customer_id = $1 AND account = $2 AND provider_customer = $3 AND lease_until <= now()
   RETURNING attempts`,
);

/** The first answer counts: one that comes after another was recorded is left unused at the provider. */
const record = statement<{ account: string }>(
  'record-provider-customer',
  `UPDATE customers.provider_customers SET provider_customer = $3, details_hash = $4, lease_until = now(),
     error_code = NULL, error_message = NULL, updated_at = now()
   WHERE customer_id = $1 AND account = $2 AND provider_customer IS NULL AND NOT EXISTS (
     SELECT FROM customers.provider_customers o WHERE o.account = $2 AND o.provider_customer = $3) AND NOT EXISTS (
     SELECT FROM customers.former_provider_customers f
     WHERE f.account = $2 AND f.provider_customer = $3 AND f.customer_id <> $1)
   RETURNING account`,
);

const fail = statement<never>(
  'fail-provider-customer',
  `UPDATE customers.provider_customers SET lease_until = now() + $4::int * interval '1 second',
     error_code = $5, error_message = $6, updated_at = now()
   WHERE customer_id = $1 AND account = $2 AND attempts = $3`,
);

const told = statement<{ account: string }>(
  'told-provider-customer',
  `UPDATE customers.provider_customers SET details_hash = $4, lease_until = now(),
     error_code = NULL, error_message = NULL, updated_at = now()
   WHERE customer_id = $1 AND account = $2 AND attempts = $3 RETURNING account`,
);

const doubt = statement<{ account: string }>(
  'doubt-provider-customer',
  `UPDATE customers.provider_customers SET details_hash = NULL, updated_at = now()
   WHERE customer_id = $1 AND account = $2 AND provider_customer = $3 RETURNING account`,
);

const forget = statement<never>(
  'forget-provider-customer',
  `WITH former AS (
     INSERT INTO customers.former_provider_customers (account, provider_customer, customer_id)
     SELECT account, provider_customer, customer_id FROM customers.provider_customers
     WHERE customer_id = $1 AND account = $2 AND attempts = $3 AND provider_customer IS NOT NULL
     ON CONFLICT DO NOTHING
   )
   UPDATE customers.provider_customers SET provider_customer = NULL, details_hash = NULL,
     lease_until = now(), updated_at = now()
   WHERE customer_id = $1 AND account = $2 AND attempts = $3`,
);

/** The only code that writes which customer at a provider stands for one of ours. */
@Injectable()
export class ProviderCustomersRepository {
  constructor(private readonly database: Database) {}

  /** Null when the caller may not act for the customer, or there is none. */
  async find(caller: Caller, { customerId, account }: CustomerAccount): Promise<FoundRow | null> {
    const values = [customerId, account, caller.role === 'staff', caller.subject];
    const [row] = await this.database.query(find, values);
    return row?.is_granted ? row : null;
  }

  /** One row per account, also those where nobody knows the provider's id yet. */
  async listOf(customerId: string): Promise<readonly ProviderCustomerRow[]> {
    return this.database.query(listOf, [customerId]);
  }

  /** The number of this attempt to make it; null when it is made or somebody is at it. */
  async take({ customerId, account }: CustomerAccount): Promise<number | null> {
    const [row] = await this.database.query(take, [customerId, account]);
    return row?.attempts ?? null;
  }

  /** The same for changing it: two changes at a time could arrive in the wrong order. */
  async takeKnown(
    { customerId, account }: CustomerAccount,
    providerCustomer: string,
  ): Promise<number | null> {
    const [row] = await this.database.query(takeKnown, [customerId, account, providerCustomer]);
    return row?.attempts ?? null;
  }

  /** False when another one was recorded before, or the provider gave the customer of somebody else. */
  async record(
    on: Queryable,
    { customerId, account }: CustomerAccount,
    made: { readonly providerCustomer: string; readonly detailsHash: string },
  ): Promise<boolean> {
    const values = [customerId, account, made.providerCustomer, made.detailsHash];
    return (await on.query(record, values)).length > 0;
  }

  /** Nobody asks again before the pause is over. */
  async fail(
    { customerId, account }: CustomerAccount,
    attempt: number,
    { trouble, pauseS }: { readonly trouble: CallTrouble; readonly pauseS: number },
  ): Promise<void> {
    const values = [customerId, account, attempt, pauseS, trouble.code, trouble.message];
    await this.database.query(fail, values);
  }

  /** False when the lease ran out and somebody else took over. */
  async told(
    { customerId, account }: CustomerAccount,
    attempt: number,
    detailsHash: string,
  ): Promise<boolean> {
    return (
      (await this.database.query(told, [customerId, account, attempt, detailsHash])).length > 0
    );
  }

  /** Nobody knows any more what the provider knows of it. False when another one stands for ours by now. */
  async doubt(
    tx: Tx,
    { customerId, account }: CustomerAccount,
    providerCustomer: string,
  ): Promise<boolean> {
    return (await tx.query(doubt, [customerId, account, providerCustomer])).length > 0;
  }

  /** The provider does not know it any more: the next need makes a new one. Whose it was is kept. */
  async forget({ customerId, account }: CustomerAccount, attempt: number): Promise<void> {
    await this.database.query(forget, [customerId, account, attempt]);
  }
}
