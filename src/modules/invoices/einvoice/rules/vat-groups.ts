import { type InvoiceDocument, type VatCategory } from '../../domain/invoice-document';
import { type Decimal } from '../../domain/decimal';
import { decimal, isEqual } from '../decimal';

interface Taxed {
  readonly vat_category: VatCategory;
  readonly vat_rate: string;
}

/** Whether two lines, or a line and a subtotal, are taxed alike: rates are compared as numbers, "21" is "21.0". */
export function isTaxedAlike(a: Taxed, b: Taxed): boolean {
  return a.vat_category === b.vat_category && isEqual(rateOf(a), rateOf(b));
}

export function rateOf({ vat_rate: rate }: Taxed): Decimal {
  return decimal(rate);
}

export function hasCategory({ lines, vat }: InvoiceDocument, ...wanted: VatCategory[]): boolean {
  return [...lines, ...vat].some(({ vat_category: category }) => wanted.includes(category));
}

/** How EN 16931 names the rules of a category: `BR-IC-10` is about intra-community supply, category K. */
export function ruleOf(category: VatCategory, number: string): string {
  return `BR-${category === 'K' ? 'IC' : category}-${number}`;
}
