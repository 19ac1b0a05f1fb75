import { type Decimal, divideRounded, showDecimal } from './decimal';
import { distribute } from './distribute';
import { type VatCategory } from './invoice-document';

/** A line as its price was agreed. Nothing in it is negative. */
export interface PricedLine {
  readonly quantity: Decimal;
  /** Major units per unit. */
  readonly unitPrice: Decimal;
  /** Whether `unitPrice` holds the VAT. */
  readonly includesVat: boolean;
  readonly vatCategory: VatCategory;
  /** Percent; zero wherever the category has no rate. */
  readonly vatRate: Decimal;
}

/** What is taxed alike, in minor units: one per category and rate (EN 16931 BG-23). */
export interface VatGroup {
  readonly category: VatCategory;
  readonly rate: Decimal;
  readonly net: bigint;
  readonly vat: bigint;
}

export interface Totals {
  /** Net amount of each line, in their order (BT-131). */
  readonly lineNets: readonly bigint[];
  /** In the order in which the lines name them first. */
  readonly groups: readonly VatGroup[];
  /** BT-109, BT-110, BT-112. */
  readonly net: bigint;
  readonly vat: bigint;
  readonly total: bigint;
}

interface Group {
  readonly category: VatCategory;
  readonly rate: Decimal;
  /** Positions of its lines. */
  readonly at: number[];
}

/**
 * Sums an invoice up in the order of EN 16931 (BR-CO-10, -13, -14, -15, -17): lines are rounded, summed per category and
 * rate, VAT is computed once on each sum, and everything else is a sum of those. `exponent`: decimals of the currency.
 *
 * Prices that hold the VAT are turned around per category and rate: from their sum the net amount is taken once and
 * distributed over the lines. Net and VAT then differ from that sum by at most one minor unit, because not every amount
 * is some net amount plus its VAT: 10.00 at 21 % is 8.26 and 1.73.
 */
export function totalsOf(lines: readonly PricedLine[], exponent: number): Totals {
  const lineNets = lines.map((line) => priceOf(line, exponent));
  const groups = groupsOf(lines).map((group) => {
    takeVatOut(group, lines, lineNets);
    const net = sumOf(group.at.map((at) => lineNets[at] ?? 0n));
    return { category: group.category, rate: group.rate, net, vat: vatOn(net, group.rate) };
  });
  const net = sumOf(lineNets);
  const vat = sumOf(groups.map((group) => group.vat));
  return { lineNets, groups, net, vat, total: net + vat };
}

/** `net` × `rate` %, in whole minor units. */
export function vatOn(net: bigint, rate: Decimal): bigint {
  return divideRounded({ numerator: net * rate.digits, denominator: one(rate) });
}

/**
 * What each line comes to with its VAT: the total of its category and rate, distributed over its lines in proportion, so
 * that the amounts add up to the total of the invoice.
 */
export function lineTotals(
  lines: readonly Pick<PricedLine, 'vatCategory' | 'vatRate'>[],
  { lineNets, groups }: Pick<Totals, 'lineNets' | 'groups'>,
): readonly bigint[] {
  const totals = lines.map(() => 0n);
  groupsOf(lines).forEach(({ at: places }, which) => {
    const group = groups[which];
    if (!group) throw new RangeError('the groups are not those of the lines');
    const nets = places.map((at) => lineNets[at] ?? 0n);
    const shares = distribute(group.net + group.vat, nets);
    places.forEach((at, which) => (totals[at] = shares[which] ?? 0n));
  });
  return totals;
}

/** Quantity × price in minor units; with VAT where the price holds it. */
function priceOf({ quantity, unitPrice }: PricedLine, exponent: number): bigint {
  const numerator = quantity.digits * unitPrice.digits * 10n ** BigInt(exponent);
  return divideRounded({ numerator, denominator: 10n ** BigInt(quantity.scale + unitPrice.scale) });
}

/** What the digits of a rate in percent are a part of. */
function one(rate: Decimal): bigint {
  return 10n ** BigInt(rate.scale + 2);
}

/** Replaces the amounts of a group's lines that hold the VAT by their share of what is left without it. */
function takeVatOut({ at, rate }: Group, lines: readonly PricedLine[], amounts: bigint[]): void {
  const inclusive = at.filter((place) => lines[place]?.includesVat);
  if (inclusive.length === 0) return;
  const weights = inclusive.map((place) => amounts[place] ?? 0n);
  const numerator = sumOf(weights) * one(rate);
  const net = divideRounded({ numerator, denominator: one(rate) + rate.digits });
  const shares = distribute(net, weights);
  inclusive.forEach((place, which) => (amounts[place] = shares[which] ?? 0n));
}

function groupsOf(lines: readonly Pick<PricedLine, 'vatCategory' | 'vatRate'>[]): Group[] {
  const groups = new Map<string, Group>();
  lines.forEach(({ vatCategory, vatRate }, at) => {
    const key = `${vatCategory} ${showDecimal(vatRate)}`;
    const group = groups.get(key) ?? { category: vatCategory, rate: vatRate, at: [] };
    group.at.push(at);
    groups.set(key, group);
  });
  return [...groups.values()];
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
