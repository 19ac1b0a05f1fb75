import { isObject, type JsonObject, textMember } from '../../http/json';
import { exponentOf, toDecimal, toMinor } from '../../money';
import { isSupported } from '../money-rules';
import { type Amount } from '../order';
import { type Detail } from './errors';

/** Two decimals or none, up to seven digits before them; thousands may have commas between. */
const DECIMAL = /^(?:\d{1,7}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{2})?$/;
const MAX_LENGTH = 10;

/** What is wrong with `{total, currency}`; an unsupported currency is not looked for here. */
export function amountProblems(amount: unknown, field: string): Detail[] {
  if (!isObject(amount)) return [{ field, issue: 'It has to be sent.' }];
  const currency = textMember(amount, 'currency') ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) {
    return [{ field, issue: 'The currency is not written as three capital letters.' }];
  }
  const issue = decimalIssue(amount['total'], currency);
  if (issue !== undefined) return [{ field, issue }];
  return toMinor(digitsOf(amount['total']), exponentOf(currency)) > 0n
    ? []
    : [{ field, issue: 'The amount has to be above zero.' }];
}

/** Why a text is no amount of this currency; undefined for one that is. */
export function decimalIssue(value: unknown, currency: string): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !DECIMAL.test(value)) {
    return 'An amount is a text of at most ten characters, with two decimals behind a point or none.';
  }
  const hasDecimals = value.includes('.');
  return hasDecimals && exponentOf(currency) === 0
    ? 'This currency is written without decimals.'
    : undefined;
}

export function isKnownCurrency(amount: unknown): boolean {
  return isSupported(textMember(amount, 'currency') ?? '');
}

/** Found good before; in the words of Payments v2, which the simulator keeps. */
export function readAmount(amount: unknown): Amount {
  const currency = textMember(amount, 'currency') ?? '';
  const exponent = exponentOf(currency);
  const minor = toMinor(digitsOf(textMember(amount, 'total')), exponent);
  return { currency_code: currency, value: toDecimal(minor, exponent) };
}

export function showAmount({ value, currency_code: currency }: Amount): JsonObject {
  return { total: value, currency };
}

/** Fees and sums have another name for the same thing. */
export function showMoney({ value, currency_code: currency }: Amount): JsonObject {
  return { value, currency };
}

/** Without the commas between thousands. */
export function digitsOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(',', '') : '0';
}
