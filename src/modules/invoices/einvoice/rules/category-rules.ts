import { type InvoiceDocument, type VatCategory } from '../../domain/invoice-document';
import { isZero } from '../decimal';
import { type EInvoiceProblem } from '../e-invoice-error';
import { plainText } from '../plain-text';
import { hasCategory, rateOf, ruleOf } from './vat-groups';

interface CategoryRule {
  /** Only the standard rate is above zero; outside the scope of VAT there is none at all. */
  readonly isRated: boolean;
  readonly needsReason: boolean;
  readonly needsSellerVat: boolean;
  readonly needsBuyerVat: boolean;
}

const UNRATED = { isRated: false, needsSellerVat: true, needsBuyerVat: false };

/** EN 16931-1, §6.4: what each category asks for. */
const CATEGORIES: Readonly<Record<VatCategory, CategoryRule>> = {
  S: { ...UNRATED, isRated: true, needsReason: false },
  Z: { ...UNRATED, needsReason: false },
  E: { ...UNRATED, needsReason: true },
  AE: { ...UNRATED, needsReason: true, needsBuyerVat: true },
  K: { ...UNRATED, needsReason: true, needsBuyerVat: true },
  G: { ...UNRATED, needsReason: true },
  O: { ...UNRATED, needsReason: true, needsSellerVat: false },
};

/** What the VAT categories of a document ask for and do not get: the -02, -05, -09 and -10 rules, BR-O-11 and BR-CO-09. */
export function categoryProblems(document: InvoiceDocument): readonly EInvoiceProblem[] {
  const categories = new Set(
    [...document.lines, ...document.vat].map(({ vat_category: category }) => category),
  );
  return [
    ...[...categories].flatMap((category) => identifierProblems(category, document)),
    ...rateProblems(document),
    ...reasonProblems(document),
    ...mixtureProblems(document),
    ...prefixProblems(document),
  ];
}

function identifierProblems(category: VatCategory, document: InvoiceDocument): EInvoiceProblem[] {
  const { needsSellerVat, needsBuyerVat } = CATEGORIES[category];
  const missing = [
    ...(needsSellerVat && !plainText(document.issuer.vat_number) ? ['issuer'] : []),
    ...(needsBuyerVat && !plainText(document.customer.vat_number) ? ['customer'] : []),
  ];
  return missing.map((party) => ({
    rule: ruleOf(category, '02'),
    detail: `VAT category ${category} needs the VAT number of the ${party}.`,
  }));
}

function rateProblems({ lines, vat }: InvoiceDocument): EInvoiceProblem[] {
  return [...lines, ...vat]
    .filter((taxed) => isZero(rateOf(taxed)) === CATEGORIES[taxed.vat_category].isRated)
    .map(({ vat_category: category, vat_rate: rate }) => ({
      rule: ruleOf(category, '05'),
      detail: `VAT category ${category} cannot have a rate of ${rate} %.`,
    }));
}

function reasonProblems({ vat }: InvoiceDocument): EInvoiceProblem[] {
  return vat
    .filter((subtotal) => {
      const reason = plainText(subtotal.exemption_reason) ?? plainText(subtotal.exemption_code);
      return (reason !== undefined) !== CATEGORIES[subtotal.vat_category].needsReason;
    })
    .map(({ vat_category: category }) => ({
      rule: ruleOf(category, '10'),
      detail: CATEGORIES[category].needsReason
        ? `VAT category ${category} needs the reason of the exemption.`
        : `VAT category ${category} must not have a reason for an exemption.`,
    }));
}

function mixtureProblems({ vat, ...document }: InvoiceDocument): EInvoiceProblem[] {
  if (!hasCategory({ vat, ...document }, 'O') || vat.length <= 1) return [];
  return [
    { rule: 'BR-O-11', detail: 'What is outside the scope of VAT needs a document of its own.' },
  ];
}

function prefixProblems({ issuer, customer }: InvoiceDocument): EInvoiceProblem[] {
  return [issuer, customer]
    .map(({ vat_number: text }) => plainText(text))
    .filter((text) => text !== undefined && !/^[A-Za-z]{2}/.test(text))
    .map((text) => ({
      rule: 'BR-CO-09',
      detail: `The VAT number ${String(text)} does not begin with the two letters of its country.`,
    }));
}
