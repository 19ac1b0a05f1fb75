import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Keys of callers, their idempotency keys, the events that modules tell each other, and what this database is for. */
export class CreatePlatform1763600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA platform CASCADE');
  }
}

const UP = `
  CREATE SCHEMA platform;

  -- One row: whether real or demonstration money lives here. The two never share a database.
  CREATE TABLE platform.installation (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    purpose text NOT NULL CHECK (purpose IN ('demo', 'real')),
    created_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE platform.api_keys (
    id uuid PRIMARY KEY,
    hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    subject text NOT NULL CHECK (subject <> ''),
    role text NOT NULL CHECK (role IN ('staff', 'user')),
    label text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
  );

  -- A key belongs to one caller; the row is written in the transaction of what it protects.
  CREATE TABLE platform.idempotency_keys (
    caller text NOT NULL,
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    fingerprint text NOT NULL,
    resource_id uuid NOT NULL,
    operation_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, key)
  );
  CREATE INDEX idempotency_keys_by_age ON platform.idempotency_keys (created_at);

  -- Readers page by (tx_id, id) below the oldest running transaction, so a late commit is never skipped.
  CREATE TABLE platform.events (
    id uuid PRIMARY KEY,
    tx_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    type text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    subject_seq integer NOT NULL,
    data jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX events_feed ON platform.events (tx_id, id);
  CREATE INDEX events_by_subject ON platform.events (subject_kind, subject_id);

  CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '42501';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON platform.events
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON platform.events
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;
