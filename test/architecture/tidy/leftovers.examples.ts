import { type Examples } from '../check-rules';
import { type leftoverRules } from './leftovers';

const A = 'src/platform/a.ts';
const SPEC = 'test/e2e/a.spec.ts';

export const leftoverExamples: Record<keyof typeof leftoverRules, Examples> = {
  noNotesToSelf: {
    red: [
      { files: { [A]: 'work();\n// TODO: the rest' }, finds: [`${A}:2`] },
      { files: { [SPEC]: '/* FIXME */' }, finds: [`${SPEC}:1`] },
    ],
    green: [{ [A]: `const text = '// TODO';` }],
  },
  noSilencers: {
    red: [
      { files: { [A]: '// eslint-disable-next-line no-console' }, finds: [`${A}:1`] },
      { files: { [SPEC]: '// @ts-expect-error: no such member' }, finds: [`${SPEC}:1`] },
    ],
  },
  noDeadCode: {
    red: [
      { files: { [A]: `// import { a } from './a';` }, finds: [`${A}:1`] },
      { files: { [A]: 'work();\n  // await send(order);' }, finds: [`${A}:2`] },
      { files: { [A]: '/*\n  if (a) {\n    b();\n  }\n*/' }, finds: [`${A}:1`] },
      { files: { [A]: '// this.count += 1;' }, finds: [`${A}:1`] },
    ],
    green: [
      {
        [A]: `
          // If the provider is silent, we wait; for how long says the table.
          // Return URLs come back with a token (PayPal) or without one.
          /** const x = defineError('a', { … }); */`,
      },
    ],
  },
  noSkippedTests: {
    red: [
      { files: { [SPEC]: `it.skip('works', () => {});` }, finds: [`${SPEC}:1`] },
      { files: { [SPEC]: `describe.only.each([1])('a', () => {});` }, finds: [`${SPEC}:1`] },
      { files: { [SPEC]: `xit('works', () => {});` }, finds: [`${SPEC}:1`] },
      { files: { [SPEC]: `it.todo('works');` }, finds: [`${SPEC}:1`] },
    ],
    green: [
      {
        [SPEC]: `it.each([1])('works', () => {}); page.skip(1); const asRoot = isRoot ? it : it.skip;`,
      },
    ],
  },
};
