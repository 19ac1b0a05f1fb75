import { currencyExponent } from '../../../../shared/money/currency';
import {
  type InvoiceDocument,
  type InvoiceLine,
  type VatSubtotal,
} from '../../domain/invoice-document';
import { type Decimal } from '../../domain/decimal';
import {
  decimal,
  decimalText,
  fractionOf,
  isNear,
  isWithin,
  isZero,
  majorUnits,
  plus,
  rounded,
  times,
} from '../decimal';
import { type EInvoiceProblem } from '../e-invoice-error';
import { isTaxedAlike, rateOf, ruleOf } from './vat-groups';

/** How far an amount may be from quantity × price, in minor units: PEPPOL-EN16931-R120 allows 0.02 of a currency with cents. */
const SLACK_MINOR = 2n;
/**
 * How far the VAT must stay from rate × base, in major units: the official rules of UBL want it nearer than 1, those of CII
 * allow 1 itself (BR-CO-17 and BR-S-09, https://github.com/ConnectingEurope/eInvoicing-EN16931). What prices with VAT hold,
 * and what is left for a last credit note, may be beside the rounded product.
 */
const VAT_SLACK = decimal('1');
/** EN 16931 writes amounts with at most two decimals (BR-DEC-09 and its siblings). */
const DECIMALS_MAX = 2;

/**
 * What does not add up by the rules of EN 16931: BR-16, BR-CO-10, -13, -14, -15, -17, -18, the -01 and -08 rules of
 * every VAT category, BR-DEC, BR-27 and Peppol's R120. There are no allowances and charges in our documents.
 */
export function arithmeticProblems(document: InvoiceDocument): readonly EInvoiceProblem[] {
  return [
    ...lineProblems(document),
    ...totalProblems(document),
    ...document.vat.flatMap((subtotal) => subtotalProblems(subtotal, document)),
    ...ungroupedProblems(document),
    ...decimalProblems(document),
  ];
}

function totalProblems(document: InvoiceDocument): EInvoiceProblem[] {
  const { lines, vat } = document;
  const [net, tax, total] = [document.net_minor, document.vat_minor, document.total_minor];
  return [
    ...(lines.length === 0 ? [{ rule: 'BR-16', detail: 'There is no line.' }] : []),
    ...(vat.length === 0 ? [{ rule: 'BR-CO-18', detail: 'There is no VAT breakdown.' }] : []),
    ...differing('BR-CO-10', { the: 'net amount', is: net, sums: lines.map(netOf), of: 'lines' }),
    ...differing('BR-CO-13', { the: 'net amount', is: net, sums: vat.map(netOf), of: 'VAT bases' }),
    ...differing('BR-CO-14', { the: 'VAT', is: tax, sums: vat.map(taxOf), of: 'VAT amounts' }),
    ...differing('BR-CO-15', { the: 'total', is: total, sums: [net, tax], of: 'net and VAT' }),
  ];
}

function subtotalProblems(subtotal: VatSubtotal, document: InvoiceDocument): EInvoiceProblem[] {
  const { currency, lines } = document;
  const { vat_category: category, vat_rate: rate, net_minor: net, vat_minor: tax } = subtotal;
  const sums = lines.filter((line) => isTaxedAlike(line, subtotal)).map(netOf);
  const exponent = currencyExponent(currency);
  const base = majorUnits(BigInt(net), exponent);
  const due = rounded(times(base, fractionOf(rateOf(subtotal))), DECIMALS_MAX);
  const stated = majorUnits(BigInt(tax), exponent);
  const isRight = isZero(rateOf(subtotal)) ? isZero(stated) : isWithin(stated, due, VAT_SLACK);
  const detail = `The VAT of ${category} ${rate} % is ${decimalText(stated)}, but ${decimalText(due)} is due.`;
  return [
    ...differing(ruleOf(category, '08'), { the: `base of ${rate} %`, is: net, sums, of: 'lines' }),
    ...(isRight ? [] : [{ rule: 'BR-CO-17', detail }]),
  ];
}

/** Each category and rate of the lines has exactly one subtotal. */
function ungroupedProblems({ lines, vat }: InvoiceDocument): EInvoiceProblem[] {
  const groupOf = (line: InvoiceLine) => vat.filter((subtotal) => isTaxedAlike(line, subtotal));
  return lines
    .filter((line) => groupOf(line).length !== 1)
    .map((line) => ({
      rule: ruleOf(line.vat_category, '01'),
      detail: `Line ${line.line} (${line.vat_category} ${line.vat_rate} %) needs one VAT subtotal and has ${groupOf(line).length}.`,
    }));
}

function lineProblems(document: InvoiceDocument): EInvoiceProblem[] {
  return document.lines.flatMap((line) => [
    ...(isZero(decimal(line.quantity))
      ? [{ rule: 'PEPPOL-EN16931-R121', detail: `Line ${line.line} has the quantity 0.` }]
      : []),
    ...(line.unit_price.startsWith('-')
      ? [{ rule: 'BR-27', detail: `The price of line ${line.line} is below zero.` }]
      : []),
    ...(document.kind === 'invoice' && !isPriced(line, document.currency)
      ? [{ rule: 'PEPPOL-EN16931-R120', detail: `Line ${line.line} is not quantity × price.` }]
      : []),
  ]);
}

/** A credit note may take back what is left after others, which is not always quantity × price. */
function isPriced(line: InvoiceLine, currency: string): boolean {
  const exponent = currencyExponent(currency);
  const net = majorUnits(BigInt(line.net_minor), exponent);
  const expected = times(decimal(line.quantity), decimal(line.unit_price));
  const stated = line.price_includes_vat ? withVat(net, line) : net;
  return isNear(stated, expected, majorUnits(SLACK_MINOR, exponent));
}

function withVat(net: Decimal, line: InvoiceLine): Decimal {
  return plus(net, times(net, fractionOf(rateOf(line))));
}

function decimalProblems({ currency, ...document }: InvoiceDocument): EInvoiceProblem[] {
  const excess = currencyExponent(currency) - DECIMALS_MAX;
  if (excess <= 0) return [];
  const amounts = [...document.lines.map(netOf), ...document.vat.map(taxOf), document.net_minor];
  const step = 10n ** BigInt(excess);
  if (amounts.every((text) => BigInt(text) % step === 0n)) return [];
  const detail = `An e-invoice has amounts of at most two decimals, and some in ${currency} have more.`;
  return [{ rule: 'BR-DEC', detail }];
}

interface Sum {
  readonly the: string;
  readonly is: string;
  readonly sums: readonly string[];
  readonly of: string;
}

/** The problem when an amount is not the sum that it has to be; minor units. */
function differing(rule: string, { the, is, sums, of }: Sum): EInvoiceProblem[] {
  const sum = sums.reduce((before, one) => before + BigInt(one), 0n);
  if (sum === BigInt(is)) return [];
  return [{ rule, detail: `The ${the} is ${is}, but the ${of} add up to ${sum} (minor units).` }];
}

function netOf({ net_minor: net }: { net_minor: string }): string {
  return net;
}

function taxOf({ vat_minor: tax }: VatSubtotal): string {
  return tax;
}
