import { type Tx } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import { type InvoiceLocale } from '../domain/invoice-document';
import {
  type InvoiceKind,
  type InvoiceState,
  type InvoiceTrigger,
} from '../domain/invoice-lifecycle';
import { type InvoiceMoney } from '../domain/open-amount';
import { INVOICE_COLUMNS, type InvoiceRow, LINE_COLUMNS, type LineRow } from './invoice.row';

/** What a draft says; everything of it may still change. Amounts are minor units. */
export interface DraftFields {
  readonly customerId: string;
  readonly currency: string;
  readonly locale: InvoiceLocale;
  readonly reference: string | null;
  readonly dueDate: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly vatExemptionReason: string | null;
  readonly net: bigint;
  readonly vat: bigint;
  readonly total: bigint;
  readonly lines: readonly LineRow[];
}

export interface NewDraft extends DraftFields {
  readonly id: string;
  readonly kind: InvoiceKind;
  readonly creditsId: string | null;
  readonly actor: string;
}

/** What the issue adds, for ever. */
export interface IssuedFields {
  readonly series: string;
  readonly year: number;
  readonly number: number;
  readonly number_text: string;
  readonly issue_date: string;
  readonly issued_at: string;
  readonly due_date: string | null;
  /** Canonical JSON, and the SHA-256 of its bytes in hexadecimal digits. */
  readonly document: string;
  readonly document_sha256: string;
}

export interface InvoiceChange {
  /** The new state and what led to it; left out when it stays. */
  readonly move?: { readonly to: InvoiceState; readonly trigger: InvoiceTrigger };
  readonly issued?: IssuedFields;
  /** Left out when no money moved. */
  readonly money?: Omit<InvoiceMoney, 'total'>;
  /** What caused it: `api`, `payment`, `refund`, `chargeback`. */
  readonly cause: string;
  readonly actor: string;
}

const FIELDS = `$2::uuid, $3, $4, $5, $6::date, $7::date, $8::date, $9, $10::bigint, $11::bigint, $12::bigint`;
const NAMES = `customer_id, currency, locale, reference, due_date, start_date, end_date, vat_exemption_reason,
  net_minor, vat_minor, total_minor`;

const insert: Statement<{ row: InvoiceRow }> = statement(
  'insert-invoice',
  `WITH i AS (
     INSERT INTO invoices.invoices (id, ${NAMES}, kind, credits_id, created_by)
     VALUES ($1, ${FIELDS}, $13, $14::uuid, $15) RETURNING *
   ), history AS (
     INSERT INTO invoices.state_changes (invoice_id, seq, to_state, trigger, cause, actor)
     SELECT id, version, state, 'create', 'api', created_by FROM i
   )
   SELECT row_to_json(r) AS row FROM (SELECT ${INVOICE_COLUMNS} FROM i) r`,
);

const edit: Statement<{ row: InvoiceRow }> = statement(
  'edit-invoice',
  `WITH i AS (
     UPDATE invoices.invoices SET (${NAMES}) = ROW(${FIELDS}), version = version + 1, updated_at = now()
     WHERE id = $1 AND version = $13 AND state = 'draft' RETURNING *
   )
   SELECT row_to_json(r) AS row FROM (SELECT ${INVOICE_COLUMNS} FROM i) r`,
);

const insertLines = statement<never>(
  'insert-invoice-lines',
  `INSERT INTO invoices.lines (invoice_id, line, description, quantity, unit, unit_price, price_includes_vat,
     vat_category, vat_rate, net_minor, total_minor, credits_line)
   SELECT $1, line, description, quantity, unit, unit_price, price_includes_vat, vat_category, vat_rate, net_minor,
     total_minor, credits_line
   FROM jsonb_to_recordset($2::jsonb) AS l(line integer, description text, quantity text, unit text, unit_price text,
     price_includes_vat boolean, vat_category text, vat_rate text, net_minor bigint, total_minor bigint,
     credits_line integer)`,
);

const deleteLines = statement<never>(
  'delete-invoice-lines',
  'DELETE FROM invoices.lines WHERE invoice_id = $1',
);

const remove = statement<{ id: string }>(
  'delete-invoice',
  `DELETE FROM invoices.invoices WHERE id = $1 AND version = $2 AND state = 'draft' RETURNING id`,
);

