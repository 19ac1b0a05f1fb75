import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What providers told us, who works on jobs, when to look at a payment again, and what a person decided. */
export class NotificationsAndJobs1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
  -- The job library frees what a killed worker holds after four hours; by these signs of life we do it in seconds.
  CREATE TABLE platform.workers (
    id text PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE SCHEMA providers;

  -- The provider repeats what it tells; the second row of an event is refused here.
  CREATE TABLE providers.notifications (
    id uuid PRIMARY KEY,
    account text NOT NULL,
    event_id text NOT NULL,
    event_type text NOT NULL,
    kind text NOT NULL,
    -- Ids of theirs and ours that the event names: hints about whom to ask for, never facts.
    payment_ids text[] NOT NULL,
    object_ids text[] NOT NULL,
    refs text[] NOT NULL,
    -- Says whether two deliveries were the same; the body itself names payers and is read by nobody.
    body_sha256 text NOT NULL,
    -- What a signature was made for: one with a second event under it is forged.
    transmission_id text,
    source text NOT NULL CHECK (source IN ('delivery', 'list')),
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'applied', 'ignored', 'unmatched', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    error text,
    -- When its job is due; one that is long overdue has lost its job.
    next_try_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    replayed_at timestamptz,
    settled_at timestamptz,
    UNIQUE (account, event_id),
    CHECK ((state = 'pending') = (settled_at IS NULL))
  );
  CREATE INDEX notifications_newest ON providers.notifications (created_at DESC, id DESC);
  CREATE INDEX notifications_by_state ON providers.notifications (state, created_at DESC, id DESC);
  CREATE INDEX notifications_overdue ON providers.notifications (next_try_at) WHERE state = 'pending';
  CREATE UNIQUE INDEX notifications_one_per_transmission ON providers.notifications (account, transmission_id)
    WHERE transmission_id IS NOT NULL;

  -- How far the provider's own list of events was read.
  CREATE TABLE providers.event_marks (
    account text PRIMARY KEY,
    read_until timestamptz NOT NULL
  );

  -- A payment that has not ended is looked at again and again, whether or not anybody tells us about it.
  ALTER TABLE payments.payments
    ADD COLUMN looks integer NOT NULL DEFAULT 0,
    ADD COLUMN next_look_at timestamptz NOT NULL DEFAULT now() + interval '2 minutes';
  DROP INDEX payments.payments_unfinished;
  CREATE INDEX payments_to_look_at ON payments.payments (next_look_at) INCLUDE (account)
    WHERE state IN ('initialized', 'open', 'processing', 'authorized');
  CREATE INDEX payments_in_conflict ON payments.payments (created_at DESC, id DESC) WHERE conflict IS NOT NULL;

  ALTER TABLE payments.operations
    ADD COLUMN review_decision text CHECK (review_decision IN ('retry', 'link', 'failed')),
    ADD COLUMN review_note text,
    ADD COLUMN reviewed_by text,
    ADD COLUMN reviewed_at timestamptz;
  CREATE INDEX operations_for_people ON payments.operations (state, created_at DESC, id DESC)
    WHERE state IN ('unsettled', 'needs_review');
`;

const DOWN = `
  DROP INDEX payments.operations_for_people;
  ALTER TABLE payments.operations DROP COLUMN review_decision, DROP COLUMN review_note,
    DROP COLUMN reviewed_by, DROP COLUMN reviewed_at;
  DROP INDEX payments.payments_in_conflict, payments.payments_to_look_at;
  ALTER TABLE payments.payments DROP COLUMN looks, DROP COLUMN next_look_at;
  CREATE INDEX payments_unfinished ON payments.payments (account)
    WHERE state IN ('initialized', 'open', 'processing', 'authorized');
  DROP SCHEMA providers CASCADE;
  DROP TABLE platform.workers;
`;
