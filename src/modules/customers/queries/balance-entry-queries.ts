import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import {
  type KeysetFilter,
  keysetPage,
  type PageRequest,
  type PageRows,
} from '../../../platform/http/keyset';
import { ownedBySql } from '../customers.facade';
import { type BalanceEntryRow } from './balance-entry.view';

/** What the entries of a customer can be narrowed by; null leaves it open. */
export interface BalanceEntryFilter {
  readonly customerId: string;
  readonly currency: string | null;
  readonly createdFrom: Date | null;
  readonly createdTo: Date | null;
}

/**
 * The balance after each entry counts all before it, also those that a page or a filter by time leaves out. Customer
 * and currency part the sums, so that a condition on them is applied before anything is added up.
 */
const ENTRIES = `(
  SELECT t.id, t.created_at, e.customer_id, t.payment_id, t.cause_kind, t.cause_id, e.currency,
    e.amount_minor::text AS amount_minor, (sum(e.amount_minor) OVER (
      PARTITION BY e.customer_id, e.currency ORDER BY t.created_at, t.id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))::text AS balance_minor
  FROM customers.ledger_entries e JOIN customers.ledger_transactions t ON t.id = e.transaction_id
  WHERE e.customer_id IS NOT NULL) b`;

/** Reads what changed the balance of a customer. */
@Injectable()
export class BalanceEntryQueries {
  constructor(private readonly database: Database) {}

  /** Newest first; empty also for a customer that the caller may not see. */
  async list(
    caller: Caller,
    filter: BalanceEntryFilter,
    page: PageRequest,
  ): Promise<PageRows<BalanceEntryRow>> {
    return keysetPage<BalanceEntryRow>(this.database, page, {
      name: 'list-balance-entries',
      columns: 'b.*',
      from: ENTRIES,
      alias: 'b',
      filters: filtersOf(caller, filter),
    });
  }
}

function filtersOf(caller: Caller, filter: BalanceEntryFilter): KeysetFilter[] {
  const owner = caller.role === 'staff' ? null : caller.subject;
  const possible = [
    {
      name: 'customer',
      sql: (at: string) => `b.customer_id = ${at}::uuid`,
      value: filter.customerId,
    },
    {
      name: 'owner',
      sql: (at: string) => ownedBySql({ customer: 'b.customer_id', subject: at }),
      value: owner,
    },
    { name: 'currency', sql: (at: string) => `b.currency = ${at}`, value: filter.currency },
    { name: 'from', sql: (at: string) => `b.created_at >= ${at}`, value: filter.createdFrom },
    { name: 'to', sql: (at: string) => `b.created_at < ${at}`, value: filter.createdTo },
  ];
  return possible.filter(({ value }) => value !== null);
}
