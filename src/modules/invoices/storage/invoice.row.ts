import { type DraftLine } from '../domain/draft';
import { type InvoiceLocale } from '../domain/invoice-document';
import { type InvoiceKind, type InvoiceState } from '../domain/invoice-lifecycle';
import { type InvoiceMoney } from '../domain/open-amount';

/** An invoice as the database hands it over: one JSON row, money as text, dates as `YYYY-MM-DD`. */
export interface InvoiceRow {
  readonly id: string;
  readonly kind: InvoiceKind;
  readonly state: InvoiceState;
  readonly customer_id: string;
  readonly currency: string;
  readonly locale: InvoiceLocale;
  readonly reference: string | null;
  readonly due_date: string | null;
  readonly start_date: string | null;
  readonly end_date: string | null;
  readonly vat_exemption_reason: string | null;
  /** What a credit note takes back from. */
  readonly credits_id: string | null;
  /** From here on: null until it is issued. */
  readonly number_text: string | null;
  readonly issue_date: string | null;
  readonly issued_at: string | null;
  readonly document_sha256: string | null;
  readonly net_minor: string;
  readonly vat_minor: string;
  readonly total_minor: string;
  readonly credited_minor: string;
  readonly captured_minor: string;
  readonly refunded_minor: string;
  readonly charged_back_minor: string;
  readonly paid_at: string | null;
  readonly version: number;
  readonly created_by: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** SELECT list of `InvoiceRow` over an alias `i`. */
export const INVOICE_COLUMNS = `
  i.id, i.kind, i.state, i.customer_id, i.currency, i.locale, i.reference, i.due_date, i.start_date, i.end_date,
  i.vat_exemption_reason, i.credits_id, i.number_text, i.issue_date, i.issued_at, i.document_sha256,
  i.net_minor::text AS net_minor, i.vat_minor::text AS vat_minor, i.total_minor::text AS total_minor,
  i.credited_minor::text AS credited_minor, i.captured_minor::text AS captured_minor,
  i.refunded_minor::text AS refunded_minor, i.charged_back_minor::text AS charged_back_minor,
  i.paid_at, i.version, i.created_by, i.created_at, i.updated_at`;

export interface LineRow extends DraftLine {
  readonly line: number;
  readonly net_minor: string;
  /** With its share of the VAT. */
  readonly total_minor: string;
  /** On a credit note: the line of the invoice that this one takes back. */
  readonly credits_line: number | null;
}

/** SELECT list of `LineRow` over an alias `l`. */
export const LINE_COLUMNS = `
  l.line, l.description, l.quantity, l.unit, l.unit_price, l.price_includes_vat, l.vat_category, l.vat_rate,
  l.net_minor::text AS net_minor, l.total_minor::text AS total_minor, l.credits_line`;

export function moneyOf(invoice: InvoiceRow): InvoiceMoney {
  return {
    total: BigInt(invoice.total_minor),
    credited: BigInt(invoice.credited_minor),
    captured: BigInt(invoice.captured_minor),
    refunded: BigInt(invoice.refunded_minor),
    chargedBack: BigInt(invoice.charged_back_minor),
  };
}
