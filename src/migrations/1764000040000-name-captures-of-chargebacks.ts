import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The capture that a chargeback takes from: what it took is not left of that one. Null until the provider names it. */
export class NameCapturesOfChargebacks1764000040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payments.chargebacks ADD COLUMN capture_ref text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payments.chargebacks DROP COLUMN capture_ref');
  }
}
