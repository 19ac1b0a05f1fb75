import { type Examples } from '../check-rules';
import { type claimRules } from './claims';

const A = 'src/platform/a.ts';
const READER = 'src/shared/settings-reader.ts';

export const claimExamples: Record<keyof typeof claimRules, Examples> = {
  noAny: {
    red: [{ files: { [A]: 'const a: Record<string, any> = {};' }, finds: [`${A}:1`] }],
    green: [{ [A]: `const a = 'any'; const any = 1;` }],
  },
  noBang: {
    red: [
      { files: { [A]: 'send(row!.id);' }, finds: [`${A}:1`] },
      { files: { [A]: 'class A { id!: string; }' }, finds: [`${A}:1`] },
      { files: { [A]: 'let id!: string;' }, finds: [`${A}:1`] },
    ],
    green: [
      {
        'src/platform/a.entity.ts': 'class A { id!: string; }',
        'src/modules/payments/http/a.requests.ts': 'class A { id!: string; }',
        [A]: 'if (!row || a !== b) return;',
      },
    ],
  },
  noAs: {
    red: [
      { files: { [A]: 'send(row as Payment);' }, finds: [`${A}:1`] },
      { files: { [A]: 'send(<Payment>row);' }, finds: [`${A}:1`] },
      { files: { [READER]: 'send(a as A);\nsend(b as B);' }, finds: [`${READER}:2`] },
    ],
    green: [
      {
        [A]: `import { a as b } from './b'; const kinds = ['x'] as const;`,
        'src/providers/mollie/mollie.wire.ts': 'send(body as Order);',
      },
    ],
  },
  noConsole: {
    red: [{ files: { [A]: `console.log('here');` }, finds: [`${A}:1`] }],
    green: [{ [A]: 'const a = { console: 1 }; send(a.console);' }],
  },
};
