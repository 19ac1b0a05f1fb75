import { type Examples } from '../check-rules';
import { type writeRules } from './writes';

const ACTION = 'src/modules/payments/actions/a.ts';
const STORAGE = 'src/modules/payments/storage/a.ts';
const KEEPER = 'src/modules/payments/storage/payments.repository.ts';

export const writeExamples: Record<keyof typeof writeRules, Examples> = {
  onlyStorageWrites: {
    red: [
      {
        files: { [ACTION]: 'const sql = `\n  INSERT INTO payments.facts (id) VALUES ($1)`;' },
        finds: [`${ACTION}:2`],
      },
      {
        files: { [ACTION]: `const sql = 'update payments.payments p set state = $1';` },
        finds: [`${ACTION}:1`],
      },
      {
        files: { [ACTION]: 'const sql = `WITH x AS (UPDATE ${TABLE} SET a = 1)\nDELETE FROM t`;' },
        finds: [`${ACTION}:1`, `${ACTION}:2`],
      },
      {
        files: { 'src/platform/health/a.ts': `const sql = 'CREATE TABLE x ()';` },
        finds: ['src/platform/health/a.ts:1'],
      },
    ],
    green: [
      {
        [STORAGE]: `const sql = 'UPDATE payments.payments SET a = 1';`,
        [ACTION]: `const text = 'Update the payment'; const sql = 'SELECT 1 FOR UPDATE';`,
      },
    ],
  },
  ownTables: {
    red: [
      {
        files: { [STORAGE]: `const sql = 'INSERT INTO customers.ledger_entries VALUES ($1)';` },
        finds: [`${STORAGE}:1`],
      },
    ],
  },
  oneStateKeeper: {
    red: [
      {
        files: { [STORAGE]: 'const sql = `UPDATE payments.payments SET version = 2, state = $1`;' },
        finds: [`${STORAGE}:1`],
      },
      {
        files: { [ACTION]: `const sql = 'UPDATE payments.payments p SET (state, a) = ($1, $2)';` },
        finds: [`${ACTION}:1`],
      },
      {
        files: { [STORAGE]: `const sql = 'INSERT INTO payments.payments (id) VALUES ($1)';` },
        finds: [`${STORAGE}:1`],
      },
      {
        files: { [KEEPER]: `const sql = "UPDATE invoices.invoices SET state = 'paid'";` },
        finds: [`${KEEPER}:1`],
      },
    ],
    green: [
      {
        [KEEPER]: `const sql = 'UPDATE payments.payments SET state = $1';`,
        [STORAGE]: `const sql = 'UPDATE payments.operations SET state = $1 WHERE id = $2';
          const other = "UPDATE payments.payments SET provider_state = 'x' WHERE state = 'open'";`,
      },
    ],
  },
};
