import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Intents that were committed before a provider was called, and the money facts that came back. */
export class CreateOperations1763600003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payments.facts, payments.operations');
  }
}

const UP = `
  CREATE TABLE payments.operations (
    id uuid PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES payments.payments,
    kind text NOT NULL CHECK (kind IN ('create', 'capture', 'authorize', 'reauthorize', 'cancel',
      'void', 'refund', 'cancel_refund', 'charge')),
    slot integer NOT NULL CHECK (slot > 0),
    -- Sent to the provider with every attempt, so that it recognises a repeat.
    provider_key text NOT NULL UNIQUE CHECK (char_length(provider_key) <= 60),
    request_hash text NOT NULL,
    amount_minor bigint CHECK (amount_minor > 0),
    state text NOT NULL DEFAULT 'unsettled'
      CHECK (state IN ('unsettled', 'succeeded', 'refused', 'needs_review')),
    attempts integer NOT NULL DEFAULT 1,
    -- From this moment on the provider may have been asked: it is written before the first byte is sent.
    first_sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    provider_ref text,
    error_code text,
    error_message text,
    error_reference text,
  refusal text CHECK (refusal IN ('payer', 'final', 'request', 'merchant', 'not_sent', 'not_found')),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at timestamptz,
    UNIQUE (payment_id, kind, slot),
    CHECK ((state IN ('succeeded', 'refused')) = (settled_at IS NOT NULL))
  );
  CREATE UNIQUE INDEX one_create ON payments.operations (payment_id)
    WHERE kind IN ('create', 'charge') AND state <> 'refused';
  CREATE UNIQUE INDEX one_unfinished_decision ON payments.operations (payment_id)
    WHERE kind IN ('capture', 'authorize', 'reauthorize', 'cancel', 'void')
      AND state IN ('unsettled', 'needs_review');
  CREATE UNIQUE INDEX one_unfinished_refund ON payments.operations (payment_id)
    WHERE kind IN ('refund', 'cancel_refund') AND state IN ('unsettled', 'needs_review');
  CREATE INDEX unfinished_operations ON payments.operations (payment_id)
    WHERE state IN ('unsettled', 'needs_review');
  CREATE INDEX due_operations ON payments.operations (next_attempt_at) WHERE state = 'unsettled';

  -- What a provider said about money. Stored before it is judged, and never refused.
  CREATE TABLE payments.facts (
    account text NOT NULL,
    kind text NOT NULL,
    ref text NOT NULL,
    state text NOT NULL,
    payment_id uuid,
    amount_minor numeric(38, 0) NOT NULL,
    currency text NOT NULL,
    source text NOT NULL,
    problem text,
    raw jsonb NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- A reading with another amount is another fact, never a repetition.
  PRIMARY KEY (account, kind, ref, state, amount_minor, currency)
  );
  CREATE INDEX facts_of_payment ON payments.facts (payment_id);
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payments.facts
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON payments.facts
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;
