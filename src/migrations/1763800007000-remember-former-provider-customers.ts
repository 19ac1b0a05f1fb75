import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Whose a customer was that a provider does not know any more: its mandates and payments may outlive it there. */
export class RememberFormerProviderCustomers1763800007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE customers.former_provider_customers');
  }
}

const UP = `
  CREATE TABLE customers.former_provider_customers (
    account text NOT NULL,
    provider_customer text NOT NULL,
    customer_id uuid NOT NULL REFERENCES customers.customers,
    forgotten_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account, provider_customer)
  );
  CREATE INDEX former_provider_customers_of_customer
    ON customers.former_provider_customers (customer_id, account);
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON customers.former_provider_customers
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
`;
