import fc from 'fast-check';
import { type CreditableLine, creditProblems, leftOf, planCredit } from './credit-plan';
import { addDecimals, decimalOf, showDecimal, ZERO } from './decimal';
import { type PricedLine, totalsOf } from './totals';

function creditable(lines: readonly PricedLine[]): CreditableLine[] {
  const { lineNets } = totalsOf(lines, 2);
  return lines.map(({ quantity, vatCategory, vatRate }, at) => ({
    line: at + 1,
    quantity,
    net: lineNets[at] ?? 0n,
    vatCategory,
    vatRate,
    creditedQuantity: ZERO,
  }));
}

const priced = (quantity: string, price: string): PricedLine => ({
  quantity: decimalOf(quantity),
  unitPrice: decimalOf(price),
  includesVat: false,
  vatCategory: 'S',
  vatRate: decimalOf('21'),
});

describe('a credit note', () => {
  it('takes everything back when nothing is named', () => {
    const lines = creditable([priced('3', '0.335'), priced('1', '10')]);
    const totals = totalsOf([priced('3', '0.335'), priced('1', '10')], 2);
    const plan = planCredit(lines, null);
    expect(plan).toMatchObject({ net: totals.net, vat: totals.vat, total: totals.total });
    expect(plan.isFull).toBe(true);
  });

  it('takes back a part of one line and leaves the others out', () => {
    const lines = creditable([priced('4', '25'), priced('1', '10')]);
    const plan = planCredit(lines, [{ line: 1, quantity: decimalOf('1.5') }]);
    expect(plan.lines.map(({ line, net }) => [line, net])).toEqual([[1, 3750n]]);
    expect(plan).toMatchObject({ net: 3750n, vat: 788n, total: 4538n, isFull: false });
  });

  it('says what is wrong with every wish', () => {
    const [line] = creditable([priced('2', '10')]);
    const lines = line ? [{ ...line, creditedQuantity: decimalOf('1.5') }] : [];
    const problems = creditProblems(lines, [
      { line: 1, quantity: decimalOf('0.6') },
      { line: 2, quantity: null },
      { line: 1, quantity: decimalOf('0.1') },
    ]);
    expect(problems).toEqual([
      { at: 0, code: 'more_than_left', left: '0.5' },
      { at: 1, code: 'unknown_line', left: '0' },
      { at: 2, code: 'repeated_line', left: '0.5' },
    ]);
    expect(creditProblems(lines, [{ line: 1, quantity: ZERO }])).toMatchObject([
      { code: 'nothing' },
    ]);
  });

  const anyLine = fc
    .record({
      quantity: fc.bigInt({ min: 1n, max: 9_999n }),
      price: fc.bigInt({ min: 0n, max: 99_999n }),
      rate: fc.constantFrom('21', '9', '5.5'),
    })
    .map(({ quantity, price, rate }): PricedLine => ({
      quantity: { digits: quantity, scale: 2 },
      unitPrice: { digits: price, scale: 3 },
      includesVat: false,
      vatCategory: 'S',
      vatRate: decimalOf(rate),
    }));

  it('comes with all others of its invoice to exactly what that said, however it is cut', () => {
    const cuts = fc.array(fc.tuple(fc.nat(5), fc.bigInt({ min: 1n, max: 5_000n })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), cuts, (priced, chosen) => {
        const totals = totalsOf(priced, 2);
        let lines = creditable(priced);
        let credited = 0n;
        const take = (wishes: Parameters<typeof planCredit>[1]) => {
          const plan = planCredit(lines, wishes);
          credited += plan.total;
          lines = lines.map((line) => {
            const now = plan.lines.find((one) => one.line === line.line);
            if (!now) return line;
            const creditedQuantity = addDecimals(line.creditedQuantity, now.quantity);
            return { ...line, creditedQuantity };
          });
          return plan;
        };
        for (const [at, digits] of chosen) {
          const wishes = [{ line: (at % lines.length) + 1, quantity: { digits, scale: 2 } }];
          if (creditProblems(lines, wishes).length === 0) take(wishes);
        }
        expect(take(null).isFull).toBe(true);
        expect(credited).toBe(totals.total);
        expect(lines.map((line) => showDecimal(leftOf(line)))).toEqual(lines.map(() => '0'));
      }),
    );
  });
});
