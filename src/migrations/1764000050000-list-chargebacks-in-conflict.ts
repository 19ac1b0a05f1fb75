import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The few chargebacks that wait for a person are listed and counted without reading all the others. */
export class ListChargebacksInConflict1764000050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX chargebacks_in_conflict
      ON payments.chargebacks (created_at DESC, id DESC) WHERE conflict IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX payments.chargebacks_in_conflict');
  }
}
