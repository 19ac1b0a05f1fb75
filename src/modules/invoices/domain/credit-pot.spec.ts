import { type CreditableLine, takenOf } from './credit-pot';
import { decimalOf, ZERO } from './decimal';
import { type PricedLine, totalsOf } from './totals';

/** The lines of an issued invoice that all say the same, at 21 % in the price. */
function alike(count: number, quantity: string, price: string): readonly CreditableLine[] {
  const line: PricedLine = {
    quantity: decimalOf(quantity),
    unitPrice: decimalOf(price),
    includesVat: true,
    vatCategory: 'S',
    vatRate: decimalOf('21'),
  };
  const { lineNets, lineTotals } = totalsOf(Array<PricedLine>(count).fill(line), 2);
  return lineNets.map((net, at) => ({
    ...line,
    line: at + 1,
    net,
    total: lineTotals[at] ?? 0n,
    creditedQuantity: ZERO,
    creditedNet: 0n,
    creditedVat: 0n,
  }));
}

/** Net amount and VAT of each line when one of each of those lines is taken. */
function takeOne(lines: readonly CreditableLine[], ...numbers: readonly number[]) {
  const pot = lines.map((source) => {
    return { source, quantity: numbers.includes(source.line) ? decimalOf('1') : ZERO };
  });
  return takenOf(pot).map(({ net, total }) => [net, total - net]);
}

describe('what is taken back of prices with VAT', () => {
  it('gives each line the net amount that it had, where those come to the right sum', () => {
    const lines = alike(3, '1', '0.50');
    expect(lines.map(({ net }) => net)).toEqual([42n, 41n, 41n]);
    expect(takeOne(lines, 1, 2, 3)).toEqual([
      [42n, 8n],
      [41n, 9n],
      [41n, 9n],
    ]);
  });

  it('gives no line more net amount than its total where the lines had too little', () => {
    const lines = alike(10, '1', '0.01');
    expect(lines.map(({ net }) => net)).toEqual([1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 0n, 0n]);
    expect(takeOne(lines, 1, 9, 10)).toEqual([
      [1n, 0n],
      [0n, 1n],
      [1n, 0n],
    ]);
  });

  /** 49 cents of each are credited, 81.98 net and 16.02 VAT where 80.99 and 17.01 were right. */
  const roundedByLine = () =>
    alike(200, '2', '0.49').map((line) => ({
      ...line,
      creditedQuantity: decimalOf('1'),
      creditedNet: (line.net + 1n) / 2n,
      creditedVat: line.line <= 2 ? 9n : 8n,
    }));

  it('has no net amount below zero after an older note that took too much', () => {
    expect(takeOne(roundedByLine(), 7)).toEqual([[0n, 49n]]);
  });

  it('comes to what the invoice said, also with such a note', () => {
    const lines = roundedByLine();
    const taken = takeOne(lines, ...lines.map(({ line }) => line));
    const [net, vat] = [0, 1].map((at) => taken.reduce((sum, one) => sum + (one[at] ?? 0n), 0n));
    expect([net, vat]).toEqual([16198n - 8198n, 3402n - 1602n]);
  });
});
