/** A decimal number held exactly: `digits / 10^scale`. Quantities, prices and rates; never money itself. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const DECIMAL = /^(\d{1,12})(?:\.(\d{1,6}))?$/;

/**
 * Reads plain decimal text such as `"82.5"`: up to 12 digits before the point and up to `decimalsMax`, at most 6, after
 * it. Null for anything else, signs and exponents included: nothing is ever rounded on the way in.
 */
export function readDecimal(text: string, decimalsMax = 6): Decimal | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > decimalsMax) return null;
  return { digits: BigInt(`${match[1]}${fraction}`), scale: fraction.length };
}

/** For text that was checked on its way in. */
export function decimalOf(text: string): Decimal {
  const value = readDecimal(text);
  if (value === null) throw new RangeError(`"${text}" is no plain decimal`);
  return value;
}

/** The shortest text: `"1.5"`, never `"1.50"` or `"01.5"`. */
export function showDecimal({ digits, scale }: Decimal): string {
  const text = digits.toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const difference = at(a, b.scale) - at(b, a.scale);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  return { digits: at(a, b.scale) + at(b, a.scale), scale: a.scale + b.scale };
}

/** Throws when the result would be negative: nothing here counts below zero. */
export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  const digits = at(a, b.scale) - at(b, a.scale);
  if (digits < 0n) throw new RangeError('the difference is negative');
  return { digits, scale: a.scale + b.scale };
}

export const ZERO: Decimal = { digits: 0n, scale: 0 };

function at({ digits }: Decimal, moreDecimals: number): bigint {
  return digits * 10n ** BigInt(moreDecimals);
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** To the nearest whole number, halves away from zero as EN 16931 has it. */
export function divideRounded({ numerator, denominator }: Fraction): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const isNegative = numerator < 0n;
  const size = isNegative ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return isNegative ? -rounded : rounded;
}
