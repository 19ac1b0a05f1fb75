import fc from 'fast-check';
import { decimal, decimalText, isEqual, isNear, quotient, rounded, times } from './decimal';

describe('an exact decimal', () => {
  it.each([
    ['0.125', 2, '0.13'],
    ['-0.125', 2, '-0.13'],
    ['0.1249', 2, '0.12'],
    ['2468.5', 0, '2469'],
    ['7', 2, '7.00'],
  ])('%s rounded to %s decimals is %s: halves go away from zero', (text, scale, expected) => {
    expect(decimalText(rounded(decimal(text), scale))).toBe(expected);
  });

  it.each(['1,5', '1e3', '', '.5', ' 1', '0x10'])('is not read from %j', (text) => {
    expect(() => decimal(text)).toThrow(RangeError);
  });

  it('is the same number with and without zeros at its end', () => {
    expect(isEqual(decimal('21'), decimal('21.00'))).toBe(true);
    expect(isEqual(decimal('21'), decimal('21.01'))).toBe(false);
  });

  it('is near another up to the tolerance and not beyond', () => {
    expect(isNear(decimal('1.00'), decimal('1.02'), decimal('0.02'))).toBe(true);
    expect(isNear(decimal('1.00'), decimal('1.0201'), decimal('0.02'))).toBe(false);
  });

  it('gives back what was multiplied when it is divided again', () => {
    const digits = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    const divisors = digits.filter((one) => one !== 0n);
    const scales = fc.nat({ max: 6 });
    fc.assert(
      fc.property(digits, divisors, scales, scales, (top, bottom, scale, other) => {
        const by = { digits: bottom, scale: other };
        const value = { digits: top, scale };
        expect(isEqual(quotient(times(value, by), { by, scale }), value)).toBe(true);
      }),
    );
  });

  it('is not divided by zero', () => {
    expect(() => quotient(decimal('1'), { by: decimal('0.00'), scale: 2 })).toThrow(RangeError);
  });
});
