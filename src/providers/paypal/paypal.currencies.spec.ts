import { Money } from '../../shared/money/money';
import { fromPayPalAmount, PAYPAL_CURRENCIES, toPayPalAmount } from './paypal.currencies';

describe('PayPal currencies', () => {
  it.each([
    [1000n, 'EUR', '10.00'],
    [1n, 'USD', '0.01'],
    [5n, 'PLN', '0.05'],
    [1250n, 'JPY', '1250'],
    [125000n, 'HUF', '1250'],
    [100n, 'TWD', '1'],
    [999_999_999_999n, 'EUR', '9999999999.99'],
    [999_999_999_900n, 'HUF', '9999999999'],
    [999_999_999_999n, 'JPY', '999999999999'],
  ])('writes %s minor units of %s as "%s" and reads them back', (minor, currency, value) => {
    const money = Money.of(minor, currency);
    expect(toPayPalAmount(money)).toEqual({ currency_code: currency, value });
    expect(fromPayPalAmount({ currency_code: currency, value })).toEqual(money);
  });

  it.each([
    ['a fraction of a forint', 125050n, 'HUF'],
    ['a fraction of a Taiwan dollar', 1n, 'TWD'],
    ['nothing', 0n, 'EUR'],
    ['less than nothing', -100n, 'EUR'],
    ['more than twelve digits', 1_000_000_000_000n, 'EUR'],
    ['a currency that PayPal refuses', 1000n, 'VND'],
    ['roubles, which newer lists leave out', 1000n, 'RUB'],
    ['rupees, which are not confirmed', 1000n, 'INR'],
  ])('cannot hold %s', (_what, minor, currency) => {
    expect(toPayPalAmount(Money.of(minor, currency))).toBeNull();
  });

  it('reads decimals that mean nothing, and no others', () => {
    expect(fromPayPalAmount({ currency_code: 'JPY', value: '1250.00' })).toEqual(
      Money.of(1250n, 'JPY'),
    );
    expect(fromPayPalAmount({ currency_code: 'EUR', value: '10.005' })).toBeNull();
    expect(fromPayPalAmount({ currency_code: 'EUR', value: '-1.00' })).toBeNull();
    expect(fromPayPalAmount({ currency_code: 'EUR', value: '1,200.00' })).toBeNull();
    expect(fromPayPalAmount({ currency_code: 'XXX', value: '1.00' })).toBeNull();
  });

  it('lists the 24 currencies with their limits in ISO minor units', () => {
    expect(Object.keys(PAYPAL_CURRENCIES)).toHaveLength(24);
    expect(PAYPAL_CURRENCIES['EUR']).toEqual({
      exponent: 2,
      minimumMinor: 1n,
      maximumMinor: 999_999_999_999n,
    });
    expect(PAYPAL_CURRENCIES['HUF']).toEqual({
      exponent: 0,
      minimumMinor: 100n,
      maximumMinor: 999_999_999_900n,
    });
    expect(PAYPAL_CURRENCIES['JPY']).toMatchObject({ exponent: 0, minimumMinor: 1n });
  });
});
