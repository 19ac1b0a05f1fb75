import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideRounded,
  showDecimal,
  subtractDecimals,
} from './decimal';
import { type VatCategory } from './invoice-document';
import { type VatGroup, vatOn } from './totals';

/** A line of an issued invoice and how much of it earlier credit notes took back. */
export interface CreditableLine {
  readonly line: number;
  readonly quantity: Decimal;
  readonly net: bigint;
  readonly vatCategory: VatCategory;
  readonly vatRate: Decimal;
  readonly creditedQuantity: Decimal;
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
}

export interface CreditPlan {
  readonly lines: readonly CreditedLine[];
  readonly groups: readonly VatGroup[];
  readonly net: bigint;
  readonly vat: bigint;
  readonly total: bigint;
  /** Nothing of the invoice is left afterwards. */
  readonly isFull: boolean;
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
 * it was cut: the VAT of a later one may then be a minor unit beside rate × net.
 */
export function planCredit(
  lines: readonly CreditableLine[],
  wishes: readonly CreditWish[] | null,
): CreditPlan {
  const credited = lines.flatMap((line) => {
    const quantity = wantedOf(line, wishes);
    if (quantity.digits === 0n) return [];
    return [{ source: line, line: line.line, quantity, net: creditedNet(line, quantity) }];
  });
  const groups = groupsOf(lines, new Map(credited.map(({ line, net }) => [line, net])));
  const net = sumOf(credited.map((one) => one.net));
  const vat = sumOf(groups.map((group) => group.vat));
  const isFull = lines.every((line) => {
    const left = leftOf(line);
    return compareDecimals(wantedOf(line, wishes), left) === 0;
  });
  const shown = credited.map(({ line, quantity, net }) => ({ line, quantity, net }));
  return { lines: shown, groups, net, vat, total: net + vat, isFull };
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

function creditedNet(line: CreditableLine, quantity: Decimal): bigint {
  const before = line.creditedQuantity;
  return netOf(line, addDecimals(before, quantity)) - netOf(line, before);
}

/** The part of the line's amount that a part of its quantity stands for. */
function netOf({ net, quantity }: CreditableLine, part: Decimal): bigint {
  return divideRounded({
    numerator: net * part.digits * 10n ** BigInt(quantity.scale),
    denominator: quantity.digits * 10n ** BigInt(part.scale),
  });
}

function groupsOf(
  lines: readonly CreditableLine[],
  netNow: ReadonlyMap<number, bigint>,
): readonly VatGroup[] {
  const groups = new Map<
    string,
    { lines: CreditableLine[] } & Pick<VatGroup, 'category' | 'rate'>
  >();
  for (const line of lines) {
    const key = `${line.vatCategory} ${showDecimal(line.vatRate)}`;
    const group = groups.get(key) ?? {
      category: line.vatCategory,
      rate: line.vatRate,
      lines: [],
    };
    group.lines.push(line);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ category, rate, lines: members }) => {
    if (!members.some(({ line }) => netNow.has(line))) return [];
    const before = sumOf(members.map((line) => netOf(line, line.creditedQuantity)));
    const net = sumOf(members.map(({ line }) => netNow.get(line) ?? 0n));
    return [{ category, rate, net, vat: vatOn(before + net, rate) - vatOn(before, rate) }];
  });
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
