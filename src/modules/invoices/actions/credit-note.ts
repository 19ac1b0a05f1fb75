import { showId } from '../../../shared/id';
import { type CreditPlan } from '../domain/credit-plan';
import { showDecimal } from '../domain/decimal';
import { type InvoiceDocument } from '../domain/invoice-document';
import { type DocumentParts } from '../domain/make-document';
import { type InvoiceRow, type LineRow } from '../storage/invoice.row';
import { type NewDraft } from '../storage/invoices.repository';
import { documentLine } from './document-parts';

interface Planned {
  readonly invoice: InvoiceRow;
  readonly lines: readonly LineRow[];
  readonly plan: CreditPlan;
  readonly id: string;
  readonly actor: string;
}

/** The credit note as a draft: the lines of the invoice with the quantities that are taken back, numbered anew. */
export function creditNoteOf({ invoice, lines, plan, id, actor }: Planned): NewDraft {
  const taken = plan.lines.flatMap(({ line, quantity, net, total }) => {
    const source = lines.find((one) => one.line === line);
    return source ? [{ source, quantity, net, total }] : [];
  });
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
    lines: taken.map(({ source, quantity, net, total }, at) => ({
      ...source,
      line: at + 1,
      quantity: showDecimal(quantity),
      net_minor: net.toString(),
      total_minor: total.toString(),
      credits_line: source.line,
    })),
  };
}

/**
 * What its document says. It corrects what was sent, so it stands between the same parties: issuer and customer are those
 * of the original's document, whatever either is called by now and whatever the settings say or lack.
 */
export function creditNoteParts(of: {
  readonly draft: InvoiceRow;
  readonly note: NewDraft;
  readonly plan: CreditPlan;
  readonly original: InvoiceDocument;
  readonly issueDate: string;
}): DocumentParts {
  const { draft, note, plan, original, issueDate } = of;
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
    issuer: original.issuer,
    customer: original.customer,
    lines: note.lines.map(documentLine),
    groups: plan.groups,
    prepaid: 0n,
    exemptionReason: draft.vat_exemption_reason,
    payUrl: null,
  };
}
