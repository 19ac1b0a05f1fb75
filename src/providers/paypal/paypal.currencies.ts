import { type CurrencyLimits } from '../provider-capabilities';
import { isCurrency, minorPerUnit } from '../../shared/money/currency';
import { Money, minorToDecimal } from '../../shared/money/money';
import { type PayPalAmount } from './paypal.wire';

/** https://developer.paypal.com/api/rest/reference/currency-codes/; BRL, CNY and MYR within their country only. */
const WITH_CENTS =
  'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD';
/** PayPal takes no decimals for these, although ISO 4217 gives HUF and TWD two. */
const WHOLE_ONLY = 'HUF JPY TWD';

/** PayPal's own ceiling does not fit a JSON integer of minor units; twelve digits do, with room. */
const MINOR_UNITS_MAX = 999_999_999_999n;

export type PayPalCurrencies = Readonly<Record<string, CurrencyLimits>>;

export const PAYPAL_CURRENCIES = currenciesUpTo(() => MINOR_UNITS_MAX);

/** All of them, with the largest amount that `maximum` gives for the decimals of each, in ISO minor units. */
export function currenciesUpTo(
  maximum: (of: { readonly isoUnits: bigint; readonly exponent: number }) => bigint,
): PayPalCurrencies {
  const limits = (currency: string, exponent: number): CurrencyLimits => {
    const isoUnits = minorPerUnit(currency, exponent);
    const most = maximum({ isoUnits, exponent });
    return { exponent, minimumMinor: isoUnits, maximumMinor: most - (most % isoUnits) };
  };
  return Object.fromEntries([
    ...WITH_CENTS.split(' ').map((code) => [code, limits(code, 2)] as const),
    ...WHOLE_ONLY.split(' ').map((code) => [code, limits(code, 0)] as const),
  ]);
}

/** The amount in PayPal's decimals; null when PayPal cannot hold it exactly. Nothing is ever rounded. */
export function toPayPalAmount(
  { minor, currency }: Money,
  currencies = PAYPAL_CURRENCIES,
): PayPalAmount | null {
  const limit = Object.hasOwn(currencies, currency) ? currencies[currency] : null;
  if (!limit) return null;
  const isoUnits = minorPerUnit(currency, limit.exponent);
  const most = limit.maximumMinor ?? MINOR_UNITS_MAX;
  if (minor % isoUnits !== 0n || minor < isoUnits || minor > most) return null;
  return { currency_code: currency, value: minorToDecimal(minor / isoUnits, limit.exponent) };
}

/** Null when the currency is none or the number has digits that the currency cannot hold. */
export function fromPayPalAmount({ currency_code, value }: PayPalAmount): Money | null {
  return isCurrency(currency_code) ? Money.fromDecimal(value, currency_code) : null;
}
