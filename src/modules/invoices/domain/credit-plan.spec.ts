import fc from 'fast-check';
import { type CreditPlan, creditProblems, planCredit } from './credit-plan';
import { type CreditableLine, leftOf } from './credit-pot';
import { addDecimals, decimalOf, showDecimal, ZERO } from './decimal';
import { type PricedLine, totalsOf } from './totals';

function creditable(lines: readonly PricedLine[]): CreditableLine[] {
  const { lineNets, lineTotals } = totalsOf(lines, 2);
  return lines.map((line, at) => ({
    ...line,
    line: at + 1,
    net: lineNets[at] ?? 0n,
    total: lineTotals[at] ?? 0n,
    creditedQuantity: ZERO,
    creditedNet: 0n,
    creditedVat: 0n,
  }));
}

const priced = (
  quantity: string,
  price: string,
  changes: Partial<PricedLine> = {},
): PricedLine => ({
  quantity: decimalOf(quantity),
  unitPrice: decimalOf(price),
  includesVat: false,
  vatCategory: 'S',
  vatRate: decimalOf('21'),
  ...changes,
});

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, one) => all + one, 0n);

/** The lines as they are once that is credited. */
function after(lines: readonly CreditableLine[], plan: CreditPlan): CreditableLine[] {
  return lines.map((line) => {
    const now = plan.lines.find((one) => one.line === line.line);
    if (!now) return line;
    return {
      ...line,
      creditedQuantity: addDecimals(line.creditedQuantity, now.quantity),
      creditedNet: line.creditedNet + now.net,
      creditedVat: line.creditedVat + now.total - now.net,
    };
  });
}

