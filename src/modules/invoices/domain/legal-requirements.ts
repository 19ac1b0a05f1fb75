import { isInEu, nationalCurrency } from './countries';
import { dayOfSupply } from './day-of-supply';
import { compareDecimals, decimalOf, showDecimal } from './decimal';
import {
  type InvoiceCustomer,
  type InvoiceDocument,
  type InvoiceLine,
  type Issuer,
  type VatCategory,
} from './invoice-document';
import { isMemberPrefix, NORTHERN_IRELAND, vatPrefixOf } from './vat-prefix';
import { vatRatesOf } from './vat-rates';

/** What has to be there before a number is drawn: the document without what the number brings. */
export type UnnumberedDocument = Omit<InvoiceDocument, 'number' | 'issued_at'>;

/** One thing that is missing or wrong. The detail says who has to do what. */
export interface LegalProblem {
  /** JSON pointer into the invoice. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * What the law asks of an invoice and this one does not have; empty when it may be issued. Directive 2006/112/EC, articles
 * 226 and 230 (https://eur-lex.europa.eu/eli/dir/2006/112), and for issuers in the Netherlands the number of the
 * trade register (https://www.kvk.nl, art. 25 Handelsregisterbesluit 2008). That amounts, dates and a number are there is
 * seen to by the document itself.
 */
export function legalProblems(document: UnnumberedDocument): readonly LegalProblem[] {
  // A credit note names both as the invoice did, right or wrong: what was sent can still be corrected.
  const isCreditNote = document.kind === 'credit_note';
  return [
    ...(isCreditNote ? [] : [...issuerProblems(document), ...customerProblems(document)]),
    ...dateProblems(document),
    ...amountProblems(document),
    ...document.lines.flatMap((line) => lineProblems(document, line)),
  ];
}

const ADDRESS_PARTS = ['address', 'postal', 'city', 'country'] as const;

function issuerProblems({ issuer, lines }: UnnumberedDocument): LegalProblem[] {
  const missing = (field: keyof Issuer, { why }: { why: string }) => {
    const detail = `Set INVOICE_ISSUER_${field.toUpperCase()}: ${why}`;
    return { pointer: `/issuer/${field}`, code: 'required', detail };
  };
  const found: LegalProblem[] = [];
  if (lacks(issuer.name)) found.push(missing('name', { why: 'an invoice names who sends it.' }));
  for (const part of ADDRESS_PARTS) {
    if (lacks(issuer[part]))
      found.push(missing(part, { why: 'an invoice has the full address of its issuer.' }));
  }
  // A small business outside of the VAT has no number; EN 16931 forbids one there (BR-O-02).
  const isTaxed = lines.some(({ vat_category }) => vat_category !== 'O');
  if (isTaxed && lacks(issuer.vat_number)) {
    found.push(
      missing('vat_number', { why: 'an invoice with VAT has the VAT number of its issuer.' }),
    );
  }
  if (issuer.country === 'NL' && lacks(issuer.registration_number)) {
    found.push(
      missing('registration_number', { why: 'a Dutch invoice has the KvK number of its issuer.' }),
    );
  }
  return found;
}

function customerProblems(document: UnnumberedDocument): LegalProblem[] {
  const { customer } = document;
  const found: LegalProblem[] = [];
  const missing = (field: keyof InvoiceCustomer, { why }: { why: string }) => {
    const detail = `Send it to PATCH /api/customers/${customer.id}: ${why}`;
    found.push({ pointer: `/customer/${field}`, code: 'required', detail });
  };
  if (lacks(customer.name)) missing('name', { why: 'an invoice names who it is for.' });
  for (const part of ADDRESS_PARTS) {
    // Not every country has postal codes.
    if (part === 'postal' && customer.country !== null && !isInEu(customer.country)) continue;
    if (lacks(customer[part]))
      missing(part, { why: 'an invoice has the full address of the customer.' });
  }
  const category = document.lines.map((line) => line.vat_category).find(needsCustomerNumber);
  if (category !== undefined && lacks(customer.vat_number)) {
    missing('vat_number', {
      why: `VAT category ${category} needs the VAT number of the customer.`,
    });
  } else if (category !== undefined) found.push(...prefixProblems(document));
  return [...found, ...misplaced(document)];
}

/**
 * Goods within the union go to somebody whose VAT number is of another member state (directive 2006/112/EC, article
 * 138(1)(b)), and any VAT number begins with its country (EN 16931, BR-CO-09).
 */
function prefixProblems({ issuer, customer, lines }: UnnumberedDocument): LegalProblem[] {
  const prefix = vatPrefixOf(customer.vat_number);
  const refused = (why: string) => {
    const detail = `Send another to PATCH /api/customers/${customer.id}: ${why}`;
    return [{ pointer: '/customer/vat_number', code: 'vat_prefix', detail }];
  };
  const own = vatPrefixOf(issuer.vat_number) ?? issuer.country;
  const isForeignMember = prefix !== null && isMemberPrefix(prefix) && prefix !== own;
  if (!isForeignMember && lines.some(({ vat_category }) => vat_category === 'K')) {
    return refused(
      `VAT category K needs the customer’s VAT number of a member state other than ${own ?? 'yours'}. ` +
        'It begins with two letters such as DE, with EL for Greece and XI for Northern Ireland.',
    );
  }
  if (prefix !== null) return [];
  return refused('a VAT number begins with the two letters of its country, such as DE or EL.');
}

/** A category that is for customers elsewhere. */
function misplaced({
  issuer,
  customer: { country, vat_number: vatNumber },
  lines,
}: UnnumberedDocument): LegalProblem[] {
  if (lacks(country) || country === null) return [];
  const isNorthernIrish =
    country === NORTHERN_IRELAND.country && vatPrefixOf(vatNumber) === NORTHERN_IRELAND.prefix;
  const isForeignMember = isNorthernIrish || (isInEu(country) && country !== issuer.country);
  const wrong = [
    { category: 'K', isRight: isForeignMember, where: 'in another country of the EU' },
    { category: 'G', isRight: !isInEu(country), where: 'outside the EU' },
  ].filter(
    ({ category, isRight }) => !isRight && lines.some((line) => line.vat_category === category),
  );
  return wrong.map(({ category, where }) => ({
    pointer: '/customer/country',
    code: 'vat_category',
    detail: `VAT category ${category} is for customers ${where}. Correct the country or the category.`,
  }));
}

function needsCustomerNumber(category: VatCategory): boolean {
  return category === 'AE' || category === 'K';
}

function dateProblems(document: UnnumberedDocument): LegalProblem[] {
  const { due_date, issue_date, start_date, end_date, lines } = document;
  const found: LegalProblem[] = [];
  if (due_date !== null && due_date < issue_date) {
    const detail = `The due date ${due_date} is before today, ${issue_date}. Send a later due_date, or null.`;
    found.push({ pointer: '/due_date', code: 'before_issue_date', detail });
  }
  const isDelivery = lines.some(({ vat_category }) => vat_category === 'K');
  if (isDelivery && start_date === null && end_date === null) {
    const detail = 'Send start_date or end_date: VAT category K needs the date of the supply.';
    found.push({ pointer: '/end_date', code: 'required', detail });
  }
  return found;
}

function amountProblems({ total_minor, vat_minor, currency, issuer }: UnnumberedDocument) {
  const found: LegalProblem[] = [];
  if (BigInt(total_minor) === 0n) {
    const detail = 'An invoice of nothing is not issued. Send lines with a price, or delete it.';
    found.push({ pointer: '/total_amount', code: 'zero', detail });
  }
  const national = issuer.country === null ? null : nationalCurrency(issuer.country);
  if (national !== null && national !== currency && BigInt(vat_minor) > 0n) {
    const detail =
      `VAT that is owed in ${String(issuer.country)} is stated in ${national} (article 230). ` +
      `Send ${national} as currency, or a VAT category without VAT.`;
    found.push({ pointer: '/currency', code: 'vat_currency', detail });
  }
  return found;
}

function lineProblems(document: UnnumberedDocument, line: InvoiceLine): LegalProblem[] {
  const pointer = `/lines/${line.line - 1}`;
  if (line.vat_category === 'S') return rateProblems(document, line, `${pointer}/vat_rate`);
  if (line.vat_category !== 'O') return [];
  const refused = (detail: string) => [
    { pointer: `${pointer}/vat_category`, code: 'vat_category', detail },
  ];
  if (document.lines.some(({ vat_category }) => vat_category !== 'O'))
    return refused('VAT category O stands alone: put these lines on an invoice of their own.');
  if (lacks(document.issuer.vat_number)) return [];
  return refused(
    'VAT category O is for issuers without a VAT number (EN 16931, BR-O-02). Send category E with a vat_exemption_reason, ' +
      'AE or G, or unset INVOICE_ISSUER_VAT_NUMBER.',
  );
}

/**
 * The rate applies where the issuer or, in distance selling within the EU, the customer is: a member state that we have no
 * table of may have any. A credit note is judged by the day of what it corrects.
 */
function rateProblems(
  document: UnnumberedDocument,
  line: InvoiceLine,
  pointer: string,
): LegalProblem[] {
  const day = dayOfSupply(document);
  const countries = placesOfVat(document);
  const tables = countries.map((country) => vatRatesOf({ country, day }));
  const rate = decimalOf(line.vat_rate);
  const known = tables.flatMap((rates) => rates ?? []);
  const isUnknown = tables.length === 0 || tables.some((rates) => rates === null);
  if (isUnknown || known.some((one) => compareDecimals(one, rate) === 0)) return [];
  const rates = new Set(known.map((one) => `${showDecimal(one)} %`));
  const detail =
    `${line.vat_rate} % was no rate in ${countries.join(' or ')} on ${day}. ` +
    `Send one of ${[...rates].join(', ')}.`;
  return [{ pointer, code: 'vat_rate', detail }];
}

/** Outside the EU nobody collects its VAT: there the issuer's own rates are all there is. */
function placesOfVat({ issuer, customer }: UnnumberedDocument): readonly string[] {
  if (issuer.country === null) return [];
  const { country } = customer;
  const isElsewhere = country !== null && country !== issuer.country && isInEu(country);
  return isElsewhere ? [issuer.country, country] : [issuer.country];
}

/** What shows nothing on paper says nothing: blanks, control and format characters. */
function lacks(text: string | null): boolean {
  return text === null || /^[\s\p{Cc}\p{Cf}]*$/u.test(text);
}
