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
  /** The same with their share of the VAT; they add up to `total`. */
  readonly lineTotals: readonly bigint[];
  /** In the order in which the lines name them first. */
  readonly groups: readonly VatGroup[];
  /** BT-109, BT-110, BT-112. */
  readonly net: bigint;
  readonly vat: bigint;
  readonly total: bigint;
}

/** Lines of one category and rate whose prices are of one kind. */
interface Pot extends Pick<VatGroup, 'category' | 'rate'> {
  readonly includesVat: boolean;
  /** Positions of its lines. */
  readonly at: number[];
}

/**
 * Sums an invoice up in the order of EN 16931 (BR-CO-10, -13, -14, -15, -17): lines are rounded, summed per category and
 * rate, VAT is computed once on each sum, and everything else is a sum of those. `exponent`: decimals of the currency.
 *
 * Prices that hold the VAT are what was agreed, so they are what is asked: from their sum per category and rate the net
 * amount is taken once, the VAT is the rest, and both are distributed over the lines. Not every amount is some net amount
 * plus its rounded VAT: of 10.00 at 21 % are 8.26 net and 1.74 VAT, though 21 % of 8.26 is 1.73.
 */
export function totalsOf(lines: readonly PricedLine[], exponent: number): Totals {
  const amounts = lines.map((line) => priceOf(line, exponent));
  const lineNets = [...amounts];
  const lineTotals = [...amounts];
  const groups = new Map<string, VatGroup>();
  for (const pot of potsOf(lines)) {
    const { category, rate, at } = pot;
    const split = pot.includesVat ? withoutVat : withVat;
    const own = at.map((place) => amounts[place] ?? 0n);
    split(own, rate).forEach(([net, total], which) => {
      const place = at[which] ?? -1;
      lineNets[place] = net;
      lineTotals[place] = total;
    });
    const net = sumOf(at.map((place) => lineNets[place] ?? 0n));
    const vat = sumOf(at.map((place) => lineTotals[place] ?? 0n)) - net;
    const before = groups.get(taxKey(category, rate)) ?? { category, rate, net: 0n, vat: 0n };
    const group = { category, rate, net: before.net + net, vat: before.vat + vat };
    groups.set(taxKey(category, rate), group);
  }
  const [net, total] = [sumOf(lineNets), sumOf(lineTotals)];
  return { lineNets, lineTotals, groups: [...groups.values()], net, vat: total - net, total };
}

/** `net` × `rate` %, in whole minor units. */
export function vatOn(net: bigint, rate: Decimal): bigint {
  return divideRounded({ numerator: net * rate.digits, denominator: one(rate) });
}

/** What `total` holds beside its VAT, in whole minor units. */
export function netIn(total: bigint, rate: Decimal): bigint {
  return divideRounded({ numerator: total * one(rate), denominator: one(rate) + rate.digits });
}

/** The same for all that is taxed alike, and for nothing else. */
export function taxKey(category: VatCategory, rate: Decimal): string {
  return `${category} ${showDecimal(rate)}`;
}

/** Net amounts with the VAT on them: each line's net amount and total. */
function withVat(nets: readonly bigint[], rate: Decimal): readonly (readonly [bigint, bigint])[] {
  const shares = distribute(vatOn(sumOf(nets), rate), nets);
  return nets.map((net, at) => [net, net + (shares[at] ?? 0n)]);
}

/** Amounts with the VAT in them: each line's net amount and total. */
function withoutVat(
  totals: readonly bigint[],
  rate: Decimal,
): readonly (readonly [bigint, bigint])[] {
  const net = netIn(sumOf(totals), rate);
  const shares = distribute(net, totals);
  return totals.map((total, at) => [shares[at] ?? 0n, total]);
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

function potsOf(lines: readonly PricedLine[]): readonly Pot[] {
  const pots = new Map<string, Pot>();
  lines.forEach(({ vatCategory: category, vatRate: rate, includesVat }, at) => {
    const key = `${taxKey(category, rate)} ${includesVat}`;
    const pot = pots.get(key) ?? { category, rate, includesVat, at: [] };
    pot.at.push(at);
    pots.set(key, pot);
  });
  return [...pots.values()];
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
