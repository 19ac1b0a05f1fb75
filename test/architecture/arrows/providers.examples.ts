import { type Examples } from '../check-rules';
import { type providerRules } from './providers';

export const providerExamples: Record<keyof typeof providerRules, Examples> = {
  oneList: {
    red: [
      {
        files: {
          'src/modules/payments/actions/a.ts': `import { x } from '../../../providers/paypal/paypal.wire';`,
        },
        finds: ['src/modules/payments/actions/a.ts:1'],
      },
      {
        files: {
          'src/providers/provider-http.ts': `import { type X } from './paypro/paypro.wire';`,
        },
        finds: ['src/providers/provider-http.ts:1'],
      },
    ],
    green: [{ 'src/providers/providers.ts': `import { x } from './paypal/paypal.provider';` }],
  },
  adapters: {
    red: [
      {
        files: { 'src/providers/mollie/a.ts': `import { x } from '../paypal/paypal.client';` },
        finds: ['src/providers/mollie/a.ts:1'],
      },
      {
        files: {
          'src/providers/mollie/a.ts': `import { Logger } from '../../platform/logging/log';`,
        },
        finds: ['src/providers/mollie/a.ts:1'],
      },
      {
        files: { 'src/providers/mollie/a.ts': `import { type X } from '../provider-registry';` },
        finds: ['src/providers/mollie/a.ts:1'],
      },
      {
        files: {
          'src/providers/mollie/a.ts': `import axios from 'axios';\nimport { Injectable } from '@nestjs/common';`,
        },
        finds: ['src/providers/mollie/a.ts:1', 'src/providers/mollie/a.ts:2'],
      },
    ],
    green: [
      {
        'src/providers/mollie/a.ts': `
          import { createHmac } from 'node:crypto';
          import { Money } from '../../shared/money/money';
          import { type PaymentProvider } from '../payment-provider';
          import { x } from './mollie.wire';`,
      },
    ],
  },
  innerFolders: {
    red: [
      {
        files: {
          'src/modules/payments/a.ts': `import { x } from '../../providers/http/provider.view';`,
        },
        finds: ['src/modules/payments/a.ts:1'],
      },
    ],
    green: [{ 'src/modules/payments/a.ts': `import { x } from '../../providers/provider-call';` }],
  },
};
