import { type InvoiceDocument } from '../../domain/invoice-document';
import { legalRegistration, registrationNumber, vatIdentifier } from '../electronic-address';
import { type EInvoiceProblem } from '../e-invoice-error';
import { isGerman } from '../is-german';
import { plainText } from '../plain-text';
import { isNorwegianOrganisation, isSwedishOrganisation } from './check-digits';
import { type Requirement, unmet } from './requirement';

/** Issuers whose invoices Peppol refuses for what we have no place for, and a rule that does it. */
const UNWRITTEN: ReadonlyMap<string, string> = new Map([
  ['DK', 'DK-R-014'],
  ['GR', 'GR-R-001-1'],
  ['IS', 'IS-R-002'],
]);

/** What Peppol wants of issuers of one country. Those of Italy ask for an address that the law asks for as well. */
export function nationalProblems(document: InvoiceDocument): readonly EInvoiceProblem[] {
  return [
    ...unmet(dutchRequirements(document)),
    ...unmet(nordicRequirements(document)),
    ...(isGerman(document) ? unmet(germanRequirements(document)) : []),
    ...unwritten(document),
  ];
}

/** NL-R-002 to -004; the others are about what we always write, or never do. */
function dutchRequirements({ issuer, customer }: InvoiceDocument): readonly Requirement[] {
  if (issuer.country !== 'NL') return [];
  return [
    {
      rule: 'NL-R-002',
      detail: 'A Dutch issuer needs street, postcode and city.',
      isMet: hasAll(issuer.address, issuer.postal, issuer.city),
    },
    {
      rule: 'NL-R-003',
      detail: 'A Dutch issuer needs its KvK number of eight digits.',
      isMet: legalRegistration(issuer) !== null,
    },
    {
      rule: 'NL-R-004',
      detail: 'A Dutch customer of a Dutch issuer needs street, postcode and city.',
      isMet: customer.country !== 'NL' || hasAll(customer.address, customer.postal, customer.city),
    },
  ];
}

/** DE-R-003 to -009, between two German parties; -001, -005, -014 and -015 are met by what we always write for them. */
function germanRequirements({ issuer, customer }: InvoiceDocument): readonly Requirement[] {
  const of = (rule: string, detail: string, value: string | null) => ({
    rule,
    detail,
    isMet: hasAll(value),
  });
  return [
    of('DE-R-003', 'A German issuer needs its city.', issuer.city),
    of('DE-R-004', 'A German issuer needs its postcode.', issuer.postal),
    of('DE-R-006', 'A German issuer needs its telephone number.', issuer.phone),
    of('DE-R-007', 'A German issuer needs its e-mail address.', issuer.email),
    of('DE-R-008', 'A German customer of a German issuer needs its city.', customer.city),
    of('DE-R-009', 'A German customer of a German issuer needs its postcode.', customer.postal),
  ];
}

/** NO-R-001, and SE-R-001 to -004 and -013. */
function nordicRequirements({ issuer }: InvoiceDocument): readonly Requirement[] {
  const vat = vatIdentifier(plainText(issuer.vat_number) ?? '');
  const registration = registrationNumber(issuer);
  const isSwedish = issuer.country === 'SE';
  return [
    {
      rule: 'NO-R-001',
      detail:
        'A Norwegian issuer needs its VAT number as NO123456785MVA, with the right check digit.',
      isMet: !vat.startsWith('NO') || isNorwegianVat(vat),
    },
    {
      rule: 'SE-R-001',
      detail: 'A Swedish issuer needs its VAT number as SE and twelve digits.',
      isMet: !isSwedish || !vat.startsWith('SE') || /^SE\d{12}$/.test(vat),
    },
    {
      rule: 'SE-R-004',
      detail:
        'A Swedish issuer needs its organisation number as ten digits, with the right check digit.',
      isMet: !isSwedish || registration === undefined || isSwedishOrganisation(registration),
    },
  ];
}

function isNorwegianVat(vat: string): boolean {
  return vat.length === 14 && vat.endsWith('MVA') && isNorwegianOrganisation(vat.slice(2, 11));
}

function unwritten({ issuer }: InvoiceDocument): readonly EInvoiceProblem[] {
  const rule = UNWRITTEN.get(issuer.country ?? '');
  if (rule === undefined) return [];
  const detail = `Peppol wants of issuers in ${issuer.country} what Kassa cannot write. Send the PDF or Factur-X.`;
  return [{ rule, detail }];
}

function hasAll(...texts: readonly (string | null)[]): boolean {
  return texts.every((text) => plainText(text) !== undefined);
}
