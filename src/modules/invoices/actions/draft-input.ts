import { invalidRequest } from '../../../platform/http/http.errors';
import { currencyExponent } from '../../../shared/money/currency';
import { AMOUNT_MAX } from '../../payments/payments.facade';
import { computeDraft, type DraftLine } from '../domain/draft';
import { type InvoiceRow } from '../storage/invoice.row';
import { type DraftFields } from '../storage/invoices.repository';

/** What a draft is made of; decimals are text that was checked. */
export interface DraftInput extends Omit<DraftFields, 'net' | 'vat' | 'total' | 'lines'> {
  readonly lines: readonly DraftLine[];
}

/** With its amounts. Throws what no single field shows: the order of dates, categories without their rate, the size. */
export function draftFieldsOf(input: DraftInput): DraftFields {
  const { startDate, endDate, lines } = input;
  if (startDate !== null && endDate !== null && endDate < startDate) {
    refuse('/end_date', 'Send an end_date that is not before start_date.');
  }
  lines.forEach((line, at) => {
    const isTaxed = /[1-9]/.test(line.vat_rate);
    if (line.vat_category === 'S' && !isTaxed) {
      refuse(
        `/lines/${at}/vat_rate`,
        'Send the rate of category S, such as "21". Category Z has none.',
      );
    }
    if (line.vat_category !== 'S' && isTaxed) {
      refuse(
        `/lines/${at}/vat_rate`,
        `Send "0", or nothing: category ${line.vat_category} has no rate.`,
      );
    }
  });
  const computed = computeDraft(lines, currencyExponent(input.currency));
  if (computed.total > BigInt(AMOUNT_MAX)) {
    refuse('/lines', `Send lines that come to at most ${AMOUNT_MAX} minor units with VAT.`);
  }
  return { ...input, ...computed };
}

/** What a stored draft was made of, without its lines. */
export function inputOf(invoice: InvoiceRow): Omit<DraftInput, 'lines'> {
  return {
    customerId: invoice.customer_id,
    currency: invoice.currency,
    locale: invoice.locale,
    reference: invoice.reference,
    dueDate: invoice.due_date,
    startDate: invoice.start_date,
    endDate: invoice.end_date,
    vatExemptionReason: invoice.vat_exemption_reason,
  };
}

function refuse(pointer: string, detail: string): never {
  throw invalidRequest(detail, { errors: [{ pointer, code: 'invalid', detail }] });
}
