import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * Only causes that the check of the ledger covers are booked. What was booked before stays as it is, so the constraint
 * is not validated: the check names it as `unknown_cause`.
 */
export class KnowEveryCause1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE customers.ledger_transactions ADD CONSTRAINT cause_is_known
        CHECK (cause_kind IN ('capture', 'refund', 'chargeback', 'invoice', 'credit_note')) NOT VALID`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE customers.ledger_transactions DROP CONSTRAINT cause_is_known');
  }
}
