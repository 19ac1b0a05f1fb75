import { type Examples } from '../check-rules';
import { type layerRules } from './layers';

export const layerExamples: Record<keyof typeof layerRules, Examples> = {
  layers: {
    red: [
      {
        files: { 'src/shared/a.ts': `import { x } from '../platform/x';` },
        finds: ['src/shared/a.ts:1'],
      },
      {
        files: { 'src/platform/a.ts': `import { type X } from '../providers/provider-call';` },
        finds: ['src/platform/a.ts:1'],
      },
      {
        files: {
          'src/modules/customers/actions/a.ts': `\nconst x = await import('../../payments/payments.facade');`,
        },
        finds: ['src/modules/customers/actions/a.ts:2'],
      },
      {
        files: {
          'src/modules/payments/a.ts': `type X = import('../invoices/invoices.events').X;`,
        },
        finds: ['src/modules/payments/a.ts:1'],
      },
      {
        files: { 'src/platform/a.ts': `import { readConfig } from '../config';` },
        finds: ['src/platform/a.ts:1'],
      },
    ],
    green: [
      {
        'src/modules/invoices/a.ts': `import { x } from '../payments/payments.facade';`,
        'src/app.module.ts': `import { x } from './modules/payments/payments.module';`,
      },
    ],
  },
  places: {
    red: [
      { files: { 'src/services/a.ts': '' }, finds: ['src/services/a.ts:1'] },
      { files: { 'src/modules/refunds/a.ts': '' }, finds: ['src/modules/refunds/a.ts:1'] },
    ],
  },
  sharedIsPure: {
    red: [
      {
        files: { 'src/shared/a.ts': `import { readFileSync } from 'node:fs';` },
        finds: ['src/shared/a.ts:1'],
      },
      {
        files: { 'src/shared/a.ts': `import { Injectable } from '@nestjs/common';` },
        finds: ['src/shared/a.ts:1'],
      },
    ],
  },
  migrations: {
    red: [
      {
        files: { 'src/migrations/1-a.ts': `import { x } from '../shared/x';` },
        finds: ['src/migrations/1-a.ts:1'],
      },
      {
        files: { 'src/migrations/1-a.ts': `import { x } from 'pg';` },
        finds: ['src/migrations/1-a.ts:1'],
      },
      {
        files: { 'src/modules/payments/a.ts': `import { x } from '../../migrations/migrations';` },
        finds: ['src/modules/payments/a.ts:1'],
      },
    ],
    green: [{ 'src/platform/database/a.ts': `import { x } from '../../migrations/migrations';` }],
  },
  frontDoors: {
    red: [
      {
        files: {
          'src/modules/payments/actions/a.ts': `import { x } from '../../customers/storage/ledger';`,
        },
        finds: ['src/modules/payments/actions/a.ts:1'],
      },
      {
        files: {
          'src/modules/payments/actions/a.ts': `import { x } from '../../customers/customers.module';`,
        },
        finds: ['src/modules/payments/actions/a.ts:1'],
      },
      {
        files: { 'src/openapi.ts': `import { x } from './modules/payments/actions/x';` },
        finds: ['src/openapi.ts:1'],
      },
    ],
    green: [
      {
        'src/modules/payments/a.ts': `
          import { x } from '../customers/customers.facade';
          import { type Y } from '../customers/customers.events';`,
        'src/modules/payments/payments.module.ts': `import { x } from '../customers/customers.module';`,
        'src/config.ts': `import { x } from './modules/payments/payments.settings';`,
      },
    ],
  },
};
