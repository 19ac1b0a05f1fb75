import { type InvoiceDocument } from '../../domain/invoice-document';
import { electronicAddress, legalRegistration } from '../electronic-address';
import { type EInvoiceProblem } from '../e-invoice-error';
import { plainText } from '../plain-text';
import { hasCategory } from './vat-groups';

interface Requirement extends EInvoiceProblem {
  readonly isMet: boolean;
}

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

/** What the Peppol network wants besides: electronic addresses, and the Dutch rules NL-R-002 to -004. */
export function peppolProblems(document: InvoiceDocument): readonly EInvoiceProblem[] {
  const { issuer, customer } = document;
  const isDutch = issuer.country === 'NL';
  return unmet([
    {
      rule: 'PEPPOL-EN16931-R020',
      detail: 'The issuer needs a KvK number, VAT number or e-mail address to send from.',
      isMet: electronicAddress(issuer) !== null,
    },
    {
      rule: 'PEPPOL-EN16931-R010',
      detail: 'The customer needs a VAT number or an e-mail address to be reached at.',
      isMet: electronicAddress(customer) !== null,
    },
    {
      rule: 'NL-R-002',
      detail: 'A Dutch issuer needs street, postcode and city.',
      isMet: !isDutch || hasAddress(issuer),
    },
    {
      rule: 'NL-R-003',
      detail: 'A Dutch issuer needs its KvK number of eight digits.',
      isMet: !isDutch || legalRegistration(issuer) !== null,
    },
    {
      rule: 'NL-R-004',
      detail: 'A Dutch customer of a Dutch issuer needs street, postcode and city.',
      isMet: !isDutch || customer.country !== 'NL' || hasAddress(customer),
    },
  ]);
}

function hasAddress(party: InvoiceDocument['issuer'] | InvoiceDocument['customer']): boolean {
  return [party.address, party.postal, party.city].every((text) => plainText(text) !== undefined);
}

function need(rule: string, detail: string, value: string | null): Requirement {
  return { rule, detail, isMet: plainText(value) !== undefined };
}

/** Dates as `YYYY-MM-DD` compare as text. */
function endsBeforeItBegins({ start_date: start, end_date: end }: InvoiceDocument): boolean {
  return end !== null && start !== null && end < start;
}

function unmet(requirements: readonly Requirement[]): readonly EInvoiceProblem[] {
  return requirements.filter(({ isMet }) => !isMet).map(({ rule, detail }) => ({ rule, detail }));
}
