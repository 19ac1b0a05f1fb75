import { type CreditableLine, leftOf, takenOf, type WantedLine } from './credit-pot';
import { compareDecimals, type Decimal, showDecimal, ZERO } from './decimal';
import { taxKey, type VatGroup } from './totals';

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
 * was credited before and after, so that all credit notes of an invoice together come to exactly what it said, however it
 * was cut. They are taken per rate and kind of price and not per line: however many lines there are, the VAT of each such
 * sum is less than two minor units beside rate × net.
 */
export function planCredit(
  lines: readonly CreditableLine[],
  wishes: readonly CreditWish[] | null,
): CreditPlan {
  const pots = potsOf(lines.map((source) => ({ source, quantity: wantedOf(source, wishes) })));
  const credited = pots.flatMap(takenOf).sort((a, b) => a.source.line - b.source.line);
  const groups = new Map<string, VatGroup>();
  for (const { source, net, total } of credited) {
    const { vatCategory: category, vatRate: rate } = source;
    const before = groups.get(taxKey(category, rate)) ?? { category, rate, net: 0n, vat: 0n };
    const vat = before.vat + total - net;
    groups.set(taxKey(category, rate), { category, rate, net: before.net + net, vat });
  }
  const shown = credited.map(({ source: { line }, quantity, net, total }) => {
    return { line, quantity, net, total };
  });
  const [net, total] = [sumOf(shown.map((one) => one.net)), sumOf(shown.map((one) => one.total))];
  return { lines: shown, groups: [...groups.values()], net, vat: total - net, total };
}

function wantedOf(line: CreditableLine, wishes: readonly CreditWish[] | null): Decimal {
  if (wishes === null) return leftOf(line);
  const wish = wishes.find((one) => one.line === line.line);
  if (!wish) return ZERO;
  return wish.quantity ?? leftOf(line);
}

/** Lines of one category and rate whose prices are of one kind. */
function potsOf(lines: readonly WantedLine[]): readonly (readonly WantedLine[])[] {
  const pots = new Map<string, WantedLine[]>();
  for (const line of lines) {
    const { vatCategory, vatRate, includesVat } = line.source;
    const key = `${taxKey(vatCategory, vatRate)} ${includesVat}`;
    const pot = pots.get(key) ?? [];
    pot.push(line);
    pots.set(key, pot);
  }
  return [...pots.values()];
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
