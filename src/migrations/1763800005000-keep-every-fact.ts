import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The same words of a provider once as they did not fit and once as they did are two facts, not one. */
export class KeepEveryFact1763800005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE payments.facts DROP CONSTRAINT facts_pkey;
      CREATE UNIQUE INDEX facts_once ON payments.facts
        (account, kind, ref, state, amount_minor, currency, problem) NULLS NOT DISTINCT`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX payments.facts_once;
      ALTER TABLE payments.facts ADD PRIMARY KEY (account, kind, ref, state, amount_minor, currency)`);
  }
}
