import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideRounded,
  showDecimal,
  subtractDecimals,
} from './decimal';
import { type VatCategory } from './invoice-document';
import { distribute } from './distribute';
import { taxKey, type VatGroup, vatOn } from './totals';

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
  readonly creditedVat: bigint;
}

/** What to take back of a line; a quantity of null means all that is left of it. */
export interface CreditWish {
  readonly line: number;
  readonly quantity: Decimal | null;
}

export interface CreditedLine {
  readonly line: number;
  readonly quantity: Decimal;
  readonly net: bigint;
  /** With its share of the VAT. */
  readonly total: bigint;
}

export interface CreditPlan {
  readonly lines: readonly CreditedLine[];
  readonly groups: readonly VatGroup[];
  readonly net: bigint;
  readonly vat: bigint;
  readonly total: bigint;
}

export interface CreditProblem {
  /** Position among the wishes. */
  readonly at: number;
  readonly code: 'unknown_line' | 'repeated_line' | 'more_than_left' | 'nothing';
  /** What could be credited, as decimal text. */
  readonly left: string;
}

/** What is wrong with the wishes, all of it at once. */
export function creditProblems(
  lines: readonly CreditableLine[],
  wishes: readonly CreditWish[],
): readonly CreditProblem[] {
  return wishes.flatMap((wish, at): CreditProblem[] => {
    const line = lines.find((one) => one.line === wish.line);
    if (!line) return [{ at, code: 'unknown_line', left: '0' }];
    const left = leftOf(line);
    const isRepeated = wishes.findIndex((one) => one.line === wish.line) < at;
    if (isRepeated) return [{ at, code: 'repeated_line', left: showDecimal(left) }];
    const { quantity } = wish;
    if (quantity?.digits === 0n) return [{ at, code: 'nothing', left: showDecimal(left) }];
    const isTooMuch = quantity === null ? left.digits === 0n : compareDecimals(quantity, left) > 0;
    return isTooMuch ? [{ at, code: 'more_than_left', left: showDecimal(left) }] : [];
  });
}

/**
 * What a credit note says; the wishes have no problems, and null means all that is left. Amounts are differences of what
 * was credited before and after, so that all credit notes of an invoice together come to exactly what it said, however
 * it was cut: the VAT of a later one may then be some minor units beside rate × net, but is never below zero.
 */
export function planCredit(
  lines: readonly CreditableLine[],
  wishes: readonly CreditWish[] | null,
): CreditPlan {
  const pots = potsOf(lines).map((pot) => pot.map((line) => takenOf(line, wishes)));
  const credited = pots.flatMap(creditedIn).sort((a, b) => a.source.line - b.source.line);
  const groups = new Map<string, VatGroup>();
  for (const { source, net, total } of credited) {
    const { vatCategory: category, vatRate: rate } = source;
    const before = groups.get(taxKey(category, rate)) ?? { category, rate, net: 0n, vat: 0n };
    const vat = before.vat + total - net;
    groups.set(taxKey(category, rate), { category, rate, net: before.net + net, vat });
  }
  const shown = credited.map(({ source: { line }, ...taken }) => ({
    line,
    quantity: taken.quantity,
    net: taken.net,
    total: taken.total,
  }));
  const [net, total] = [sumOf(shown.map((one) => one.net)), sumOf(shown.map((one) => one.total))];
  return { lines: shown, groups: [...groups.values()], net, vat: total - net, total };
}

export function leftOf({ quantity, creditedQuantity }: CreditableLine): Decimal {
  return subtractDecimals(quantity, creditedQuantity);
}

function wantedOf(line: CreditableLine, wishes: readonly CreditWish[] | null): Decimal {
  if (wishes === null) return leftOf(line);
  const wish = wishes.find((one) => one.line === line.line);
  if (!wish) return { digits: 0n, scale: 0 };
  return wish.quantity ?? leftOf(line);
}

/** A line and what is taken of it now; a quantity of zero where it is left out. */
interface Taken {
  readonly source: CreditableLine;
  readonly quantity: Decimal;
  readonly net: bigint;
}

function takenOf(source: CreditableLine, wishes: readonly CreditWish[] | null): Taken {
  const quantity = wantedOf(source, wishes);
  const before = partOf(source.net, source, source.creditedQuantity);
  return {
    source,
    quantity,
    net: partOf(source.net, source, afterwards(source, quantity)) - before,
  };
}

/** With the VAT of the pot, which is computed once, distributed over the lines that are taken. */
function creditedIn(pot: readonly Taken[]): readonly (Taken & { readonly total: bigint })[] {
  const taken = pot.filter(({ quantity }) => quantity.digits > 0n);
  const nets = taken.map(({ net }) => net);
  // Of a price with VAT the last cent may be VAT alone.
  const weights = sumOf(nets) > 0n ? nets : nets.map(() => 1n);
  const shares = distribute(taken.length > 0 ? vatNow(pot) : 0n, weights);
  return taken.map((one, at) => ({ ...one, total: one.net + (shares[at] ?? 0n) }));
}

/** VAT that was to be taken back by now, without what was; never below zero and never beyond what the invoice said. */
function vatNow(pot: readonly Taken[]): bigint {
  const whole = sumOf(pot.map(({ source }) => source.total - source.net));
  const done = sumOf(pot.map(({ source }) => source.creditedVat));
  const isAll = pot.every(
    ({ source, quantity }) => compareDecimals(quantity, leftOf(source)) === 0,
  );
  const due = isAll ? whole : smaller(vatDue(pot), whole);
  return due > done ? due - done : 0n;
}

/** On all that is taken back by then: rate × net, or what the agreed prices hold beyond the net amount. */
function vatDue(pot: readonly Taken[]): bigint {
  const part = (amount: 'net' | 'total') =>
    sumOf(
      pot.map(({ source, quantity }) =>
        partOf(source[amount], source, afterwards(source, quantity)),
      ),
    );
  const [first] = pot;
  if (first?.source.includesVat) return part('total') - part('net');
  return first ? vatOn(part('net'), first.source.vatRate) : 0n;
}

function afterwards({ creditedQuantity }: CreditableLine, quantity: Decimal): Decimal {
  return addDecimals(creditedQuantity, quantity);
}

/** The part of a line's amount that a part of its quantity stands for. */
function partOf(amount: bigint, { quantity }: CreditableLine, part: Decimal): bigint {
  return divideRounded({
    numerator: amount * part.digits * 10n ** BigInt(quantity.scale),
    denominator: quantity.digits * 10n ** BigInt(part.scale),
  });
}

/** Lines of one category and rate whose prices are of one kind. */
function potsOf(lines: readonly CreditableLine[]): readonly (readonly CreditableLine[])[] {
  const pots = new Map<string, CreditableLine[]>();
  for (const line of lines) {
    const key = `${taxKey(line.vatCategory, line.vatRate)} ${line.includesVat}`;
    pots.set(key, [...(pots.get(key) ?? []), line]);
  }
  return [...pots.values()];
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
