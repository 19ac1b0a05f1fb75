import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideRounded,
  subtractDecimals,
} from './decimal';
import { distribute } from './distribute';
import { type VatCategory } from './invoice-document';
import { netIn, vatOn } from './totals';

/** A line of an issued invoice and how much of it earlier credit notes took back. */
export interface CreditableLine {
  readonly line: number;
  readonly quantity: Decimal;
  readonly net: bigint;
  /** With its share of the VAT. */
  readonly total: bigint;
  /** Whether its price was agreed with the VAT in it. */
  readonly includesVat: boolean;
  readonly vatCategory: VatCategory;
  readonly vatRate: Decimal;
  readonly creditedQuantity: Decimal;
  readonly creditedNet: bigint;
  readonly creditedVat: bigint;
}

/** A line and what is taken of it now; a quantity of zero where it is left out. */
export interface WantedLine {
  readonly source: CreditableLine;
  readonly quantity: Decimal;
}

/** The same in money. */
export interface TakenLine extends WantedLine {
  readonly net: bigint;
  /** With its share of the VAT. */
  readonly total: bigint;
}

/** Lines of one category and rate whose prices are of one kind: their VAT is computed once. */
type Pot = readonly WantedLine[];

export function leftOf({ quantity, creditedQuantity }: CreditableLine): Decimal {
  return subtractDecimals(quantity, creditedQuantity);
}

/** What is taken back of a pot, in its order and without the lines that are left out. */
export function takenOf(pot: Pot): readonly TakenLine[] {
  const taken = pot.filter(({ quantity }) => quantity.digits > 0n);
  if (taken.length === 0) return [];
  return taken.some(({ source }) => source.includesVat)
    ? withoutVat(pot, taken)
    : withVat(pot, taken);
}

/** Of net prices: the net amount of each line, with the VAT on all of them distributed over it. */
function withVat(pot: Pot, taken: Pot): readonly TakenLine[] {
  const nets = taken.map((line) => byNow('net', line) - before('net', line));
  const shares = shareOut(vatNow(pot), nets);
  return taken.map((line, at) => {
    const net = nets[at] ?? 0n;
    return { ...line, net, total: net + (shares[at] ?? 0n) };
  });
}

/** VAT that was to be taken back by now, without what was; never below zero and never beyond what the invoice said. */
function vatNow(pot: Pot): bigint {
  const whole = sumOf(pot.map(({ source }) => source.total - source.net));
  const done = sumOf(pot.map(({ source }) => source.creditedVat));
  const isAll = pot.every(
    ({ source, quantity }) => compareDecimals(quantity, leftOf(source)) === 0,
  );
  const [first] = pot;
  const onAll = first
    ? vatOn(sumOf(pot.map((line) => byNow('net', line))), first.source.vatRate)
    : 0n;
  const due = isAll ? whole : smaller(onAll, whole);
  return larger(due - done, 0n);
}

/**
 * Of prices with VAT: what was agreed for each line, and the net amount in all of them distributed over it. A line's net
 * amount may be some minor units beside what the invoice gave it: those, rounded one by one, need not sum up to what is
 * right for a part of the lines.
 */
function withoutVat(pot: Pot, taken: Pot): readonly TakenLine[] {
  const done = sumOf(pot.map(({ source }) => source.creditedNet + source.creditedVat));
  const total = larger(sumOf(pot.map((line) => byNow('total', line))) - done, 0n);
  const totals = shareOut(
    total,
    taken.map((line) => byNow('total', line) - before('total', line)),
  );
  const nets = netsOf(taken, totals, netNow(pot, total));
  return taken.map((line, at) => ({ ...line, net: nets[at] ?? 0n, total: totals[at] ?? 0n }));
}

/**
 * The net amount in all that is taken back by now, without what was taken before. The bounds keep both amounts and what is
 * left of them from falling below zero where older notes were rounded line by line.
 */
function netNow(pot: Pot, total: bigint): bigint {
  const done = sumOf(pot.map(({ source }) => source.creditedNet));
  const doneVat = sumOf(pot.map(({ source }) => source.creditedVat));
  const left = sumOf(pot.map(({ source }) => source.net)) - done;
  const leftVat = sumOf(pot.map(({ source }) => source.total - source.net)) - doneVat;
  const [first] = pot;
  const due = first ? netIn(done + doneVat + total, first.source.vatRate) - done : 0n;
  return larger(smaller(due, smaller(total, left)), larger(total - leftVat, 0n));
}

/**
 * Each line gets what is left of its own net amount, as far as that sums up to `net`. Where it does not, whichever of net
 * amount and VAT is too large is scaled down: so neither falls below zero on any line.
 */
function netsOf(taken: Pot, totals: readonly bigint[], net: bigint): readonly bigint[] {
  const hoped = taken.map((line, at) => {
    const left = byNow('net', line) - line.source.creditedNet;
    return larger(smaller(left, totals[at] ?? 0n), 0n);
  });
  if (sumOf(hoped) >= net) return distribute(net, hoped);
  const rest = totals.map((total, at) => total - (hoped[at] ?? 0n));
  const vats = distribute(sumOf(totals) - net, rest);
  return totals.map((total, at) => total - (vats[at] ?? 0n));
}

/** By weight, or evenly where nothing weighs anything. */
function shareOut(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  return distribute(amount, sumOf(weights) > 0n ? weights : weights.map(() => 1n));
}

/** The part of a line's amount that earlier notes and this one stand for. */
function byNow(amount: 'net' | 'total', { source, quantity }: WantedLine): bigint {
  return partOf(source[amount], source, addDecimals(source.creditedQuantity, quantity));
}

function before(amount: 'net' | 'total', { source }: WantedLine): bigint {
  return partOf(source[amount], source, source.creditedQuantity);
}

/** The part of a line's amount that a part of its quantity stands for. */
function partOf(amount: bigint, { quantity }: CreditableLine, part: Decimal): bigint {
  return divideRounded({
    numerator: amount * part.digits * 10n ** BigInt(quantity.scale),
    denominator: quantity.digits * 10n ** BigInt(part.scale),
  });
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
