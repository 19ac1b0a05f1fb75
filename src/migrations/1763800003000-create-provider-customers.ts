import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Which customer at a provider stands for one of ours; the row is there before the provider is asked for it. */
export class CreateProviderCustomers1763800003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE customers.provider_customers');
  }
}

const UP = `
  CREATE TABLE customers.provider_customers (
    customer_id uuid NOT NULL REFERENCES customers.customers,
    account text NOT NULL,
    -- Null while nobody knows it: it is being made, or making it brought no answer.
    provider_customer text,
    -- What the provider was told last; null while nobody knows that either.
    details_hash text,
    attempts integer NOT NULL DEFAULT 1,
    lease_until timestamptz NOT NULL,
    error_code text,
    error_message text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (customer_id, account),
    UNIQUE (account, provider_customer)
  );
`;
