import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Every decision of a person about an operation; the operation itself shows the last one. */
export class CreateOperationReviews1763700001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE payments.operation_reviews; DROP INDEX payments.operations_newest',
    );
  }
}

const UP = `
  CREATE TABLE payments.operation_reviews (
    operation_id uuid NOT NULL REFERENCES payments.operations,
    attempt integer NOT NULL,
    decision text NOT NULL CHECK (decision IN ('retry', 'link', 'failed')),
    note text NOT NULL,
    reviewed_by text NOT NULL,
    reviewed_at timestamptz NOT NULL,
    PRIMARY KEY (operation_id, attempt)
  );
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payments.operation_reviews
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON payments.operation_reviews
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  -- Lists of operations that are settled.
  CREATE INDEX operations_newest ON payments.operations (created_at DESC, id DESC);
`;
