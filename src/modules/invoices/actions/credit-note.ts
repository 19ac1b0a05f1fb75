import { showId } from '../../../shared/id';
import { type CreditPlan } from '../domain/credit-plan';
import { decimalOf, showDecimal } from '../domain/decimal';
import { type InvoiceDocument } from '../domain/invoice-document';
import { type DocumentParts } from '../domain/make-document';
import { lineTotals } from '../domain/totals';
import { type InvoicesSettings } from '../invoices.settings';
import { type InvoiceRow, type LineRow } from '../storage/invoice.row';
import { type NewDraft } from '../storage/invoices.repository';
import { documentLine } from './document-parts';
import { issuerOf } from './issuer';

interface Planned {
  readonly invoice: InvoiceRow;
  readonly lines: readonly LineRow[];
  readonly plan: CreditPlan;
  readonly id: string;
  readonly actor: string;
}

/** The credit note as a draft: the lines of the invoice with the quantities that are taken back, numbered anew. */
export function creditNoteOf({ invoice, lines, plan, id, actor }: Planned): NewDraft {
  const taken = plan.lines.flatMap(({ line, quantity, net }) => {
    const source = lines.find((one) => one.line === line);
    return source ? [{ source, quantity, net }] : [];
  });
  const priced = taken.map(({ source }) => ({
    vatCategory: source.vat_category,
    vatRate: decimalOf(source.vat_rate),
  }));
  const totals = { lineNets: taken.map(({ net }) => net), groups: plan.groups };
  const grosses = lineTotals(priced, totals);
  return {
    id,
    kind: 'credit_note',
    creditsId: invoice.id,
    actor,
    customerId: invoice.customer_id,
    currency: invoice.currency,
    locale: invoice.locale,
    reference: invoice.reference,
    dueDate: null,
    startDate: invoice.start_date,
    endDate: invoice.end_date,
    vatExemptionReason: invoice.vat_exemption_reason,
    net: plan.net,
    vat: plan.vat,
    total: plan.total,
    lines: taken.map(({ source, quantity, net }, at) => ({
      ...source,
      line: at + 1,
      quantity: showDecimal(quantity),
      net_minor: net.toString(),
      total_minor: String(grosses[at]),
      credits_line: source.line,
    })),
  };
}

/** What its document says: who was billed stays who was billed, whatever the customer is called by now. */
export function creditNoteParts(of: {
  readonly draft: InvoiceRow;
  readonly note: NewDraft;
  readonly plan: CreditPlan;
  readonly original: InvoiceDocument;
  readonly settings: InvoicesSettings;
  readonly issueDate: string;
}): DocumentParts {
  const { draft, note, plan, original, settings, issueDate } = of;
  return {
    kind: 'credit_note',
    id: showId('inv', draft.id),
    issueDate,
    dueDate: null,
    startDate: draft.start_date,
    endDate: draft.end_date,
    currency: draft.currency,
    locale: draft.locale,
    reference: draft.reference,
    credits: { id: original.id, number: original.number, issue_date: original.issue_date },
    issuer: issuerOf(settings),
    customer: original.customer,
    lines: note.lines.map(documentLine),
    groups: plan.groups,
    exemptionReason: draft.vat_exemption_reason,
    payUrl: null,
  };
}
