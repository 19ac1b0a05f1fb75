import fc from 'fast-check';
import { decimalOf, divideRounded } from './decimal';
import { type VatCategory } from './invoice-document';
import { type PricedLine, totalsOf, vatOn } from './totals';

function line(changes: {
  quantity?: string;
  price: string;
  rate?: string;
  category?: VatCategory;
  includesVat?: boolean;
}): PricedLine {
  return {
    quantity: decimalOf(changes.quantity ?? '1'),
    unitPrice: decimalOf(changes.price),
    includesVat: changes.includesVat ?? false,
    vatCategory: changes.category ?? 'S',
    vatRate: decimalOf(changes.rate ?? '21'),
  };
}

const decimal = (digitsMax: bigint) =>
  fc.record({
    digits: fc.bigInt({ min: 0n, max: digitsMax }),
    scale: fc.integer({ min: 0, max: 4 }),
  });

const anyLine: fc.Arbitrary<PricedLine> = fc.record({
  quantity: decimal(100_000n),
  unitPrice: decimal(100_000_000n),
  includesVat: fc.boolean(),
  vatCategory: fc.constant('S' as const),
  vatRate: fc.constantFrom('21', '9', '5.5', '2.1').map(decimalOf),
});

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, one) => all + one, 0n);

describe('totals of an invoice', () => {
  it('take VAT once per category and rate, not per line', () => {
    // Three lines of 0.33 at 21 %: 0.0693 each is 0.07, but 0.99 has 0.2079.
    const totals = totalsOf(Array(3).fill(line({ price: '0.33' })), 2);
    expect(totals).toMatchObject({ net: 99n, vat: 21n, total: 120n });
    expect(totals.groups).toHaveLength(1);
  });

  it('round half a cent away from zero', () => {
    expect(totalsOf([line({ quantity: '0.5', price: '0.01', rate: '9' })], 2).net).toBe(1n);
    expect(vatOn(50n, decimalOf('21'))).toBe(11n);
  });

  it('keep rates and categories apart, in the order of the lines', () => {
    const totals = totalsOf(
      [
        line({ price: '10', rate: '9' }),
        line({ price: '20' }),
        line({ price: '5', category: 'Z', rate: '0' }),
        line({ price: '1', rate: '9.0' }),
      ],
      2,
    );
    const shown = totals.groups.map(({ category, net, vat }) => [category, net, vat]);
    expect(shown).toEqual([
      ['S', 1100n, 99n],
      ['S', 2000n, 420n],
      ['Z', 500n, 0n],
    ]);
  });

  it('count in the minor units of the currency', () => {
    expect(totalsOf([line({ price: '1000.5' })], 0)).toMatchObject({ net: 1001n, vat: 210n });
    expect(totalsOf([line({ price: '1.2345' })], 3)).toMatchObject({ net: 1235n, vat: 259n });
  });

  it('take the VAT out of prices that hold it once per rate', () => {
    const three = totalsOf(Array(3).fill(line({ price: '3.33', includesVat: true })), 2);
    expect(three).toMatchObject({ net: 826n, vat: 173n, total: 999n });
    expect(three.lineNets).toEqual([276n, 275n, 275n]);
    expect(three.lineTotals).toEqual([333n, 333n, 333n]);
  });

  it('ask what was agreed, though no net amount has just that with its VAT', () => {
    const ten = totalsOf([line({ price: '10', includesVat: true })], 2);
    expect(ten).toMatchObject({ net: 826n, vat: 174n, total: 1000n });
  });

  it('put both kinds of prices of one rate into one subtotal', () => {
    const { groups, lineTotals } = totalsOf(
      [line({ price: '10', includesVat: true }), line({ price: '10' })],
      2,
    );
    expect(groups).toMatchObject([{ net: 1826n, vat: 384n }]);
    expect(lineTotals).toEqual([1000n, 1210n]);
  });

  it('add up, whatever the lines are', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 30 }), (lines) => {
        const totals = totalsOf(lines, 2);
        expect(sum(totals.lineNets)).toBe(totals.net);
        expect(sum(totals.groups.map(({ net }) => net))).toBe(totals.net);
        expect(sum(totals.groups.map(({ vat }) => vat))).toBe(totals.vat);
        expect(totals.net + totals.vat).toBe(totals.total);
        expect(sum(totals.lineTotals)).toBe(totals.total);
        totals.lineTotals.forEach((total, at) => {
          expect(total >= (totals.lineNets[at] ?? 0n)).toBe(true);
        });
        for (const { net, vat, rate } of totals.groups) {
          const beside = vat - vatOn(net, rate);
          expect(beside <= 1n && beside >= -1n).toBe(true);
        }
      }),
    );
  });

  it('take exactly the rate of what is priced without VAT', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 30 }), (lines) => {
        const exclusive = lines.map((one) => ({ ...one, includesVat: false }));
        for (const { net, vat, rate } of totalsOf(exclusive, 2).groups) {
          expect(vat).toBe(vatOn(net, rate));
        }
      }),
    );
  });

  it('round each line without VAT once', () => {
    fc.assert(
      fc.property(anyLine, (one) => {
        const [net] = totalsOf([{ ...one, includesVat: false }], 2).lineNets;
        const { quantity, unitPrice } = one;
        const scale = 10n ** BigInt(quantity.scale + unitPrice.scale);
        expect(net).toBe(
          divideRounded({
            numerator: quantity.digits * unitPrice.digits * 100n,
            denominator: scale,
          }),
        );
      }),
    );
  });

  it('are the sum of the prices where those hold the VAT, line by line', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 30 }), (lines) => {
        const asked = totalsOf(
          lines.map((one) => ({ ...one, includesVat: false })),
          2,
        ).lineNets;
        const inclusive = lines.map((one) => ({ ...one, includesVat: true }));
        const { total, lineTotals } = totalsOf(inclusive, 2);
        expect(lineTotals).toEqual(asked);
        expect(total).toBe(sum(asked));
      }),
    );
  });
});
