import { type DomainEvent } from '../../platform/events/events';
import { showId } from '../../shared/id';
import { minorTextToJson, minorToJson } from '../../shared/money/money';
import { isAllowed } from './domain/invoice-lifecycle';
import { openAmount, overpaidAmount } from './domain/open-amount';
import { type InvoiceRow, moneyOf } from './storage/invoice.row';

/** What other modules and merchants can hear about invoices and credit notes (`kind` says which). */
export type InvoiceEventType =
  /** It has a number and is owed; of a credit note: it takes effect. */
  | 'invoice.issued'
  /** Nothing of it is open any more. */
  | 'invoice.paid'
  /** A credit note took some or all of it back; `state` says which. */
  | 'invoice.credited'
  /** More was paid than is owed; it stays on the balance of the customer. */
  | 'invoice.overpaid'
  /** Money that was paid for it went back to the payer, by a refund or a chargeback. */
  | 'invoice.payment_returned';

interface EventDetails {
  readonly creditNote?: string | null;
  /** What went back to the payer just now, in minor units. */
  readonly returned?: bigint | null;
}

export function invoiceEvent(
  type: InvoiceEventType,
  invoice: InvoiceRow,
  { creditNote = null, returned = null }: EventDetails = {},
): DomainEvent {
  const money = moneyOf(invoice);
  return {
    type,
    subjectKind: 'invoice',
    subjectId: invoice.id,
    subjectSeq: invoice.version,
    data: {
      id: showId('inv', invoice.id),
      kind: invoice.kind,
      number: invoice.number_text,
      state: invoice.state,
      customer: showId('cus', invoice.customer_id),
      currency: invoice.currency,
      total_amount: minorTextToJson(invoice.total_minor),
      open_amount: minorToJson(invoice.kind === 'invoice' ? openAmount(money) : 0n),
      credited_amount: minorTextToJson(invoice.credited_minor),
      captured_amount: minorTextToJson(invoice.captured_minor),
      refunded_amount: minorTextToJson(invoice.refunded_minor),
      charged_back_amount: minorTextToJson(invoice.charged_back_minor),
      overpaid_amount: minorToJson(overpaidAmount(money)),
      issue_date: invoice.issue_date,
      due_date: invoice.due_date,
      credits: invoice.credits_id === null ? null : showId('inv', invoice.credits_id),
      ...(returned === null ? {} : returnedOf(invoice, returned)),
      credit_note: creditNote === null ? null : showId('inv', creditNote),
    },
  };
}

/** How much, and where the part of the invoice that it paid is taken back; null where nothing is left to take back. */
function returnedOf(invoice: InvoiceRow, returned: bigint) {
  const path = `/api/invoices/${showId('inv', invoice.id)}/credit`;
  return {
    returned_amount: minorToJson(returned),
    _links: { credit: isAllowed('credit', invoice) ? path : null },
  };
}
