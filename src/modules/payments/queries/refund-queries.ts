import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import {
  type KeysetFilter,
  keysetPage,
  type PageRequest,
  type PageRows,
} from '../../../platform/http/keyset';
import { ownedBySql } from '../../customers/customers.facade';
import { type RefundState } from '../domain/refund-lifecycle';
import { REFUND_COLUMNS, type RefundRow } from '../storage/refund.row';
import { type ShownOperation } from './payment-queries';

/** A refund and its unfinished operation, if any. */
export interface ShownRefund extends RefundRow {
  readonly operation: ShownOperation | null;
}

const SHOWN_COLUMNS = `${REFUND_COLUMNS},
  (SELECT json_build_object('id', o.id, 'kind', o.kind, 'state', o.state) FROM payments.operations o
   WHERE o.refund_id = r.id AND o.state IN ('unsettled', 'needs_review') LIMIT 1) AS operation`;

const FROM = 'payments.refunds r JOIN payments.payments p ON p.id = r.payment_id';

const find: Statement<{ row: ShownRefund }> = statement(
  'find-refund',
  `SELECT row_to_json(s) AS row FROM (SELECT ${SHOWN_COLUMNS} FROM ${FROM} WHERE r.id = $1
     AND ($2::text IS NULL OR ${ownedBySql({ customer: 'p.customer_id', subject: '$2' })})) s`,
);

const named: Statement<{ payment_id: string }> = statement(
  'find-payments-of-refunds-named-by-a-notification',
  `SELECT payment_id FROM payments.refunds
   WHERE account = $1 AND (provider_refund_id = ANY($2) OR id = ANY($3::uuid[]))
   UNION SELECT payment_id FROM payments.facts
   WHERE account = $1 AND kind = 'capture' AND ref = ANY($2) AND payment_id IS NOT NULL LIMIT 5`,
);

const holder: Statement<{ id: string }> = statement(
  'find-holder-of-provider-refund-id',
  'SELECT id FROM payments.refunds WHERE account = $1 AND provider_refund_id = $2',
);

/** What a list of refunds can be narrowed by; null leaves it open. */
export interface RefundFilter {
  readonly paymentId: string | null;
  readonly state: RefundState | null;
  readonly provider: string | null;
}

/** Reads refunds; a user sees those of the customers it owns, staff all of them. */
@Injectable()
export class RefundQueries {
  constructor(private readonly database: Database) {}

  /** Null when there is none that the caller may see. */
  async find(caller: Caller, id: string): Promise<ShownRefund | null> {
    const owner = caller.role === 'staff' ? null : caller.subject;
    const [found] = await this.database.query(find, [id, owner]);
    return found?.row ?? null;
  }

  /** For our own use, where access was checked before. */
  async get(id: string): Promise<ShownRefund> {
    const [found] = await this.database.query(find, [id, null]);
    if (!found) throw new Error(`refund ${id} vanished`);
    return found.row;
  }

  /** Payments whose refunds a notification may be about, by ids that it merely claims. */
  async paymentsNamed(hints: {
    readonly account: string;
    /** Of refunds, or of the captures that they belong to. */
    readonly objectIds: readonly string[];
    readonly ids: readonly string[];
  }): Promise<readonly string[]> {
    const { account, objectIds, ids } = hints;
    const rows = await this.database.query(named, [account, objectIds, ids]);
    return rows.map(({ payment_id }) => payment_id);
  }

  /** Our refund that has this id at the provider; null when none has. */
  async holderOf(there: { account: string; refundId: string }): Promise<string | null> {
    const [found] = await this.database.query(holder, [there.account, there.refundId]);
    return found?.id ?? null;
  }

  async list(
    caller: Caller,
    filter: RefundFilter,
    page: PageRequest,
  ): Promise<PageRows<ShownRefund>> {
    return keysetPage<ShownRefund>(this.database, page, {
      name: 'list-refunds',
      columns: SHOWN_COLUMNS,
      from: FROM,
      alias: 'r',
      filters: filtersOf(caller, filter),
    });
  }
}

function filtersOf(caller: Caller, filter: RefundFilter): KeysetFilter[] {
  const owner = caller.role === 'staff' ? null : caller.subject;
  const possible = [
    {
      name: 'owner',
      sql: (at: string) => ownedBySql({ customer: 'p.customer_id', subject: at }),
      value: owner,
    },
    { name: 'payment', sql: (at: string) => `r.payment_id = ${at}`, value: filter.paymentId },
    { name: 'state', sql: (at: string) => `r.state = ${at}`, value: filter.state },
    { name: 'provider', sql: (at: string) => `r.account = ${at}`, value: filter.provider },
  ];
  return possible.filter(({ value }) => value !== null);
}
