import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Customers, who owns them, and the double-entry ledger that holds their balances. */
export class CreateCustomers1763600001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA customers CASCADE');
  }
}

const UP = `
  CREATE SCHEMA customers;

  CREATE TABLE customers.customers (
    id uuid PRIMARY KEY,
    name text,
    email text,
    first_name text,
    last_name text,
    company_name text,
    address text,
    postal text,
    city text,
    country text CHECK (country ~ '^[A-Z]{2}$'),
    vat_number text,
    phone_number text,
    locale text,
    reference text,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE customers.owners (
    customer_id uuid NOT NULL REFERENCES customers.customers,
    subject text NOT NULL CHECK (subject <> ''),
    PRIMARY KEY (customer_id, subject)
  );
  CREATE INDEX owners_by_subject ON customers.owners (subject, customer_id);

  -- What one money fact did to the books; the cause is unique, so no fact is ever booked twice.
  CREATE TABLE customers.ledger_transactions (
    id uuid PRIMARY KEY,
    cause_kind text NOT NULL,
    cause_id text NOT NULL,
    payment_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (cause_kind, cause_id)
  );
  CREATE TABLE customers.ledger_entries (
    transaction_id uuid NOT NULL REFERENCES customers.ledger_transactions,
    line smallint NOT NULL,
    account text NOT NULL,
    customer_id uuid REFERENCES customers.customers,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
    PRIMARY KEY (transaction_id, line),
    CHECK ((account = 'customer') = (customer_id IS NOT NULL))
  );
  CREATE INDEX ledger_entries_by_customer ON customers.ledger_entries (customer_id, currency)
    INCLUDE (amount_minor) WHERE customer_id IS NOT NULL;

  CREATE FUNCTION customers.refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (
      SELECT FROM customers.ledger_entries WHERE transaction_id = NEW.transaction_id
      GROUP BY currency HAVING sum(amount_minor) <> 0
    ) THEN
      RAISE EXCEPTION 'ledger transaction % does not balance', NEW.transaction_id
        USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON customers.ledger_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION customers.refuse_unbalanced();

  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON customers.ledger_transactions
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON customers.ledger_transactions
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON customers.ledger_entries
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON customers.ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;
