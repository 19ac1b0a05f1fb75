import { type Examples } from '../check-rules';
import { type outsiderRules } from './outsiders';

const APP = 'src/platform/a.ts';

export const outsiderExamples: Record<keyof typeof outsiderRules, Examples> = {
  nobodyImportsThem: {
    red: [
      { files: { [APP]: `import { x } from '../launcher/ports';` }, finds: [`${APP}:1`] },
      {
        files: { 'src/main.ts': `const x = require('./sandbox/start-sandbox');` },
        finds: ['src/main.ts:1'],
      },
    ],
    green: [{ 'src/launcher/a.ts': `import { x } from '../sandbox/start-sandbox';` }],
  },
  sandboxStandsAlone: {
    red: [
      {
        files: { 'src/sandbox/a.ts': `import { Money } from '../shared/money/money';` },
        finds: ['src/sandbox/a.ts:1'],
      },
      {
        files: {
          'src/sandbox/paypal/a.ts': `import { type X } from '../../providers/paypal/paypal.wire';`,
        },
        finds: ['src/sandbox/paypal/a.ts:1'],
      },
    ],
  },
  noWordOfIt: {
    red: [
      { files: { [APP]: `const url = simulatorUrl ?? simulator.url;` }, finds: [`${APP}:1`] },
      { files: { [APP]: `\nconst port = read('SANDBOX_PORT');` }, finds: [`${APP}:2`] },
    ],
    green: [{ [APP]: `const mode = choice(['sandbox', 'live']);` }],
  },
  noTestSwitches: {
    red: [
      { files: { [APP]: `if (config.NODE_ENV === 'test') return;` }, finds: [`${APP}:1`] },
      {
        files: { [APP]: `if (env['JEST_WORKER_ID']) killPoint('after call');` },
        finds: [`${APP}:1`, `${APP}:1`],
      },
      { files: { [APP]: 'if (settings.isTest) return;' }, finds: [`${APP}:1`] },
    ],
  },
  oneEnvironment: {
    red: [
      { files: { [APP]: 'const port = process.env.PORT;' }, finds: [`${APP}:1`] },
      { files: { [APP]: `const port = globalThis.process['env'].PORT;` }, finds: [`${APP}:1`] },
      { files: { [APP]: 'const { env } = process;' }, finds: [`${APP}:1`] },
      { files: { [APP]: `import { env } from 'node:process';` }, finds: [`${APP}:1`] },
    ],
    green: [{ 'src/config.ts': 'const source = process.env;', [APP]: 'process.exit(1);' }],
  },
};
