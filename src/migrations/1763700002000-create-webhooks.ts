import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Where merchants want to hear of events, what they were told, and how far the events were handed on. */
export class CreateWebhooks1763700002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA webhooks CASCADE');
  }
}

const UP = `
  CREATE SCHEMA webhooks;

  CREATE TABLE webhooks.endpoints (
    id uuid PRIMARY KEY,
    url text NOT NULL,
    description text,
    -- Names such as payment.paid or payment.*; none means all.
    event_types text[] NOT NULL DEFAULT '{}',
    enabled boolean NOT NULL DEFAULT true,
    disabled_reason text,
    secret text NOT NULL,
    -- Whoever repeats the request that made a secret is shown that one, never a later one.
    secret_id uuid NOT NULL,
    -- Signs as well until then, so that receivers can change over in their own time.
    previous_secret text,
    previous_secret_until timestamptz,
    -- What was committed already when the endpoint was made; it is told of everything else.
    made_at_snapshot pg_snapshot NOT NULL DEFAULT pg_current_snapshot(),
    -- Attempts in a row that nobody answered, since when, and when one of many is tried next.
    unanswered integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    next_probe_at timestamptz,
    -- Nobody sees it any more; its deliveries are deleted little by little, and then it is.
    deleted_at timestamptz,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)),
    CHECK (NOT enabled OR disabled_reason IS NULL),
    CHECK (NOT enabled OR deleted_at IS NULL),
    CHECK ((unanswered = 0) = (failing_since IS NULL))
  );
  CREATE INDEX endpoints_newest ON webhooks.endpoints (created_at DESC, id DESC);

  -- One row per endpoint and event, however often the event is sent.
  CREATE TABLE webhooks.deliveries (
    id uuid PRIMARY KEY,
    endpoint_id uuid NOT NULL REFERENCES webhooks.endpoints ON DELETE CASCADE,
    event_id uuid NOT NULL REFERENCES platform.events,
    subject_id uuid NOT NULL,
    subject_seq integer NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
    -- Waits for earlier events of its subject; one that was asked for again does not.
    is_ordered boolean NOT NULL DEFAULT true,
    -- Grows whenever it is asked for again; jobs of an earlier round do nothing.
    round integer NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz DEFAULT now(),
    last_status integer,
    last_error text,
    delivered_at timestamptz,
    -- Delivered or given up; deleted some months later.
    settled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (endpoint_id, event_id),
    CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL)),
    CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
    CHECK ((state = 'pending') = (settled_at IS NULL))
  );
  CREATE INDEX deliveries_newest ON webhooks.deliveries (endpoint_id, created_at DESC, id DESC);
  CREATE INDEX deliveries_by_state ON webhooks.deliveries (endpoint_id, state, created_at DESC, id DESC);
  CREATE INDEX deliveries_in_order ON webhooks.deliveries (endpoint_id, subject_id, subject_seq, event_id)
    WHERE state = 'pending';
  CREATE INDEX deliveries_pending ON webhooks.deliveries (endpoint_id, id) WHERE state = 'pending';
  CREATE INDEX deliveries_overdue ON webhooks.deliveries (next_attempt_at) WHERE state = 'pending';
  CREATE INDEX deliveries_settled ON webhooks.deliveries (settled_at) WHERE settled_at IS NOT NULL;

  -- One row: events up to here were handed on. Whoever hands on holds it.
  CREATE TABLE webhooks.relay (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    tx_id xid8 NOT NULL,
    event_id uuid NOT NULL
  );
  -- No endpoint is older than this, and none is told of what came before it.
  INSERT INTO webhooks.relay (tx_id, event_id)
  VALUES (pg_snapshot_xmin(pg_current_snapshot()), '00000000-0000-0000-0000-000000000000');

  -- What came of a ping or a replay, for the same request with the same Idempotency-Key.
  CREATE TABLE webhooks.outcomes (
    id uuid PRIMARY KEY,
    endpoint_id uuid NOT NULL REFERENCES webhooks.endpoints ON DELETE CASCADE,
    outcome jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX outcomes_of_endpoint ON webhooks.outcomes (endpoint_id);
  CREATE INDEX outcomes_by_age ON webhooks.outcomes (created_at);
`;
