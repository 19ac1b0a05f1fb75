import { exponentOf, toDecimal, toMinor } from '../money';
import { type Amount } from './order';

/** Well-formed amounts as whole minor units, and back into PayPal's spelling. */
export function minorOf(amount: Amount): bigint {
  return toMinor(amount.value, exponentOf(amount.currency_code));
}

export function amountOf(minor: bigint, currency: string): Amount {
  return { currency_code: currency, value: toDecimal(minor, exponentOf(currency)) };
}

export function sumOf(amounts: readonly Amount[]): bigint {
  return amounts.reduce((sum, amount) => sum + minorOf(amount), 0n);
}
