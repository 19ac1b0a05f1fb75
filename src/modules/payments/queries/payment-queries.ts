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
import { type PaymentState } from '../domain/payment-lifecycle';
import { PAYMENT_COLUMNS, type PaymentRow } from '../storage/payment.row';
import { conflictFilter } from './conflict-filter';

/** A payment and its unfinished operation, if any. */
export interface ShownPayment extends PaymentRow {
  readonly operation: ShownOperation | null;
}

export interface ShownOperation {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
}

const SHOWN_COLUMNS = `${PAYMENT_COLUMNS},
  (SELECT json_build_object('id', o.id, 'kind', o.kind, 'state', o.state) FROM payments.operations o
   WHERE o.payment_id = p.id AND o.state IN ('unsettled', 'needs_review')
   ORDER BY o.created_at LIMIT 1) AS operation`;

const VISIBLE = `($2::text IS NULL OR ${ownedBySql({ customer: 'p.customer_id', subject: '$2' })})`;

/** An event is about one payment; a few more may be named by a hostile one. */
const NAMED_MAX = 5;

const find: Statement<{ row: ShownPayment }> = statement(
  'find-payment',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${SHOWN_COLUMNS} FROM payments.payments p WHERE p.id = $1) r`,
);

const findOwned: Statement<{ row: ShownPayment }> = statement(
  'find-owned-payment',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${SHOWN_COLUMNS} FROM payments.payments p
     WHERE p.id = $1 AND ${ownedBySql({ customer: 'p.customer_id', subject: '$2' })}) r`,
);

const resolve: Statement<{ id: string }> = statement(
  'resolve-payment',
  `SELECT p.id FROM payments.payments p
   WHERE (p.id = $1::uuid OR p.provider_payment_id = $3 OR p.provider_token = $3) AND ${VISIBLE} LIMIT 2`,
);

const named: Statement<{ row: PaymentRow }> = statement(
  'find-payments-named-by-a-notification',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${PAYMENT_COLUMNS} FROM payments.payments p
     WHERE p.account = $1 AND (p.provider_payment_id = ANY($2) OR p.id = ANY($3::uuid[]))
     ORDER BY p.created_at LIMIT ${NAMED_MAX}) r`,
);

/** What a list of payments can be narrowed by; null leaves it open. */
export interface PaymentFilter {
  readonly customerId: string | null;
  readonly state: PaymentState | null;
  readonly provider: string | null;
  readonly hasConflict: boolean | null;
  readonly createdFrom: Date | null;
  readonly createdTo: Date | null;
}

/** Reads payments; a user sees those of the customers it owns, staff all of them. */
@Injectable()
export class PaymentQueries {
  constructor(private readonly database: Database) {}

  /** Null when there is none that the caller may see. */
  async find(caller: Caller, id: string): Promise<ShownPayment | null> {
    const [found] =
      caller.role === 'staff'
        ? await this.database.lookUp(find, [id])
        : await this.database.lookUp(findOwned, [id, caller.subject]);
    return found?.row ?? null;
  }

  /** For our own use, where access was checked before. */
  async get(id: string): Promise<ShownPayment> {
    const [found] = await this.database.query(find, [id]);
    if (!found) throw new Error(`payment ${id} vanished`);
    return found.row;
  }

  /** The payments of an account that a notification may be about, by ids that it merely claims. */
  async named(hints: {
    readonly account: string;
    readonly providerIds: readonly string[];
    readonly ids: readonly string[];
  }): Promise<readonly PaymentRow[]> {
    const { account, providerIds, ids } = hints;
    const rows = await this.database.query(named, [account, providerIds, ids]);
    return rows.map(({ row }) => row);
  }

  /** Our ids of the visible payments that an id of ours or of a provider, or a token, stands for; at most two. */
  async resolve(
    caller: Caller,
    key: { id: string | null; text: string },
  ): Promise<readonly string[]> {
    const owner = caller.role === 'staff' ? null : caller.subject;
    const rows = await this.database.query(resolve, [key.id, owner, key.text]);
    return rows.map((row) => row.id);
  }

  async list(
    caller: Caller,
    filter: PaymentFilter,
    page: PageRequest,
  ): Promise<PageRows<ShownPayment>> {
    return keysetPage<ShownPayment>(this.database, page, {
      name: 'list-payments',
      columns: SHOWN_COLUMNS,
      from: 'payments.payments p',
      alias: 'p',
      filters: filtersOf(caller, filter),
    });
  }
}

function filtersOf(caller: Caller, filter: PaymentFilter): KeysetFilter[] {
  const owner = caller.role === 'staff' ? null : caller.subject;
  const possible = [
    {
      name: 'owner',
      sql: (at: string) => ownedBySql({ customer: 'p.customer_id', subject: at }),
      value: owner,
    },
    { name: 'customer', sql: (at: string) => `p.customer_id = ${at}`, value: filter.customerId },
    { name: 'state', sql: (at: string) => `p.state = ${at}`, value: filter.state },
    { name: 'provider', sql: (at: string) => `p.account = ${at}`, value: filter.provider },
    conflictFilter('p.conflict', filter.hasConflict),
    { name: 'from', sql: (at: string) => `p.created_at >= ${at}`, value: filter.createdFrom },
    { name: 'to', sql: (at: string) => `p.created_at < ${at}`, value: filter.createdTo },
  ];
  return possible.filter(({ value }) => value !== null);
}
