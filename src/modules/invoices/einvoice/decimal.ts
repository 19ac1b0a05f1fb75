import { minorToDecimal } from '../../../shared/money/money';
import { type Decimal, divideRounded } from '../domain/decimal';

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Reads `"82.5"`. Throws a RangeError for what is no plain decimal. */
export function decimal(text: string): Decimal {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`${JSON.stringify(text)} is not a decimal number`);
  const [, sign = '', whole = '', fraction = ''] = match;
  return { digits: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

/** Whole minor units as major units: 12100 of a currency with two decimals is 121.00. */
export function majorUnits(minor: bigint, exponent: number): Decimal {
  return { digits: minor, scale: exponent };
}

/** A rate in percent as a factor: 21 becomes 0.21. */
export function fractionOf(percent: Decimal): Decimal {
  return { digits: percent.digits, scale: percent.scale + 2 };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: digitsAt(a, scale) + digitsAt(b, scale), scale };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

/** The quotient of two decimals, rounded half away from zero to `scale` decimals. Throws when `by` is zero. */
export function quotient(of: Decimal, { by, scale }: { by: Decimal; scale: number }): Decimal {
  const shift = Math.max(0, scale + by.scale - of.scale);
  const surplus = Math.max(0, of.scale - by.scale - scale);
  const numerator = of.digits * 10n ** BigInt(shift) * (by.digits < 0n ? -1n : 1n);
  const denominator = magnitude(by.digits) * 10n ** BigInt(surplus);
  return { digits: divideRounded({ numerator, denominator }), scale };
}

/** Rounded half away from zero, as EN 16931 does it: 0.125 with two decimals is 0.13, −0.125 is −0.13. */
export function rounded(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { digits: digitsAt(value, scale), scale };
  return quotient(value, { by: { digits: 1n, scale: 0 }, scale });
}

export function isEqual(a: Decimal, b: Decimal): boolean {
  return difference(a, b) === 0n;
}

/** Whether two decimals are at most `tolerance` apart. */
export function isNear(a: Decimal, b: Decimal, tolerance: Decimal): boolean {
  return excess(a, b, tolerance) <= 0n;
}

/** Whether two decimals are less than `limit` apart. */
export function isWithin(a: Decimal, b: Decimal, limit: Decimal): boolean {
  return excess(a, b, limit) < 0n;
}

export function isZero({ digits }: Decimal): boolean {
  return digits === 0n;
}

export function decimalText({ digits, scale }: Decimal): string {
  return minorToDecimal(digits, scale);
}

function difference(a: Decimal, b: Decimal): bigint {
  const scale = Math.max(a.scale, b.scale);
  return digitsAt(a, scale) - digitsAt(b, scale);
}

/** How much farther apart two decimals are than that, in digits; negative when they are nearer. */
function excess(a: Decimal, b: Decimal, than: Decimal): bigint {
  const scale = Math.max(a.scale, b.scale, than.scale);
  return magnitude(digitsAt(a, scale) - digitsAt(b, scale)) - digitsAt(than, scale);
}

/** The digits with `scale` decimals, which must not be fewer than there are. */
function digitsAt({ digits, scale: own }: Decimal, scale: number): bigint {
  return digits * 10n ** BigInt(scale - own);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