describe('a credit note', () => {
  it('takes everything back when nothing is named', () => {
    const lines = creditable([priced('3', '0.335'), priced('1', '10')]);
    const totals = totalsOf([priced('3', '0.335'), priced('1', '10')], 2);
    const plan = planCredit(lines, null);
    expect(plan).toMatchObject({ net: totals.net, vat: totals.vat, total: totals.total });
  });

  it('takes back a part of one line and leaves the others out', () => {
    const lines = creditable([priced('4', '25'), priced('1', '10')]);
    const plan = planCredit(lines, [{ line: 1, quantity: decimalOf('1.5') }]);
    expect(plan.lines.map(({ line, net }) => [line, net])).toEqual([[1, 3750n]]);
    expect(plan).toMatchObject({ net: 3750n, vat: 788n, total: 4538n });
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

  it('gives each line the VAT of its own rate, also where the first line of a rate is left out', () => {
    const lines = creditable([
      priced('1', '100'),
      priced('1', '100', { vatRate: decimalOf('9') }),
      priced('1', '0', { vatCategory: 'Z', vatRate: ZERO }),
      priced('1', '100'),
    ]);
    const plan = planCredit(lines, [
      { line: 4, quantity: null },
      { line: 3, quantity: null },
      { line: 2, quantity: null },
    ]);
    expect(plan.lines).toMatchObject([
      { line: 2, net: 10000n, total: 10900n },
      { line: 3, net: 0n, total: 0n },
      { line: 4, net: 10000n, total: 12100n },
    ]);
    expect(plan.groups).toMatchObject([{ vat: 900n }, { vat: 0n }, { vat: 2100n }]);
  });

  it('takes back what was agreed, piece by piece, where prices hold the VAT', () => {
    let lines = creditable([priced('3', '3.33', { includesVat: true })]);
    const totals = [1, 2, 3].map(() => {
      const plan = planCredit(lines, [{ line: 1, quantity: decimalOf('1') }]);
      lines = after(lines, plan);
      return plan.total;
    });
    expect(totals).toEqual([333n, 333n, 333n]);
  });

  const cheap = (quantity: string) => priced(quantity, '0.49', { includesVat: true });

  it('takes the net amount of prices with VAT once, not line by line', () => {
    const lines = creditable(Array.from({ length: 200 }, () => cheap('2')));
    const ones = lines.map(({ line }) => ({ line, quantity: decimalOf('1') }));
    const first = planCredit(lines, ones);
    expect(first).toMatchObject({ net: 8099n, vat: 1701n, total: 9800n });
    const last = planCredit(after(lines, first), null);
    expect(last).toMatchObject({ net: 8099n, vat: 1701n, total: 9800n });
  });

  it('does so too where whole lines are taken, whatever cents the invoice gave each of them', () => {
    const lines = creditable(Array.from({ length: 400 }, () => cheap('1')));
    const halves = [lines.slice(0, 200), lines.slice(200)];
    for (const half of halves) {
      const wishes = half.map(({ line }) => ({ line, quantity: null }));
      expect(planCredit(lines, wishes)).toMatchObject({ net: 8099n, vat: 1701n, total: 9800n });
    }
  });

  const anyLine = fc
    .record({
      quantity: fc.bigInt({ min: 1n, max: 9_999n }),
      price: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 99_999n })),
      includesVat: fc.boolean(),
      rate: fc.constantFrom('21', '9', '5.5', '0'),
    })
    .map(({ quantity, price, includesVat, rate }): PricedLine => ({
      quantity: { digits: quantity, scale: 2 },
      unitPrice: { digits: price, scale: 3 },
      includesVat,
      vatCategory: rate === '0' ? 'Z' : 'S',
      vatRate: decimalOf(rate),
    }));
  const cuts = fc.array(
    fc.array(fc.tuple(fc.nat(5), fc.bigInt({ min: 1n, max: 5_000n })), { maxLength: 4 }),
    { maxLength: 12 },
  );

  /** One credit note after another, of those cuts that are possible, and last all that is left. */
  function cut(lines: CreditableLine[], chosen: readonly (readonly [number, bigint])[][]) {
    const plans: CreditPlan[] = [];
    let left = lines;
    const take = (wishes: Parameters<typeof planCredit>[1]) => {
      const plan = planCredit(left, wishes);
      plans.push(plan);
      left = after(left, plan);
    };
    for (const note of chosen) {
      const wishes = note.map(([at, digits]) => {
        return { line: (at % lines.length) + 1, quantity: { digits, scale: 2 } };
      });
      const wrong = creditProblems(left, wishes).map(({ at }) => at);
      const possible = wishes.filter((_, at) => !wrong.includes(at));
      if (possible.length > 0) take(possible);
    }
    take(null);
    return { plans, left };
  }

  it('comes with all others of its invoice to exactly what that said, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), cuts, (lines, chosen) => {
        const totals = totalsOf(lines, 2);
        const { plans, left } = cut(creditable(lines), chosen);
        expect(sum(plans.map(({ net }) => net))).toBe(totals.net);
        expect(sum(plans.map(({ total }) => total))).toBe(totals.total);
        expect(left.map((line) => showDecimal(leftOf(line)))).toEqual(left.map(() => '0'));
        for (const { includesVat, total, creditedNet, creditedVat } of left) {
          if (includesVat) expect(creditedNet + creditedVat).toBe(total);
        }
      }),
    );
  });

  it('adds up by line and by rate, with no VAT below zero, whatever it takes of what', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), cuts, (lines, chosen) => {
        const source = creditable(lines);
        for (const plan of cut(source, chosen).plans) {
          expect(sum(plan.groups.map(({ net }) => net))).toBe(plan.net);
          expect(sum(plan.groups.map(({ vat }) => vat))).toBe(plan.vat);
          expect(plan.net + plan.vat).toBe(plan.total);
          for (const { category, rate, net, vat } of plan.groups) {
            const own = plan.lines.filter(({ line }) => {
              const from = source[line - 1];
              return from?.vatCategory === category && from.vatRate.digits === rate.digits;
            });
            expect(sum(own.map((one) => one.net))).toBe(net);
            expect(sum(own.map((one) => one.total))).toBe(net + vat);
            for (const one of own) expect(one.net >= 0n && one.total >= one.net).toBe(true);
          }
        }
      }),
    );
  });

  /** Many cheap lines of one pot, so that errors of each would add up, and cuts that take much at once. */
  const anyPot = fc
    .tuple(fc.array(anyLine, { minLength: 1, maxLength: 40 }), anyLine)
    .map(([lines, { includesVat, vatCategory, vatRate }]) =>
      lines.map((line) => ({ ...line, includesVat, vatCategory, vatRate })),
    );
  const wideCuts = fc.array(
    fc.array(fc.tuple(fc.nat(39), fc.bigInt({ min: 1n, max: 500n })), { maxLength: 30 }),
    { maxLength: 6 },
  );

  it('splits net amount and VAT as near to the rate as whole minor units can, however many lines there are', () => {
    fc.assert(
      fc.property(anyPot, wideCuts, (lines, chosen) => {
        const { vatRate: rate, includesVat } = lines[0] ?? priced('1', '1');
        const hundred = 10n ** BigInt(rate.scale + 2);
        // Half a minor unit of what is rounded: of the VAT itself, or of a net amount, which moves both sides.
        const half = includesVat ? hundred + rate.digits : hundred;
        cut(creditable(lines), chosen).plans.forEach(({ net, vat }, at) => {
          const off = 2n * (vat * hundred - net * rate.digits);
          const most = at === 0 ? half : 2n * half;
          expect(off <= most && off >= -most).toBe(true);
        });
      }),
    );
  });
});
