import { type Examples } from '../check-rules';
import { type rotRules } from './rot';

export const rotExamples: Record<keyof typeof rotRules, Examples> = {
  noBarrels: {
    red: [
      { files: { 'src/shared/index.ts': '' }, finds: ['src/shared/index.ts:1'] },
      { files: { 'src/shared/a.ts': `export * from './b';` }, finds: ['src/shared/a.ts:1'] },
      { files: { 'src/shared/a.ts': `export { b } from './b';` }, finds: ['src/shared/a.ts:1'] },
    ],
    green: [{ 'src/modules/payments/payments.facade.ts': `export { b } from './domain/b';` }],
  },
  noForwardRef: {
    red: [
      {
        files: {
          'src/app.module.ts': `import { forwardRef } from '@nestjs/common';\nconst x = forwardRef(() => Y);`,
        },
        finds: ['src/app.module.ts:2'],
      },
    ],
  },
  noRuntimeCycles: {
    red: [
      {
        files: {
          'src/shared/a.ts': `import { b } from './b';`,
          'src/shared/b.ts': `import { c } from './c';`,
          'src/shared/c.ts': `import { a } from './a';`,
        },
        finds: ['src/shared/a.ts:1'],
      },
    ],
    green: [
      {
        'src/shared/a.ts': `import { b } from './b';`,
        'src/shared/b.ts': `import { type A } from './a';`,
      },
    ],
  },
  noTypeCycles: {
    red: [
      {
        files: {
          'src/shared/a.ts': `import { b } from './b';`,
          'src/shared/b.ts': `import { type A } from './a';`,
        },
        finds: ['src/shared/a.ts:1'],
      },
    ],
  },
};
