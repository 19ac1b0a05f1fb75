import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Refunds and their history; the amounts that they reserve and return are columns of the payment. */
export class CreateRefunds1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
  CREATE TABLE payments.refunds (
    id uuid PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES payments.payments,
    account text NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'refunded', 'failed', 'canceled')),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- The provider's id of the capture that the money goes back from, as far as it says.
    capture_ref text,
    origin text NOT NULL CHECK (origin IN ('api', 'provider')),
    description text,
    reason text,
    -- Where the money goes. Forgotten as soon as the provider knows it.
    account_holder_name text,
    iban text,
    provider_refund_id text,
    provider_state text,
    error_code text,
    error_message text,
    refunded_at timestamptz,
    next_look_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account, provider_refund_id)
  );
  CREATE INDEX refunds_newest ON payments.refunds (created_at DESC, id DESC);
  CREATE INDEX refunds_of_payment ON payments.refunds (payment_id, created_at DESC, id DESC);
  CREATE INDEX refunds_to_look_at ON payments.refunds (next_look_at) WHERE state = 'pending';

  CREATE TABLE payments.refund_changes (
    refund_id uuid NOT NULL REFERENCES payments.refunds,
    seq integer NOT NULL,
    from_state text,
    to_state text NOT NULL,
    cause text NOT NULL,
    actor text NOT NULL,
    operation_id uuid,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (refund_id, seq)
  );
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payments.refund_changes
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON payments.refund_changes
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  -- The edges of the refund's lifecycle table once more: a second wall, compared with the first by a test.
  CREATE TABLE payments.refund_edges (
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (from_state, to_state)
  );
  INSERT INTO payments.refund_edges VALUES
    ('pending', 'refunded'), ('pending', 'failed'), ('pending', 'canceled'),
    ('failed', 'refunded'), ('canceled', 'refunded');

  CREATE FUNCTION payments.guard_refund() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state <> OLD.state AND NOT EXISTS (
      SELECT FROM payments.refund_edges e WHERE e.from_state = OLD.state AND e.to_state = NEW.state
    ) THEN
      RAISE EXCEPTION 'refund cannot go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    IF (NEW.id, NEW.payment_id, NEW.account, NEW.amount_minor, NEW.currency, NEW.origin)
         IS DISTINCT FROM (OLD.id, OLD.payment_id, OLD.account, OLD.amount_minor, OLD.currency, OLD.origin)
       OR (OLD.provider_refund_id IS NOT NULL
           AND NEW.provider_refund_id IS DISTINCT FROM OLD.provider_refund_id) THEN
      RAISE EXCEPTION 'amount, currency, payment and provider of a refund never change'
        USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guarded BEFORE UPDATE ON payments.refunds
    FOR EACH ROW EXECUTE FUNCTION payments.guard_refund();

  ALTER TABLE payments.operations ADD COLUMN refund_id uuid REFERENCES payments.refunds;
  ALTER TABLE payments.operations ADD CHECK ((kind IN ('refund', 'cancel_refund')) = (refund_id IS NOT NULL));
  CREATE INDEX operations_of_refund ON payments.operations (refund_id) WHERE refund_id IS NOT NULL;
`;

const DOWN = `
  DELETE FROM payments.operations WHERE refund_id IS NOT NULL;
  ALTER TABLE payments.operations DROP COLUMN refund_id;
  DROP TABLE payments.refund_changes, payments.refunds, payments.refund_edges;
  DROP FUNCTION payments.guard_refund();
`;
