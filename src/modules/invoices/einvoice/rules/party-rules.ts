import { type InvoiceDocument } from '../../domain/invoice-document';
import { type EInvoiceProblem } from '../e-invoice-error';
import { plainText } from '../plain-text';
import { type Requirement, unmet } from './requirement';
import { hasCategory } from './vat-groups';

/** What EN 16931 wants to know about both parties, the dates and the credited invoice. */
export function partyProblems(document: InvoiceDocument): readonly EInvoiceProblem[] {
  const { issuer, customer, credits } = document;
  return unmet([
    need('BR-06', 'The name of the issuer is missing.', issuer.name),
    need('BR-07', 'The name of the customer is missing.', customer.name),
    need('BR-09', 'The country of the issuer is missing.', issuer.country),
    need('BR-11', 'The country of the customer is missing.', customer.country),
    {
      rule: 'BR-CO-26',
      detail: 'The issuer needs a VAT number or a registration number.',
      isMet:
        plainText(issuer.registration_number) !== undefined ||
        (plainText(issuer.vat_number) !== undefined && !hasCategory(document, 'O')),
    },
    {
      rule: 'BR-29',
      detail: 'The period ends before it begins.',
      isMet: !endsBeforeItBegins(document),
    },
    {
      rule: 'BR-55',
      detail: 'A credit note names the invoice that it corrects.',
      isMet: document.kind === 'invoice' || plainText(credits?.number) !== undefined,
    },
  ]);
}

function need(rule: string, detail: string, value: string | null): Requirement {
  return { rule, detail, isMet: plainText(value) !== undefined };
}

/** Dates as `YYYY-MM-DD` compare as text. */
function endsBeforeItBegins({ start_date: start, end_date: end }: InvoiceDocument): boolean {
  return end !== null && start !== null && end < start;
}
