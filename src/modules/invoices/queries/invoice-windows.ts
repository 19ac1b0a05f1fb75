import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import {
  type CountedRows,
  type NumberedPage,
  numberedPageSql,
} from '../../../platform/http/numbered-page';
import { ownedBySql } from '../../customers/customers.facade';

/** Issued invoices in one currency, as the older API shows them. */
export interface InvoiceWindow {
  readonly currency: string;
}

export interface WindowedInvoice {
  readonly id: string;
  readonly currency: string;
  readonly total_minor: string;
  readonly start_date: string | null;
  readonly end_date: string | null;
  readonly customer_id: string;
  /** Who was billed, as the document says it. */
  readonly customer_name: string;
  readonly issued_at: string;
  readonly has_pdf: boolean;
  /** With VAT; they add up to the total. */
  readonly lines: readonly { readonly description: string; readonly total_minor: string }[];
}

const COLUMNS = `i.id, i.currency, i.total_minor::text AS total_minor, i.start_date, i.end_date, i.customer_id,
  i.document::json -> 'customer' ->> 'name' AS customer_name, i.issued_at,
  EXISTS (SELECT FROM invoices.files f WHERE f.invoice_id = i.id AND f.kind = 'pdf') AS has_pdf,
  (SELECT json_agg(json_build_object('description', l.description, 'total_minor', l.total_minor::text) ORDER BY l.line)
   FROM invoices.lines l WHERE l.invoice_id = i.id) AS lines`;

/** Placeholders 1 and 2: the currency, and whose customers; null for everybody's. Credit notes have no place there. */
const VISIBLE = `i.kind = 'invoice' AND i.state <> 'draft' AND i.currency = $1
  AND ($2::text IS NULL OR ${ownedBySql({ customer: 'i.customer_id', subject: '$2' })})`;

const IN_PAGES = `${VISIBLE} AND ($3::uuid IS NULL OR i.customer_id = $3)`;

const list: Statement<CountedRows<WindowedInvoice>> = statement(
  'list-windowed-invoices',
  numberedPageSql({
    from: 'invoices.invoices i',
    alias: 'i',
    columns: COLUMNS,
    where: IN_PAGES,
    newest: 'issued_at',
    limit: '$4',
    offset: '$5',
  }),
);

const find: Statement<{ row: WindowedInvoice }> = statement(
  'find-windowed-invoice',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${COLUMNS} FROM invoices.invoices i WHERE i.id = $3 AND ${VISIBLE}) r`,
);

/** Reads issued invoices through a window; of those a user sees the ones of its customers, staff all of them. */
@Injectable()
export class InvoiceWindows {
  constructor(private readonly database: Database) {}

  /** Newest first. Counted and numbered, which costs more the more there are: keyset lists are for new clients. */
  async list(
    caller: Caller,
    window: InvoiceWindow,
    { customerId, offset, limit }: NumberedPage,
  ): Promise<CountedRows<WindowedInvoice>> {
    const values = [...valuesOf(caller, window), customerId, limit, offset];
    const [page] = await this.database.query(list, values);
    return page ?? { count: 0, rows: [] };
  }

  /** Null when the caller sees none with this id. */
  async find(caller: Caller, window: InvoiceWindow, id: string): Promise<WindowedInvoice | null> {
    const [found] = await this.database.query(find, [...valuesOf(caller, window), id]);
    return found?.row ?? null;
  }
}

function valuesOf({ role, subject }: Caller, { currency }: InvoiceWindow) {
  return [currency, role === 'staff' ? null : subject];
}
