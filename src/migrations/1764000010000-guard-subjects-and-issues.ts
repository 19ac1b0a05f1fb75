import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * A payment that may still bring money keeps others from being made for the same thing, also while it is in a conflict:
 * nobody knows then what the provider does with it. No state that counts is entered from one that does not, so neither
 * the end of a conflict nor late money can violate the index. Invoices begin as drafts, and lines stay with theirs.
 */
export class GuardSubjectsAndIssues1764000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX payments.one_live_payment_per_subject');
    await runner.query(indexWhere('subject_id IS NOT NULL'));
    await runner.query(WALLS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(FORMER_WALLS);
    await runner.query('DROP INDEX payments.one_live_payment_per_subject');
    await runner.query(indexWhere('subject_id IS NOT NULL AND conflict IS NULL'));
  }
}

function indexWhere(condition: string): string {
  return `CREATE UNIQUE INDEX one_live_payment_per_subject ON payments.payments (subject_kind, subject_id)
    WHERE ${condition} AND state IN ('initialized', 'open', 'processing', 'authorized')`;
}

const WALLS = `
  CREATE FUNCTION invoices.refuse_unless_begun_as_draft() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'an invoice begins as a draft' USING ERRCODE = '23514';
  END $$;
  CREATE TRIGGER begins_as_draft BEFORE INSERT ON invoices.invoices
    FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION invoices.refuse_unless_begun_as_draft();

  -- Neither to an issued invoice nor away from one.
  CREATE OR REPLACE FUNCTION invoices.refuse_unless_draft() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM invoices.invoices i
               WHERE i.id IN (NEW.invoice_id, OLD.invoice_id) AND i.state <> 'draft') THEN
      RAISE EXCEPTION 'what belongs to an issued invoice stays as it is' USING ERRCODE = '23514';
    END IF;
    RETURN coalesce(NEW, OLD);
  END $$;
`;

const FORMER_WALLS = `
  DROP TRIGGER begins_as_draft ON invoices.invoices;
  DROP FUNCTION invoices.refuse_unless_begun_as_draft();
  CREATE OR REPLACE FUNCTION invoices.refuse_unless_draft() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM invoices.invoices i
               WHERE i.id = coalesce(NEW.invoice_id, OLD.invoice_id) AND i.state <> 'draft') THEN
      RAISE EXCEPTION 'the lines of an issued invoice never change' USING ERRCODE = '23514';
    END IF;
    RETURN coalesce(NEW, OLD);
  END $$;
`;
