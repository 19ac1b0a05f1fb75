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
import { type InvoiceKind, type InvoiceState } from '../domain/invoice-lifecycle';
import {
  INVOICE_COLUMNS,
  type InvoiceRow,
  LINE_COLUMNS,
  type LineRow,
} from '../storage/invoice.row';

/** An invoice and what it is made of. */
export interface ShownInvoice extends InvoiceRow {
  readonly lines: readonly LineRow[];
  /** Its credit notes, oldest first. */
  readonly credit_notes: readonly string[];
}

const VISIBLE = `($2::text IS NULL OR (i.state <> 'draft' AND ${ownedBySql({ customer: 'i.customer_id', subject: '$2' })}))`;

const find: Statement<{ row: ShownInvoice }> = statement(
  'find-invoice',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${INVOICE_COLUMNS},
       (SELECT coalesce(json_agg(row_to_json(s) ORDER BY s.line), '[]') FROM (
          SELECT ${LINE_COLUMNS} FROM invoices.lines l WHERE l.invoice_id = i.id) s) AS lines,
       (SELECT coalesce(json_agg(n.id ORDER BY n.created_at, n.id), '[]') FROM invoices.invoices n
        WHERE n.credits_id = i.id) AS credit_notes
     FROM invoices.invoices i WHERE i.id = $1 AND ${VISIBLE}) r`,
);

/** What a list of invoices can be narrowed by; null leaves it open. */
export interface InvoiceFilter {
  readonly customerId: string | null;
  readonly state: InvoiceState | null;
  readonly kind: InvoiceKind | null;
  readonly number: string | null;
  /** Issue dates, both included. */
  readonly issuedFrom: string | null;
  readonly issuedTo: string | null;
  /** Whether it is due and not paid, by the issuer's day. */
  readonly isOverdue: boolean | null;
  /** Whether more is held than is owed. */
  readonly isOverpaid: boolean | null;
  /** Whether it is paid, but less is held than is owed, because money went back. */
  readonly isReturned: boolean | null;
  readonly timeZone: string;
}

/** Reads invoices; a user sees issued ones of the customers it owns, staff all of them. */
@Injectable()
export class InvoiceQueries {
  constructor(private readonly database: Database) {}

  /** Null when there is none that the caller may see. */
  async find(caller: Caller, id: string): Promise<ShownInvoice | null> {
    const [found] = await this.database.query(find, [id, ownerOf(caller)]);
    return found?.row ?? null;
  }

  async list(
    caller: Caller,
    filter: InvoiceFilter,
    page: PageRequest,
  ): Promise<PageRows<InvoiceRow>> {
    return keysetPage<InvoiceRow>(this.database, page, {
      name: 'list-invoices',
      columns: INVOICE_COLUMNS,
      from: 'invoices.invoices i',
      alias: 'i',
      filters: filtersOf(ownerOf(caller), filter),
    });
  }
}

function ownerOf(caller: Caller): string | null {
  return caller.role === 'staff' ? null : caller.subject;
}

function filtersOf(owner: string | null, filter: InvoiceFilter): KeysetFilter[] {
  const isOwned = (at: string) => ownedBySql({ customer: 'i.customer_id', subject: at });
  const possible = [
    { name: 'owner', sql: (at: string) => `i.state <> 'draft' AND ${isOwned(at)}`, value: owner },
    { name: 'customer', sql: (at: string) => `i.customer_id = ${at}`, value: filter.customerId },
    { name: 'state', sql: (at: string) => `i.state = ${at}`, value: filter.state },
    { name: 'kind', sql: (at: string) => `i.kind = ${at}`, value: filter.kind },
    { name: 'number', sql: (at: string) => `i.number_text = ${at}`, value: filter.number },
    { name: 'from', sql: (at: string) => `i.issue_date >= ${at}::date`, value: filter.issuedFrom },
    { name: 'to', sql: (at: string) => `i.issue_date <= ${at}::date`, value: filter.issuedTo },
    ...overdueFilter(filter),
    { name: 'overpaid', sql: (at: string) => `(${OVERPAID}) = ${at}`, value: filter.isOverpaid },
    { name: 'returned', sql: (at: string) => `(${RETURNED}) = ${at}`, value: filter.isReturned },
  ];
  return possible.filter(({ value }) => value !== null);
}

const HELD = 'i.captured_minor - i.refunded_minor - i.charged_back_minor';
const OWED = 'i.total_minor - i.credited_minor';
const OVERPAID = `i.kind = 'invoice' AND i.state <> 'draft' AND ${HELD} > ${OWED}`;
const RETURNED = `i.kind = 'invoice' AND i.state = 'paid' AND ${HELD} < ${OWED}`;

const OVERDUE = `i.kind = 'invoice' AND i.state = 'issued' AND i.due_date`;

function overdueFilter({ isOverdue, timeZone }: InvoiceFilter): KeysetFilter[] {
  if (isOverdue === null) return [];
  const today = (at: string) => `(now() AT TIME ZONE ${at})::date`;
  const sql = (at: string) => `${OVERDUE} < ${today(at)}`;
  return isOverdue
    ? [{ name: 'overdue', sql, value: timeZone }]
    : [{ name: 'not-overdue', sql: (at) => `(${sql(at)}) IS NOT TRUE`, value: timeZone }];
}
