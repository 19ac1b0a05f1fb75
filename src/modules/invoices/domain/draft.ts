import { decimalOf, showDecimal } from './decimal';
import { type VatCategory } from './invoice-document';
import { type PricedLine, type Totals, totalsOf } from './totals';

/** A line as it was sent; decimals are text that was checked. */
export interface DraftLine {
  readonly description: string;
  readonly quantity: string;
  readonly unit: string | null;
  readonly unit_price: string;
  readonly price_includes_vat: boolean;
  readonly vat_category: VatCategory;
  readonly vat_rate: string;
}

/** The same with what it comes to, in decimal text of minor units. */
export interface ComputedLine extends DraftLine {
  readonly line: number;
  readonly net_minor: string;
  readonly total_minor: string;
  readonly credits_line: null;
}

export interface ComputedDraft extends Pick<Totals, 'net' | 'vat' | 'total'> {
  readonly lines: readonly ComputedLine[];
}

/** Numbers the lines from 1 and sums them up. `exponent`: decimals of the currency. */
export function computeDraft(lines: readonly DraftLine[], exponent: number): ComputedDraft {
  const priced = lines.map(pricedLine);
  const totals = totalsOf(priced, exponent);
  const computed = lines.map((line, at) => ({
    line: at + 1,
    description: line.description,
    quantity: showDecimal(decimalOf(line.quantity)),
    unit: line.unit,
    unit_price: showDecimal(decimalOf(line.unit_price)),
    price_includes_vat: line.price_includes_vat,
    vat_category: line.vat_category,
    vat_rate: showDecimal(decimalOf(line.vat_rate)),
    net_minor: String(totals.lineNets[at]),
    total_minor: String(totals.lineTotals[at]),
    credits_line: null,
  }));
  return { lines: computed, net: totals.net, vat: totals.vat, total: totals.total };
}

export function pricedLine(line: DraftLine): PricedLine {
  return {
    quantity: decimalOf(line.quantity),
    unitPrice: decimalOf(line.unit_price),
    includesVat: line.price_includes_vat,
    vatCategory: line.vat_category,
    vatRate: decimalOf(line.vat_rate),
  };
}
