import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Money that is held first and captured later, in parts. */
export class AddHolds1763800001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
  -- As the provider shows it: no limit may refuse what it says.
  ALTER TABLE payments.payments
    ADD COLUMN authorization_id text,
    ADD COLUMN authorized_minor numeric(38, 0),
    -- What can still be captured; nothing once the hold is over.
    ADD COLUMN capturable_minor numeric(38, 0) NOT NULL DEFAULT 0,
    ADD COLUMN authorization_honored_until timestamptz,
    ADD COLUMN authorization_expires_at timestamptz;

  -- Whether a capture is the last one of its hold: the rest is set free.
  ALTER TABLE payments.operations
    ADD COLUMN is_final boolean NOT NULL DEFAULT false,
    -- The provider's id of what is changed: the hold, which a renewal replaces.
    ADD COLUMN target_ref text;

  -- A hold may be checked before it stands, and its last capture may be under way.
  INSERT INTO payments.state_edges VALUES ('processing', 'authorized'), ('authorized', 'processing');
`;

const DOWN = `
  DELETE FROM payments.state_edges WHERE (from_state, to_state) IN
    (('processing', 'authorized'), ('authorized', 'processing'));
  ALTER TABLE payments.operations DROP COLUMN is_final, DROP COLUMN target_ref;
  ALTER TABLE payments.payments DROP COLUMN authorization_id, DROP COLUMN authorized_minor,
    DROP COLUMN capturable_minor, DROP COLUMN authorization_honored_until, DROP COLUMN authorization_expires_at;
`;
