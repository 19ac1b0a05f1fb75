import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Money that payers take back, and its history. What a provider reports is always storable. */
export class CreateChargebacks1763800002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
  CREATE TABLE payments.chargebacks (
    id uuid PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES payments.payments,
    account text NOT NULL,
    provider_chargeback_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'lost', 'won')),
    provider_state text NOT NULL,
    -- No bound by what was captured: a fact that should not be must still be storable.
    amount_minor numeric(38, 0) NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- What it has taken from us as of now, by the books.
    taken_minor numeric(38, 0) NOT NULL,
    -- How often money moved because of it; each time is a posting of its own.
    movements integer NOT NULL DEFAULT 0,
    reason text,
    conflict text,
    opened_at timestamptz,
    -- Null: not looked at any more.
    next_look_at timestamptz DEFAULT now() + interval '10 minutes',
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account, provider_chargeback_id)
  );
  CREATE INDEX chargebacks_newest ON payments.chargebacks (created_at DESC, id DESC);
  CREATE INDEX chargebacks_by_state ON payments.chargebacks (state, created_at DESC, id DESC);
  CREATE INDEX chargebacks_of_payment ON payments.chargebacks (payment_id, created_at DESC, id DESC);
  CREATE INDEX chargebacks_to_look_at ON payments.chargebacks (next_look_at) INCLUDE (account)
    WHERE next_look_at IS NOT NULL;

  CREATE TABLE payments.chargeback_changes (
    chargeback_id uuid NOT NULL REFERENCES payments.chargebacks,
    seq integer NOT NULL,
    from_state text,
    to_state text NOT NULL,
    trigger text NOT NULL,
    provider_state text NOT NULL,
    amount_minor numeric(38, 0) NOT NULL,
    taken_minor numeric(38, 0) NOT NULL,
    cause text NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (chargeback_id, seq)
  );
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payments.chargeback_changes
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON payments.chargeback_changes
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  CREATE FUNCTION payments.guard_chargeback() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.id, NEW.payment_id, NEW.account, NEW.provider_chargeback_id, NEW.currency) IS DISTINCT FROM
       (OLD.id, OLD.payment_id, OLD.account, OLD.provider_chargeback_id, OLD.currency) THEN
      RAISE EXCEPTION 'payment, currency and provider of a chargeback never change' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guarded BEFORE UPDATE ON payments.chargebacks
    FOR EACH ROW EXECUTE FUNCTION payments.guard_chargeback();
`;

const DOWN = `
  DROP TABLE payments.chargeback_changes, payments.chargebacks;
  DROP FUNCTION payments.guard_chargeback();
`;
