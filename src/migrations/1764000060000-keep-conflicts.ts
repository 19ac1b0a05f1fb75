import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Everything in which we and a provider disagreed about a payment, so that one does not hide another and people can close it. */
export class KeepConflicts1764000060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE payments.conflicts; DROP FUNCTION payments.close_conflict_once()',
    );
  }
}

const UP = `
  CREATE TABLE payments.conflicts (
    id uuid PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES payments.payments,
    code text NOT NULL,
    -- A refund or a capture by its id; empty: the payment as a whole.
    about text NOT NULL,
    -- What was seen; null: found before it was kept.
    evidence text,
    cause text NOT NULL,
    actor text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    closed_at timestamptz,
    closed_by text,
    -- Null: a reading ended it, and no person.
    note text,
    CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
    CHECK (note IS NULL OR closed_at IS NOT NULL)
  );
  CREATE INDEX conflicts_of_payment ON payments.conflicts (payment_id, created_at DESC, id DESC);

  CREATE FUNCTION payments.close_conflict_once() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.closed_at IS NOT NULL OR
       (NEW.id, NEW.payment_id, NEW.code, NEW.about, NEW.evidence, NEW.cause, NEW.actor, NEW.created_at)
       IS DISTINCT FROM
       (OLD.id, OLD.payment_id, OLD.code, OLD.about, OLD.evidence, OLD.cause, OLD.actor, OLD.created_at) THEN
      RAISE EXCEPTION 'a conflict is closed once, and nothing else of it changes' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER closed_once BEFORE UPDATE ON payments.conflicts
    FOR EACH ROW EXECUTE FUNCTION payments.close_conflict_once();
  CREATE TRIGGER never_deleted BEFORE DELETE ON payments.conflicts
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON payments.conflicts
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  INSERT INTO payments.conflicts (id, payment_id, code, about, cause, actor, created_at)
  SELECT gen_random_uuid(), id, conflict, '', 'migration', 'kassa', updated_at
  FROM payments.payments WHERE conflict IS NOT NULL;
`;