const lock: Statement<{ row: InvoiceRow }> = statement(
  'lock-invoice',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${INVOICE_COLUMNS} FROM invoices.invoices i WHERE i.id = $1 FOR UPDATE) r`,
);

const lines: Statement<{ lines: readonly LineRow[] }> = statement(
  'list-invoice-lines',
  `SELECT coalesce(json_agg(r ORDER BY r.line), '[]') AS lines FROM (
     SELECT ${LINE_COLUMNS} FROM invoices.lines l WHERE l.invoice_id = $1) r`,
);

const creditedLines: Statement<CreditedPart> = statement(
  'list-credited-lines',
  `SELECT l.credits_line AS line, l.quantity, l.net_minor::text AS net_minor,
     (l.total_minor - l.net_minor)::text AS vat_minor
   FROM invoices.lines l JOIN invoices.invoices n ON n.id = l.invoice_id
   WHERE n.credits_id = $1`,
);

const change: Statement<{ row: InvoiceRow }> = statement(
  'change-invoice',
  `WITH i AS (
     UPDATE invoices.invoices SET
       state = coalesce($3, state), version = version + 1, updated_at = now(),
       series = coalesce($4::jsonb ->> 'series', series), year = coalesce(($4::jsonb ->> 'year')::integer, year),
       number = coalesce(($4::jsonb ->> 'number')::integer, number),
       number_text = coalesce($4::jsonb ->> 'number_text', number_text),
       issue_date = coalesce(($4::jsonb ->> 'issue_date')::date, issue_date),
       issued_at = coalesce(($4::jsonb ->> 'issued_at')::timestamptz, issued_at),
       due_date = CASE WHEN $4::jsonb ? 'due_date' THEN ($4::jsonb ->> 'due_date')::date ELSE due_date END,
       document = coalesce($4::jsonb ->> 'document', document),
       document_sha256 = coalesce($4::jsonb ->> 'document_sha256', document_sha256),
       credited_minor = coalesce($5::bigint, credited_minor), captured_minor = coalesce($6::bigint, captured_minor),
       refunded_minor = coalesce($7::bigint, refunded_minor),
       charged_back_minor = coalesce($8::bigint, charged_back_minor),
       paid_at = CASE WHEN $3 = 'paid' THEN now() ELSE paid_at END
     WHERE id = $1 AND version = $2 RETURNING *
   ), history AS (
     INSERT INTO invoices.state_changes (invoice_id, seq, from_state, to_state, trigger, cause, actor)
     SELECT id, version, $9, state, $10, $11, $12 FROM i WHERE $3 IS NOT NULL
   )
   SELECT row_to_json(r) AS row FROM (SELECT ${INVOICE_COLUMNS} FROM i) r`,
);

/** The only code that writes invoices and their lines, and `change` the only place where a state is assigned. */
export class InvoicesRepository {
  async insert(tx: Tx, draft: NewDraft): Promise<InvoiceRow> {
    const { id, kind, creditsId, actor } = draft;
    const [row] = await tx.query(insert, [id, ...values(draft), kind, creditsId, actor]);
    await tx.query(insertLines, [id, JSON.stringify(draft.lines)]);
    return requireRow(row, id);
  }

  /** Replaces everything that a locked draft says. */
  async edit(tx: Tx, { id, version }: InvoiceRow, fields: DraftFields): Promise<InvoiceRow> {
    const [row] = await tx.query(edit, [id, ...values(fields), version]);
    await tx.query(deleteLines, [id]);
    await tx.query(insertLines, [id, JSON.stringify(fields.lines)]);
    return requireRow(row, id);
  }

  /** A locked draft, with all that belongs to it. */
  async delete(tx: Tx, { id, version }: InvoiceRow): Promise<void> {
    const rows = await tx.query(remove, [id, version]);
    if (rows.length === 0) throw stale(id);
  }

  /** Holds the invoice until the transaction ends; everything that decides about it reads it this way. Null: none. */
  async lock(tx: Tx, id: string): Promise<InvoiceRow | null> {
    const [locked] = await tx.query(lock, [id]);
    return locked?.row ?? null;
  }

  /** In a statement of its own, after the lock: what was read while waiting for it may be out of date. */
  async linesOf(tx: Tx, id: string): Promise<readonly LineRow[]> {
    const [found] = await tx.query(lines, [id]);
    return found?.lines ?? [];
  }

  /** What credit notes have taken back of a locked invoice, line by line. */
  async creditedLinesOf(tx: Tx, id: string): Promise<readonly CreditedPart[]> {
    return tx.query(creditedLines, [id]);
  }

  /** Throws when it is not the version that was locked. */
  async change(tx: Tx, invoice: InvoiceRow, to: InvoiceChange): Promise<InvoiceRow> {
    const { move, issued, money } = to;
    const [row] = await tx.query(change, [
      invoice.id,
      invoice.version,
      move?.to ?? null,
      issued ? JSON.stringify(issued) : null,
      money?.credited.toString() ?? null,
      money?.captured.toString() ?? null,
      money?.refunded.toString() ?? null,
      money?.chargedBack.toString() ?? null,
      invoice.state,
      move?.trigger ?? null,
      to.cause,
      to.actor,
    ]);
    return requireRow(row, invoice.id);
  }
}

/** What one credit note took back of a line. */
export interface CreditedPart {
  readonly line: number;
  readonly quantity: string;
  readonly net_minor: string;
  readonly vat_minor: string;
}

/** In the order of `FIELDS`. */
function values(fields: DraftFields) {
  return [
    fields.customerId,
    fields.currency,
    fields.locale,
    fields.reference,
    fields.dueDate,
    fields.startDate,
    fields.endDate,
    fields.vatExemptionReason,
    fields.net.toString(),
    fields.vat.toString(),
    fields.total.toString(),
  ];
}

function requireRow(found: { readonly row: InvoiceRow } | undefined, id: string): InvoiceRow {
  if (!found) throw stale(id);
  return found.row;
}

function stale(id: string): Error {
  return new Error(`stale write to invoice ${id} refused`);
}
