import { textMember } from '../http/json';
import { exponentOf, toMinor } from '../money';
import { type Problem } from './issues';

/** https://developer.paypal.com/api/rest/reference/currency-codes/ */
const CURRENCIES = new Set(
  'AUD BRL CAD CNY CZK DKK EUR HKD HUF ILS JPY MYR MXN TWD NZD NOK PHP PLN GBP SGD SEK CHF THB USD'.split(
    ' ',
  ),
);
/** 999999999999999.99 in hundredths, and the same figure without decimals. */
const MAX_MINOR = 99_999_999_999_999_999n;

export function isSupported(currency: string): boolean {
  return CURRENCIES.has(currency);
}

/** The rules for one `{currency_code, value}` that is well-formed. */
export function moneyProblems(
  money: unknown,
  field: string,
  limit: 'above zero' | 'not below zero',
): Problem[] {
  const currency = textMember(money, 'currency_code') ?? '';
  const value = textMember(money, 'value') ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) {
    return [{ issue: 'INVALID_CURRENCY_CODE', field: `${field}/currency_code`, value: currency }];
  }
  if (!isSupported(currency)) {
    return [{ issue: 'CURRENCY_NOT_SUPPORTED', field: `${field}/currency_code`, value: currency }];
  }
  const issue = valueIssue(value, exponentOf(currency), limit);
  return issue === undefined ? [] : [{ issue, field: `${field}/value`, value }];
}

function valueIssue(
  value: string,
  exponent: number,
  limit: 'above zero' | 'not below zero',
): Problem['issue'] | undefined {
  const decimals = value.split('.')[1]?.length;
  if (exponent === 0 && decimals !== undefined) return 'DECIMALS_NOT_SUPPORTED';
  if (decimals !== undefined && decimals > exponent) return 'DECIMAL_PRECISION';
  const minor = toMinor(value, exponent);
  if (limit === 'above zero' && minor <= 0n) return 'CANNOT_BE_ZERO_OR_NEGATIVE';
  if (limit === 'not below zero' && minor < 0n) return 'CANNOT_BE_NEGATIVE';
  return minor > MAX_MINOR ? 'MAX_VALUE_EXCEEDED' : undefined;
}
