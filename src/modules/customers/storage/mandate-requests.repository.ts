import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { type CallResult, type CallTrouble, type Refusal } from '../../../providers/provider-call';

/** Longer than a call to a provider may take (15 s): who shows no result by then has died. */
const LEASE_S = 30;

export interface NewMandateRequest {
  readonly id: string;
  readonly customerId: string;
  readonly account: string;
  readonly providerCustomer: string;
  readonly payMethod: string;
  readonly createdBy: string;
}

/** An intent to make a mandate, and what is known of it. */
export interface MandateRequestRow {
  readonly id: string;
  readonly customer_id: string;
  readonly account: string;
  readonly pay_method: string;
  readonly state: 'unsettled' | 'succeeded' | 'refused';
  /** The provider's id of what was made. */
  readonly mandate: string | null;
  readonly refusal: Refusal['kind'] | 'not_sent' | 'not_found' | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly error_reference: string | null;
  /** The first request is still being worked on. */
  readonly is_leased: boolean;
}

const insert = statement<never>(
  'insert-mandate-request',
  `INSERT INTO customers.mandate_requests (id, customer_id, account, provider_customer, pay_method, created_by, lease_until)
   VALUES ($1, $2, $3, $4, $5, $6, now() + ${LEASE_S} * interval '1 second')`,
);

const find = statement<MandateRequestRow>(
  'find-mandate-request',
  `SELECT id, customer_id, account, pay_method, state, mandate, refusal, error_code, error_message,
     error_reference, lease_until > now() AS is_leased
   FROM customers.mandate_requests WHERE id = $1`,
);

const settle = statement<never>(
  'settle-mandate-request',
  `UPDATE customers.mandate_requests SET state = $2, mandate = $3, refusal = $4, error_code = $5,
     error_message = $6, error_reference = $7, lease_until = now(), settled_at = clock_timestamp()
   WHERE id = $1 AND state = 'unsettled'`,
);

const release = statement<never>(
  'release-mandate-request',
  `UPDATE customers.mandate_requests SET lease_until = now(), error_code = $2, error_message = $3,
     error_reference = $4 WHERE id = $1 AND state = 'unsettled'`,
);

/** The only code that writes intents to make a mandate. */
@Injectable()
export class MandateRequestsRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, request: NewMandateRequest): Promise<void> {
    const { id, customerId, account, providerCustomer, payMethod, createdBy } = request;
    await tx.query(insert, [id, customerId, account, providerCustomer, payMethod, createdBy]);
  }

  async find(id: string): Promise<MandateRequestRow | null> {
    const [row] = await this.database.query(find, [id]);
    return row ?? null;
  }

  /** `mandate` is the provider's id of what was made. */
  async succeed({ id, mandate }: { readonly id: string; readonly mandate: string }): Promise<void> {
    await this.database.query(settle, [id, 'succeeded', mandate, null, null, null, null]);
  }

  async refuse(
    on: Queryable,
    id: string,
    result: Exclude<CallResult<never>, { outcome: 'done' | 'unknown' }>,
  ): Promise<void> {
    const isRefused = result.outcome === 'refused';
    const refusal = isRefused ? result.refusal.kind : result.outcome;
    const { code, message, reference } = isRefused ? result.refusal : result.trouble;
    await on.query(settle, [id, 'refused', null, refusal, code, message, reference]);
  }

  /** Nobody knows, and nobody works on it any more. */
  async release(id: string, { code, message, reference }: CallTrouble): Promise<void> {
    await this.database.query(release, [id, code, message, reference]);
  }
}
