import { type Examples } from '../check-rules';
import { type partRules } from './parts';

const DOMAIN = 'src/modules/payments/domain/a.ts';
const QUERY = 'src/modules/payments/queries/a.ts';
const ACTION = 'src/modules/payments/actions/a.ts';

export const partExamples: Record<keyof typeof partRules, Examples> = {
  domainImports: {
    red: [
      {
        files: { [DOMAIN]: `import { Injectable } from '@nestjs/common';` },
        finds: [`${DOMAIN}:1`],
      },
      { files: { [DOMAIN]: `import { request } from 'node:https';` }, finds: [`${DOMAIN}:1`] },
      {
        files: { [DOMAIN]: `import { x } from '../storage/payment.row';` },
        finds: [`${DOMAIN}:1`],
      },
      {
        files: { [DOMAIN]: `import { x } from '../../customers/customers.errors';` },
        finds: [`${DOMAIN}:1`],
      },
      {
        files: { [DOMAIN]: `import { X } from '../../../providers/payment-provider';` },
        finds: [`${DOMAIN}:1`],
      },
      {
        files: { [DOMAIN]: `import { systemClock } from '../../../shared/clock';` },
        finds: [`${DOMAIN}:1`],
      },
    ],
    green: [
      {
        [DOMAIN]: `
          import { Money } from '../../../shared/money/money';
          import { type ProviderPayment } from '../../../providers/payment-provider';
          import { invalidState } from '../payments.errors';
          import { moves } from './payment-lifecycle';`,
      },
    ],
  },
  domainIsPure: {
    red: [
      { files: { [DOMAIN]: 'const now = new Date();' }, finds: [`${DOMAIN}:1`] },
      {
        files: { [DOMAIN]: `\nconst now = Date.now() + Date['now']();` },
        finds: [`${DOMAIN}:2`, `${DOMAIN}:2`],
      },
      { files: { [DOMAIN]: 'const luck = Math.random();' }, finds: [`${DOMAIN}:1`] },
      { files: { [DOMAIN]: 'const home = process.cwd();' }, finds: [`${DOMAIN}:1`] },
      {
        files: { [DOMAIN]: `const page = await fetch('https://example.com');` },
        finds: [`${DOMAIN}:1`],
      },
    ],
    green: [
      { [DOMAIN]: 'const at = new Date(text); const p = state.process; const q = { process: 1 };' },
    ],
  },
  queries: {
    red: [
      {
        files: { [QUERY]: `import { type X } from '../actions/create-payment';` },
        finds: [`${QUERY}:1`],
      },
      {
        files: {
          [QUERY]: `import { ProviderRegistry } from '../../../providers/provider-registry';`,
        },
        finds: [`${QUERY}:1`],
      },
      {
        files: { [QUERY]: `import { Payments } from '../storage/payments.repository';` },
        finds: [`${QUERY}:1`],
      },
    ],
    green: [
      {
        [QUERY]: `
          import { type Payment } from '../http/payment.response';
          import { COLUMNS } from '../storage/payment.row';
          import { type Fields } from '../storage/payments.repository';`,
      },
    ],
  },
  noOrmSessions: {
    red: [
      { files: { [ACTION]: 'await this.repository.save(payment);' }, finds: [`${ACTION}:1`] },
      { files: { [ACTION]: 'await this.repository?.remove(payment);' }, finds: [`${ACTION}:1`] },
      {
        files: { [ACTION]: 'await dataSource.createQueryBuilder().insert().execute();' },
        finds: [`${ACTION}:1`],
      },
      {
        files: {
          [ACTION]: 'class A { constructor(@InjectRepository(B) private readonly b: C) {} }',
        },
        finds: [`${ACTION}:1`],
      },
    ],
  },
};
