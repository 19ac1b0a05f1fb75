import fc from 'fast-check';
import * as decimals from './decimal';

const decimal = fc.record({
  digits: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  scale: fc.integer({ min: 0, max: 6 }),
});

describe('a decimal', () => {
  it.each([
    ['1.50', '1.5'],
    ['0.000001', '0.000001'],
    ['007', '7'],
    ['0', '0'],
    ['999999999999.999999', '999999999999.999999'],
  ])('is read exactly: %s', (text, shown) => {
    expect(decimals.showDecimal(decimals.decimalOf(text))).toBe(shown);
  });

  it.each(['', '-1', '+1', '1,5', '1.', '.5', '1e3', '1.1234567', '1 000', '٣', 'NaN'])(
    'is no other text: "%s"',
    (text) => {
      expect(decimals.readDecimal(text)).toBeNull();
    },
  );

  it('may be held to fewer decimals, zeros at the end not counted', () => {
    expect(decimals.readDecimal('5.555', 2)).toBeNull();
    expect(decimals.readDecimal('5.500', 2)).toEqual({ digits: 55n, scale: 1 });
  });

  it('comes back from what was added', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const back = decimals.subtractDecimals(decimals.addDecimals(a, b), b);
        expect(decimals.compareDecimals(back, a)).toBe(0);
      }),
    );
  });

  it.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [149n, 100n, 1n],
    [-150n, 100n, -2n],
    [0n, 7n, 0n],
  ])('%s / %s is rounded half away from zero: %s', (numerator, denominator, rounded) => {
    expect(decimals.divideRounded({ numerator, denominator })).toBe(rounded);
  });
});
