import fc from 'fast-check';
import { type InvoiceLine } from '../../domain/invoice-document';
import { decimal, decimalText, isEqual, quotient, rounded, times } from '../decimal';
import { unitNetPrice } from './unit-net-price';

const LINE: InvoiceLine = {
  line: 1,
  description: 'Thing',
  quantity: '3',
  unit: null,
  unit_price: '0.333',
  price_includes_vat: false,
  vat_category: 'S',
  vat_rate: '21',
  net_minor: '100',
};

describe('the unit price of an e-invoice', () => {
  it('is the price as entered when that gives the amount of the line', () => {
    expect(unitNetPrice(LINE, 'EUR')).toEqual({ price: '0.333', baseQuantity: null });
  });

  it('has the VAT taken out, with as few decimals as give the amount again', () => {
    const line = { ...LINE, unit_price: '100', price_includes_vat: true, net_minor: '24793' };
    expect(unitNetPrice(line, 'EUR')).toEqual({ price: '82.6433', baseQuantity: null });
  });

  it('is derived where the amount was rounded to whole yen', () => {
    const line = { ...LINE, quantity: '2', unit_price: '1234.25', net_minor: '2469' };
    expect(unitNetPrice(line, 'JPY')).toEqual({ price: '1234.50', baseQuantity: null });
  });

  it('is that of the whole quantity where no ten decimals do', () => {
    const line = { ...LINE, quantity: '70000000000000', price_includes_vat: true };
    expect(unitNetPrice(line, 'EUR')).toEqual({ price: '1.00', baseQuantity: line.quantity });
  });

  it('always gives the amount again when it is multiplied by the quantity', () => {
    const quantities = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.nat({ max: 4 }))
      .map(([digits, scale]) => decimalText({ digits, scale }));
    const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const currencies = fc.constantFrom('EUR', 'JPY');
    fc.assert(
      fc.property(quantities, amounts, currencies, (quantity, net, currency) => {
        const line = { ...LINE, quantity, price_includes_vat: true, net_minor: String(net) };
        const { price, baseQuantity } = unitNetPrice(line, currency);
        const by = decimal(baseQuantity ?? '1');
        const back = quotient(times(decimal(quantity), decimal(price)), { by, scale: 12 });
        const scale = currency === 'EUR' ? 2 : 0;
        expect(isEqual(rounded(back, 2), { digits: net, scale })).toBe(true);
      }),
    );
  });
});
