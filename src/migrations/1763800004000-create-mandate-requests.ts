import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Intents to make a mandate, committed before the provider is asked. The bank account is not stored. */
export class CreateMandateRequests1763800004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE customers.mandate_requests');
  }
}

const UP = `
  CREATE TABLE customers.mandate_requests (
    id uuid PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers.customers,
    account text NOT NULL,
    provider_customer text NOT NULL,
    pay_method text NOT NULL,
    state text NOT NULL DEFAULT 'unsettled' CHECK (state IN ('unsettled', 'succeeded', 'refused')),
    -- The provider's id of what was made.
    mandate text,
    refusal text CHECK (refusal IN ('payer', 'final', 'request', 'merchant', 'not_sent', 'not_found')),
    error_code text,
    error_message text,
    error_reference text,
    lease_until timestamptz NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at timestamptz,
    CHECK ((state = 'unsettled') = (settled_at IS NULL)),
    CHECK ((state = 'succeeded') = (mandate IS NOT NULL))
  );
  CREATE INDEX mandate_requests_of_customer ON customers.mandate_requests (customer_id, created_at);
`;
