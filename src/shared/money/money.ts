import { currencyExponent } from './currency';

const DECIMAL = /^(\d{1,18})(?:\.(\d{1,4}))?$/;

/**
 * An amount of money: a whole number of minor units (cents) and an ISO 4217 currency.
 * There is no way in from a JavaScript `number`, and two currencies are never mixed.
 */
export class Money {
  private constructor(
    readonly minor: bigint,
    readonly currency: string,
  ) {}

  /** `Money.of(1000n, 'EUR')` is ten euros. Throws for a currency that ISO 4217 does not list. */
  static of(minor: bigint, currency: string): Money {
    currencyExponent(currency);
    return new Money(minor, currency);
  }

  static zero(currency: string): Money {
    return Money.of(0n, currency);
  }

  /**
   * Reads a decimal text such as `"10.00"`; null when it is no plain decimal or has digits that the
   * currency's minor unit cannot hold (`"10.005"` EUR). Nothing is ever rounded.
   */
  static fromDecimal(text: string, currency: string): Money | null {
    const match = DECIMAL.exec(text);
    if (!match) return null;
    const exponent = currencyExponent(currency);
    const fraction = (match[2] ?? '').padEnd(exponent, '0');
    const beyond = fraction.slice(exponent);
    if (/[1-9]/.test(beyond)) return null;
    return new Money(BigInt(`${match[1]}${fraction.slice(0, exponent)}`), currency);
  }

  plus(other: Money): Money {
    return new Money(this.minor + this.sameCurrency(other).minor, this.currency);
  }

  minus(other: Money): Money {
    return new Money(this.minor - this.sameCurrency(other).minor, this.currency);
  }

  equals(other: Money): boolean {
    return this.minor === other.minor && this.currency === other.currency;
  }

  isGreaterThan(other: Money): boolean {
    return this.minor > this.sameCurrency(other).minor;
  }

  isZero(): boolean {
    return this.minor === 0n;
  }

  /** `"10.00"` for 1000 EUR, `"1000"` for 1000 JPY: always the currency's own number of decimals. */
  toDecimal(): string {
    return minorToDecimal(this.minor, currencyExponent(this.currency));
  }

  toString(): string {
    return `${this.currency} ${this.toDecimal()}`;
  }

  private sameCurrency(other: Money): Money {
    if (other.currency !== this.currency) {
      throw new RangeError(`${this.currency} and ${other.currency} cannot be added or compared`);
    }
    return other;
  }
}

/** Writes minor units with a point before the last `exponent` digits. */
export function minorToDecimal(minor: bigint, exponent: number): string {
  return minorTextToDecimal(minor.toString(), exponent);
}

/**
 * Minor units as a JSON integer. JSON numbers are doubles in most readers, so a value they would round
 * is refused here rather than shown wrong; accepted amounts stay far below that.
 */
export function minorToJson(minor: bigint): number {
  return minorTextToJson(minor.toString());
}

/** Minor units as the database hands them over, as text, for a JSON answer; lists show dozens of them. */
export function minorTextToJson(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a JSON integer`);
  return value;
}

/**
 * The same of sums, which nothing bounds: null where a JSON reader would round it. The decimal text beside it is
 * always exact.
 */
export function sumTextToJson(text: string): number | null {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/** Like `minorToDecimal`, straight from the database's text. */
export function minorTextToDecimal(text: string, exponent: number): string {
  if (exponent === 0) return text;
  const sign = text.startsWith('-') ? '-' : '';
  const digits = text.slice(sign.length).padStart(exponent + 1, '0');
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
