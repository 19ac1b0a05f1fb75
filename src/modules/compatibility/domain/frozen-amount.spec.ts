import { readAmount } from './frozen-amount';

describe('an amount of the older API', () => {
  it.each([
    ['99.99', 'EUR', 9999n],
    ['99', 'EUR', 9900n],
    ['99.9', 'EUR', 9990n],
    ['0.01', 'EUR', 1n],
    ['.5', 'EUR', 50n],
    ['5.', 'EUR', 500n],
    [' +0012.30 ', 'EUR', 1230n],
    ['9999999.99', 'EUR', 999_999_999n],
    ['999999999', 'JPY', 999_999_999n],
    ['1.005', 'KWD', 1005n],
  ])('%s %s is money', (text, currency, minor) => {
    expect(readAmount(text, currency).amount?.minor).toBe(minor);
  });

  const least = 'Ensure this value is greater than or equal to 0.01.';
  const decimals = 'Ensure that there are no more than 2 decimal places.';
  const digits = 'Ensure that there are no more than 9 digits in total.';
  const number = 'A valid number is required.';

  it.each([
    ['0', 'EUR', least],
    ['0.00', 'EUR', least],
    ['-5', 'EUR', least],
    ['-0.01', 'EUR', least],
    ['99.999', 'EUR', decimals],
    ['99.990', 'EUR', decimals],
    ['0.009', 'EUR', decimals],
    ['1.5', 'JPY', 'Ensure that there are no more than 0 decimal places.'],
    ['0', 'JPY', 'Ensure this value is greater than or equal to 1.'],
    ['1234567890', 'EUR', digits],
    ['12345678', 'EUR', digits],
    ['12345678.99', 'EUR', digits],
    ['99.990000000000001', 'EUR', digits],
    ['9'.repeat(60_000), 'EUR', digits],
    ['abc', 'EUR', number],
    ['1e2', 'EUR', number],
    ['1,5', 'EUR', number],
    ['NaN', 'EUR', number],
    ['Infinity', 'EUR', number],
    ['.', 'EUR', number],
    ['--1', 'EUR', number],
  ])('%s %s is refused', (text, currency, problem) => {
    expect(readAmount(text, currency)).toEqual({ problem });
  });
});
