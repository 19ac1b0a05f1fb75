import { type Examples } from '../check-rules';
import { type nameRules } from './names';

const A = 'src/platform/a.ts';
const B = 'src/modules/payments/storage/b.ts';
const ERRORS = 'src/modules/payments/payments.errors.ts';

export const nameExamples: Record<keyof typeof nameRules, Examples> = {
  kebabCase: {
    red: [
      { files: { 'src/shared/appError.ts': '' }, finds: ['src/shared/appError.ts:1'] },
      { files: { 'src/shared/app_error.ts': '' }, finds: ['src/shared/app_error.ts:1'] },
      { files: { 'test/Support/a.ts': '' }, finds: ['test/Support/a.ts:1'] },
    ],
  },
  tellingNames: {
    red: [
      { files: { 'src/shared/utils/a.ts': '' }, finds: ['src/shared/utils/a.ts:1'] },
      { files: { 'src/common/a.ts': '' }, finds: ['src/common/a.ts:1'] },
      { files: { 'test/support/helpers.ts': '' }, finds: ['test/support/helpers.ts:1'] },
    ],
    green: [{ 'src/platform/library/a.ts': '', 'src/shared/type-id.ts': '' }],
  },
  statements: {
    red: [
      {
        files: {
          [A]: `const find = statement<Row>('find-payment', 'SELECT 1');`,
          [B]: `\nconst look = statement('find-payment', 'SELECT 2');`,
        },
        finds: [`${B}:2`],
      },
      {
        files: {
          [A]: `keysetPage(database, page, { name: 'list-payments', from: 'a' });`,
          [B]: `keysetPage(database, page, { name: 'list-payments', from: 'b' });`,
        },
        finds: [`${B}:1`],
      },
      { files: { [A]: `const find = statement(NAME, 'SELECT 1');` }, finds: [`${A}:1`] },
    ],
    green: [{ [A]: `const a = statement('a', 'SELECT 1'); const b = statement('b', 'SELECT 1');` }],
  },
  errorCodes: {
    red: [
      {
        files: {
          [ERRORS]: `const a = defineError('not_found', {});\nconst b = defineError('not_found', {});`,
        },
        finds: [`${ERRORS}:2`],
      },
      { files: { [A]: `const a = defineError('not_found', {});` }, finds: [`${A}:1`] },
    ],
  },
  errorLists: {
    red: [
      {
        files: {
          [ERRORS]: `const a = defineError('a', {});
            const b = defineError('b', {});
            export const paymentsErrors = [a];`,
        },
        finds: [`${ERRORS}:2`],
      },
      {
        files: {
          [ERRORS]: `const a = defineError('a', {});
            export const paymentsErrors = [a];
            export const otherErrors = [a];`,
        },
        finds: [`${ERRORS}:1`],
      },
    ],
  },
};
