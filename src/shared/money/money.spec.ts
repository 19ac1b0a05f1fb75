import fc from 'fast-check';
import { currencyExponent, isCurrency, minorPerUnit } from './currency';
import { Money, minorToDecimal, minorToJson } from './money';

describe('Money', () => {
  it.each([
    ['EUR', 1000n, '10.00'],
    ['EUR', 5n, '0.05'],
    ['JPY', 1250n, '1250'],
    ['KWD', 1n, '0.001'],
    ['EUR', -1234n, '-12.34'],
  ])('writes %s %s minor units as %s', (currency, minor, decimal) => {
    expect(Money.of(minor, currency).toDecimal()).toBe(decimal);
  });

  it('reads back every amount that it wrote', () => {
    const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'HUF');
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), currency, (minor, code) => {
        const money = Money.of(minor, code);
        expect(Money.fromDecimal(money.toDecimal(), code)?.equals(money)).toBe(true);
      }),
    );
  });

  it.each([
    ['10.005', 'EUR'],
    ['1.5', 'JPY'],
    ['1e3', 'EUR'],
    ['-1', 'EUR'],
    ['1,00', 'EUR'],
    ['', 'EUR'],
  ])('refuses %j as %s instead of rounding it', (text, currency) => {
    expect(Money.fromDecimal(text, currency)).toBeNull();
  });

  it('accepts zeros behind the last decimal of the currency', () => {
    expect(Money.fromDecimal('1250.00', 'JPY')?.minor).toBe(1250n);
  });

  it('adds and subtracts without ever leaving whole minor units', () => {
    const sum = Money.of(10n, 'EUR').plus(Money.of(20n, 'EUR')).minus(Money.of(1n, 'EUR'));
    expect(sum.minor).toBe(29n);
  });

  it('throws when two currencies are mixed', () => {
    expect(() => Money.of(1n, 'EUR').plus(Money.of(1n, 'USD'))).toThrow('cannot be added');
    expect(() => Money.of(1n, 'EUR').isGreaterThan(Money.of(1n, 'USD'))).toThrow(RangeError);
  });

  it('throws for a currency that ISO does not list', () => {
    expect(() => Money.of(1n, 'XXX')).toThrow('XXX is not an ISO 4217 currency');
    expect(isCurrency('eur')).toBe(false);
    expect(currencyExponent('BHD')).toBe(3);
  });

  it('keeps amounts beyond 2^53 exact and refuses to show them as a JSON number', () => {
    expect(minorToDecimal(9007199254740993n, 2)).toBe('90071992547409.93');
    expect(() => minorToJson(9007199254740993n)).toThrow('does not fit');
  });

  it.each([
    ['HUF', 0, 100n],
    ['JPY', 0, 1n],
    ['EUR', 2, 1n],
    ['KWD', 2, 10n],
    ['JPY', 2, 1n],
  ])('of %s with %s decimals comes in steps of %s minor units', (currency, decimals, step) => {
    expect(minorPerUnit(currency, decimals)).toBe(step);
  });
});
