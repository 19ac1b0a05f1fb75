import { currencyExponent } from '../../../shared/money/currency';
import { minorTextToDecimal } from '../../../shared/money/money';

type Decimal = `${number}`;

/** How figures and dates are written in one language and currency. Decimals go to `Intl` as text: exact, at any size. */
export interface Formats {
  /** `€ 1.234,50` from `"123450"`. */
  money(minor: string): string;
  /** `1.234,50` from `"123450"`, where a heading names the currency. */
  amount(minor: string): string;
  /** `82,50` from `"82.5"`; up to six decimals. */
  price(decimal: string): string;
  /** `1,5` from `"1.5"`. */
  quantity(decimal: string): string;
  /** `uur` for `hour`: the units of time and measure are translated, others stay as they are. */
  unit(counted: Counted): string;
  /** `21%` from `"21"`. */
  percent(decimal: string): string;
  /** `21 november 2026` from `"2026-11-21"`. */
  date(date: string): string;
  /** `1–30 november 2026`. */
  period(period: Period): string;
  /** `Duitsland` from `"DE"`. */
  country(code: string): string;
  /** `€`. */
  readonly currency: string;
}

interface Period {
  /** The first and the last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

interface Counted {
  readonly unit: string;
  /** Decides between the singular and the plural. */
  readonly quantity: string;
}

interface Habits {
  readonly tag: LanguageTag;
  /** ISO 4217. */
  readonly currency: string;
}

/** BCP 47 with a country: `nl-NL`. */
type LanguageTag = string;

const PRICE_DECIMALS_MAX = 6;
/** As many as `Intl` of every supported Node.js writes; more than a quantity has. */
const DECIMALS_MAX = 20;

export function formatsOf({ tag, currency }: Habits): Formats {
  const exponent = currencyExponent(currency);
  const digits = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
  const money = new Intl.NumberFormat(tag, { style: 'currency', currency, ...digits });
  const amount = new Intl.NumberFormat(tag, digits);
  const price = new Intl.NumberFormat(tag, {
    ...digits,
    maximumFractionDigits: Math.max(exponent, PRICE_DECIMALS_MAX),
  });
  const plain = { maximumFractionDigits: DECIMALS_MAX };
  const quantity = new Intl.NumberFormat(tag, plain);
  const percent = new Intl.NumberFormat(tag, { style: 'unit', unit: 'percent', ...plain });
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const decimalOf = (minor: string) => decimal(minorTextToDecimal(minor, exponent));
  return {
    money: (minor) => money.format(decimalOf(minor)),
    amount: (minor) => amount.format(decimalOf(minor)),
    price: (text) => price.format(decimal(text)),
    quantity: (text) => quantity.format(decimal(text)),
    unit: unitNames(tag),
    percent: (text) => percent.format(decimal(text)),
    date: (text) => unbroken(date.format(midnight(text))),
    period: ({ from, to }) => unbroken(date.formatRange(midnight(from), midnight(to))),
    country: (code) => countryName(tag, code),
    currency: money.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency,
  };
}

const TRANSLATED_UNITS: ReadonlySet<string> = new Set(Intl.supportedValuesOf('unit'));

/** Thousands of lines mostly share a few units, and making a format is slow. */
function unitNames(tag: LanguageTag): Formats['unit'] {
  const formats = new Map<string, Intl.NumberFormat>();
  return ({ unit, quantity }) => {
    if (!TRANSLATED_UNITS.has(unit)) return unit;
    const options = { style: 'unit', unit, unitDisplay: 'long' } as const;
    const format = formats.get(unit) ?? new Intl.NumberFormat(tag, options);
    formats.set(unit, format);
    const parts = format.formatToParts(decimal(quantity));
    return parts.find(({ type }) => type === 'unit')?.value ?? unit;
  };
}

/** A date that is broken between the day and the month is read twice. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** What is no code is shown as it is: a document that was issued has to be printed. */
function countryName(tag: LanguageTag, code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(tag, { type: 'region' }).of(code) ?? code;
}

function midnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function decimal(text: string): Decimal {
  if (isDecimal(text)) return text;
  throw new RangeError('The document holds a figure that is no decimal');
}

function isDecimal(text: string): text is Decimal {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}
