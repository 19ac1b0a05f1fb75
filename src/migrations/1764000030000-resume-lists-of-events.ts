import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A list of events that was not read to its end is read on from where that was, by the next run as well. */
export class ResumeListsOfEvents1764000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE providers.event_marks ADD COLUMN resume_from timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE providers.event_marks DROP COLUMN resume_from');
  }
}
