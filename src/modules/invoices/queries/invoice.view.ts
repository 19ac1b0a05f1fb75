import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { currencyExponent } from '../../../shared/money/currency';
import { minorTextToDecimal, minorTextToJson, minorToJson } from '../../../shared/money/money';
import { type InvoiceAction, isAllowed } from '../domain/invoice-lifecycle';
import { openAmount, overpaidAmount } from '../domain/open-amount';
import {
  type InvoiceLineResponse,
  type InvoiceLinks,
  type InvoiceResponse,
  type InvoiceSummaryResponse,
  type VatSubtotalResponse,
} from '../http/invoice.response';
import { type InvoiceRow, type LineRow, moneyOf } from '../storage/invoice.row';
import { type ShownInvoice } from './invoice-queries';

/** An invoice as the API shows it. Pure, and the only place that decides what callers see of a row. */
export function toInvoiceResponse(row: ShownInvoice, baseUrl: string): InvoiceResponse {
  return {
    ...toInvoiceSummary(row, baseUrl),
    lines: row.lines.map((line) => toLine(line, currencyExponent(row.currency))),
    vat: subtotalsOf(row.lines),
    credit_notes: row.credit_notes.map((id) => showId('inv', id)),
  };
}

export function toInvoiceSummary(row: InvoiceRow, baseUrl: string): InvoiceSummaryResponse {
  const money = moneyOf(row);
  const open = row.kind === 'invoice' ? openAmount(money) : 0n;
  const shown = (minor: string) => minorTextToDecimal(minor, currencyExponent(row.currency));
  return {
    id: showId('inv', row.id),
    type: 'invoice',
    kind: row.kind,
    state: row.state,
    number: row.number_text,
    customer: showId('cus', row.customer_id),
    currency: row.currency,
    locale: row.locale,
    reference: row.reference,
    issue_date: row.issue_date,
    due_date: row.due_date,
    start_date: row.start_date,
    end_date: row.end_date,
    vat_exemption_reason: row.vat_exemption_reason,
    net_amount: minorTextToJson(row.net_minor),
    net_amount_decimal: shown(row.net_minor),
    vat_amount: minorTextToJson(row.vat_minor),
    vat_amount_decimal: shown(row.vat_minor),
    total_amount: minorTextToJson(row.total_minor),
    total_amount_decimal: shown(row.total_minor),
    open_amount: minorToJson(open),
    open_amount_decimal: shown(open.toString()),
    credited_amount: minorTextToJson(row.credited_minor),
    captured_amount: minorTextToJson(row.captured_minor),
    refunded_amount: minorTextToJson(row.refunded_minor),
    charged_back_amount: minorTextToJson(row.charged_back_minor),
    overpaid_amount: minorToJson(row.state === 'draft' ? 0n : overpaidAmount(money)),
    credits: row.credits_id === null ? null : showId('inv', row.credits_id),
    document_sha256: row.document_sha256,
    issued_at: toTimestampOrNull(row.issued_at),
    paid_at: toTimestampOrNull(row.paid_at),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
    _links: linksOf(row, baseUrl),
  };
}

function toLine(row: LineRow, exponent: number): InvoiceLineResponse {
  return {
    line: row.line,
    description: row.description,
    quantity: row.quantity,
    unit: row.unit,
    unit_price: row.unit_price,
    price_includes_vat: row.price_includes_vat,
    vat_category: row.vat_category,
    vat_rate: row.vat_rate,
    net_amount: minorTextToJson(row.net_minor),
    net_amount_decimal: minorTextToDecimal(row.net_minor, exponent),
    total_amount: minorTextToJson(row.total_minor),
    total_amount_decimal: minorTextToDecimal(row.total_minor, exponent),
    credits_line: row.credits_line,
  };
}

/** The lines hold their shares of the VAT, so each subtotal is the sum of those. */
function subtotalsOf(lines: readonly LineRow[]): VatSubtotalResponse[] {
  const groups = new Map<string, LineRow[]>();
  for (const line of lines) {
    const key = `${line.vat_category} ${line.vat_rate}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    const net = members.reduce((sum, line) => sum + BigInt(line.net_minor), 0n);
    const total = members.reduce((sum, line) => sum + BigInt(line.total_minor), 0n);
    const { vat_category, vat_rate } = first;
    const amounts = { net_amount: minorToJson(net), vat_amount: minorToJson(total - net) };
    return [{ vat_category, vat_rate, ...amounts }];
  });
}

function linksOf(row: InvoiceRow, baseUrl: string): InvoiceLinks {
  const self = `${baseUrl}/api/invoices/${showId('inv', row.id)}`;
  const step = (action: InvoiceAction) => (isAllowed(action, row) ? `${self}/${action}` : null);
  const file = (kind: string) => (row.state === 'draft' ? null : `${self}/${kind}`);
  return {
    self,
    issue: step('issue'),
    pay: step('pay'),
    credit: step('credit'),
    preview: row.state === 'draft' ? `${self}/preview` : null,
    pdf: file('pdf'),
    ubl: file('ubl'),
    facturx: file('facturx'),
    customer: `${baseUrl}/api/customers/${showId('cus', row.customer_id)}`,
  };
}
