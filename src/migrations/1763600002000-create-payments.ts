import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Payments and their history. What must never happen is a constraint; what a provider reports is always storable. */
export class CreatePayments1763600002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA payments CASCADE');
  }
}

const UP = `
  CREATE SCHEMA payments;

  CREATE TABLE payments.payments (
    id uuid PRIMARY KEY,
    account text NOT NULL,
    chosen_because text NOT NULL,
    customer_id uuid REFERENCES customers.customers,
    subject_kind text,
    subject_id uuid,
    state text NOT NULL DEFAULT 'initialized' CHECK (state IN ('initialized', 'open', 'processing',
      'authorized', 'paid', 'canceled', 'expired', 'failed')),
    amount_minor bigint NOT NULL CHECK (amount_minor BETWEEN 1 AND 999999999999),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- No upper bound on what was captured: a fact that should not be must still be storable.
    captured_minor bigint NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
    refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
    refund_reserved_minor bigint NOT NULL DEFAULT 0 CHECK (refund_reserved_minor >= 0),
    capture_method text NOT NULL DEFAULT 'automatic' CHECK (capture_method IN ('automatic', 'manual')),
    auto_approve boolean NOT NULL DEFAULT false,
    description text,
    return_url text,
    cancel_url text,
    pay_methods text[] NOT NULL DEFAULT '{}',
    setup_mandate boolean NOT NULL DEFAULT false,
    mandate text,
    locale text,
    metadata jsonb NOT NULL DEFAULT '{}',
    provider_payment_id text,
    provider_token text,
    provider_state text,
    provider_customer text,
    subscription text,
    installment_plan text,
    checkout_url text,
    pay_method text,
    payer_id text,
    payer_agreed_at timestamptz,
    paid_at timestamptz,
    canceled_via text CHECK (canceled_via IN ('provider', 'void', 'local')),
    conflict text,
    error_code text,
    error_message text,
    version integer NOT NULL DEFAULT 1,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((subject_kind IS NULL) = (subject_id IS NULL)),
    UNIQUE (account, provider_payment_id)
  );
  CREATE INDEX payments_newest ON payments.payments (created_at DESC, id DESC);
  CREATE INDEX payments_of_customer ON payments.payments (customer_id, created_at DESC, id DESC);
  CREATE INDEX payments_by_provider_id ON payments.payments (provider_payment_id);
  CREATE INDEX payments_by_token ON payments.payments (provider_token);
  CREATE INDEX payments_unfinished ON payments.payments (account)
    WHERE state IN ('initialized', 'open', 'processing', 'authorized');
  CREATE UNIQUE INDEX one_live_payment_per_subject ON payments.payments (subject_kind, subject_id)
    WHERE subject_id IS NOT NULL AND conflict IS NULL
      AND state IN ('initialized', 'open', 'processing', 'authorized');

  CREATE TABLE payments.state_changes (
    payment_id uuid NOT NULL REFERENCES payments.payments,
    seq integer NOT NULL,
    from_state text,
    to_state text NOT NULL,
    trigger text NOT NULL,
    cause text NOT NULL,
    actor text NOT NULL,
    operation_id uuid,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (payment_id, seq)
  );
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payments.state_changes
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON payments.state_changes
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  -- The edges of the lifecycle table once more: a second wall, compared with the first by a test.
  CREATE TABLE payments.state_edges (
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (from_state, to_state)
  );
  INSERT INTO payments.state_edges VALUES
    ('initialized', 'open'), ('initialized', 'processing'), ('initialized', 'authorized'),
    ('initialized', 'paid'), ('initialized', 'canceled'), ('initialized', 'expired'),
    ('initialized', 'failed'),
    ('open', 'processing'), ('open', 'authorized'), ('open', 'paid'), ('open', 'canceled'),
    ('open', 'expired'), ('open', 'failed'),
    ('processing', 'paid'), ('processing', 'expired'), ('processing', 'failed'),
    ('authorized', 'paid'), ('authorized', 'canceled'), ('authorized', 'expired'),
    ('authorized', 'failed'),
    ('canceled', 'paid'), ('expired', 'paid'), ('failed', 'paid');

  CREATE FUNCTION payments.guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state <> OLD.state AND NOT EXISTS (
      SELECT FROM payments.state_edges e WHERE e.from_state = OLD.state AND e.to_state = NEW.state
    ) THEN
      RAISE EXCEPTION 'payment cannot go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    IF (NEW.id, NEW.account, NEW.customer_id, NEW.amount_minor, NEW.currency, NEW.subject_kind, NEW.subject_id)
         IS DISTINCT FROM
       (OLD.id, OLD.account, OLD.customer_id, OLD.amount_minor, OLD.currency, OLD.subject_kind, OLD.subject_id)
       OR (OLD.provider_payment_id IS NOT NULL
           AND NEW.provider_payment_id IS DISTINCT FROM OLD.provider_payment_id) THEN
      RAISE EXCEPTION 'amount, currency, owner and provider of a payment never change'
        USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guarded BEFORE UPDATE ON payments.payments
    FOR EACH ROW EXECUTE FUNCTION payments.guard_payment();
`;
