import { type Examples } from '../check-rules';
import { type moneyRules } from './money';

const ACTION = 'src/modules/payments/actions/a.ts';

export const moneyExamples: Record<keyof typeof moneyRules, Examples> = {
  noNumbers: {
    red: [
      { files: { [ACTION]: 'interface A { readonly amount: number }' }, finds: [`${ACTION}:1`] },
      {
        files: { [ACTION]: 'function f(\n  capturedMinor: number | null,\n) {}' },
        finds: [`${ACTION}:2`],
      },
      { files: { [ACTION]: 'const total = Number(text);' }, finds: [`${ACTION}:1`] },
      { files: { [ACTION]: 'let refunded_amount = 0;' }, finds: [`${ACTION}:1`] },
      {
        files: { 'src/providers/mollie/a.ts': 'class A { amountMinor?: number; }' },
        finds: ['src/providers/mollie/a.ts:1'],
      },
    ],
    green: [
      {
        [ACTION]:
          'const amount = 0n; interface A { totalMs: number; minor: bigint; amount: Money }',
        'src/modules/payments/http/payment.response.ts': 'class A { amount!: number; }',
        'src/providers/mollie/mollie.wire.ts': 'interface A { readonly amount: number }',
      },
    ],
  },
  noConversions: {
    red: [
      { files: { [ACTION]: 'send(Number(payment.amount.minor));' }, finds: [`${ACTION}:1`] },
      { files: { [ACTION]: 'send(parseInt(row.amount_minor, 10));' }, finds: [`${ACTION}:1`] },
    ],
    green: [{ [ACTION]: 'send(minorToJson(payment.amount.minor), Number(count));' }],
  },
  noRounding: {
    red: [
      { files: { [ACTION]: 'send(parseFloat(text));' }, finds: [`${ACTION}:1`] },
      { files: { [ACTION]: 'send(Number.parseFloat(text));' }, finds: [`${ACTION}:1`] },
      { files: { [ACTION]: 'send(euros.toFixed(2));' }, finds: [`${ACTION}:1`] },
      {
        files: { [ACTION]: 'send(cents / 100, 100 * euros);' },
        finds: [`${ACTION}:1`, `${ACTION}:1`],
      },
      {
        files: { 'src/sandbox/a.ts': 'send(minor / 100n); cents *= 0.01;' },
        finds: ['src/sandbox/a.ts:1', 'src/sandbox/a.ts:1'],
      },
    ],
    green: [{ [ACTION]: `const path = 'a / 100'; // cents / 100 would be wrong\nwait(5 * 1000);` }],
  },
};
