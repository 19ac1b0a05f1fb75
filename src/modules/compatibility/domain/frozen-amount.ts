import { currencyExponent } from '../../../shared/money/currency';
import { Money } from '../../../shared/money/money';

/** Of both sides of the point together. */
const DIGITS_MAX = 9;

/** What a JSON number or a text may look like; no exponent, because nobody writes prices with one. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

export type ReadAmount =
  | { readonly amount: Money; readonly problem?: never }
  | { readonly amount?: never; readonly problem: string };

/** A decimal text such as `99.99` as money, by its digits alone; or what is wrong with it, in the older API's words. */
export function readAmount(text: string, currency: string): ReadAmount {
  const number = text.trim();
  if (!NUMBER.test(number)) return { problem: 'A valid number is required.' };
  const [whole = '', fraction = ''] = number.replace(/^[+-]/, '').split('.');
  const exponent = currencyExponent(currency);
  const digits = whole.replace(/^0+/, '').length + Math.max(fraction.length, exponent);
  if (fraction.length > exponent && digits <= DIGITS_MAX) {
    return { problem: `Ensure that there are no more than ${exponent} decimal places.` };
  }
  if (digits > DIGITS_MAX) {
    return { problem: `Ensure that there are no more than ${DIGITS_MAX} digits in total.` };
  }
  const amount = Money.fromDecimal(`${whole || '0'}${fraction && `.${fraction}`}`, currency);
  if (!amount || amount.isZero() || number.startsWith('-')) {
    const least = Money.of(1n, currency).toDecimal();
    return { problem: `Ensure this value is greater than or equal to ${least}.` };
  }
  return { amount };
}
