import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * Invoices, credit notes and their numbers. What the tax office must never see is a constraint: a number twice, a gap,
 * an issued invoice that changed.
 */
export class CreateInvoices1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [TABLES, LINES, NUMBERS, MONEY, WALLS]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA invoices CASCADE');
  }
}

const TABLES = `
  CREATE SCHEMA invoices;

  CREATE TABLE invoices.invoices (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'issued', 'paid', 'credited')),
    customer_id uuid NOT NULL REFERENCES customers.customers,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    locale text NOT NULL CHECK (locale IN ('nl', 'en', 'de')),
    reference text,
    due_date date,
    start_date date,
    end_date date,
    vat_exemption_reason text,
    -- The invoice that a credit note takes back from.
    credits_id uuid REFERENCES invoices.invoices,
    series text,
    year integer,
    number integer CHECK (number > 0),
    number_text text UNIQUE,
    issue_date date,
    issued_at timestamptz,
    -- Everything that the PDF and the e-invoice say, as canonical JSON; text, because its bytes are hashed.
    document text,
    document_sha256 text CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    net_minor bigint NOT NULL CHECK (net_minor >= 0),
    vat_minor bigint NOT NULL CHECK (vat_minor >= 0),
    total_minor bigint NOT NULL CHECK (total_minor BETWEEN 0 AND 999999999999),
    credited_minor bigint NOT NULL DEFAULT 0 CHECK (credited_minor BETWEEN 0 AND total_minor),
    -- No upper bounds on money: a fact that should not be must still be storable.
    captured_minor bigint NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
    refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
    charged_back_minor bigint NOT NULL DEFAULT 0 CHECK (charged_back_minor >= 0),
    paid_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (series, year, number),
    CHECK (net_minor + vat_minor = total_minor),
    CHECK (start_date <= end_date),
    CHECK ((kind = 'credit_note') = (credits_id IS NOT NULL)),
    CHECK (kind = 'invoice' OR state IN ('draft', 'issued')),
    CHECK ((state = 'draft') = (number IS NULL)),
    CHECK (num_nulls(series, year, number, number_text, issue_date, issued_at, document, document_sha256) IN (0, 8)),
    CHECK (state = 'draft' OR total_minor > 0)
  );
  CREATE INDEX invoices_newest ON invoices.invoices (created_at DESC, id DESC);
  CREATE INDEX invoices_of_customer ON invoices.invoices (customer_id, created_at DESC, id DESC);
  CREATE INDEX invoices_to_be_paid ON invoices.invoices (due_date) WHERE state = 'issued' AND kind = 'invoice';
  CREATE INDEX credit_notes_of_invoice ON invoices.invoices (credits_id) WHERE credits_id IS NOT NULL;

  CREATE TABLE invoices.state_changes (
    invoice_id uuid NOT NULL REFERENCES invoices.invoices ON DELETE CASCADE,
    seq integer NOT NULL,
    from_state text,
    to_state text NOT NULL,
    trigger text NOT NULL,
    cause text NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (invoice_id, seq)
  );
`;

const LINES = `
  CREATE TABLE invoices.lines (
    invoice_id uuid NOT NULL REFERENCES invoices.invoices ON DELETE CASCADE,
    line integer NOT NULL CHECK (line > 0),
    description text NOT NULL CHECK (description <> ''),
    -- Decimals as they were sent, exactly.
    quantity text NOT NULL CHECK (quantity ~ '^[0-9]+([.][0-9]+)?$' AND quantity::numeric > 0),
    unit text,
    unit_price text NOT NULL CHECK (unit_price ~ '^[0-9]+([.][0-9]+)?$'),
    price_includes_vat boolean NOT NULL,
    vat_category text NOT NULL CHECK (vat_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
    vat_rate text NOT NULL CHECK (vat_rate ~ '^[0-9]+([.][0-9]+)?$'),
    net_minor bigint NOT NULL CHECK (net_minor >= 0),
    -- With its share of the VAT; these add up to the total.
    total_minor bigint NOT NULL CHECK (total_minor >= 0),
    -- The line of the invoice that a line of its credit note takes back.
    credits_line integer,
    PRIMARY KEY (invoice_id, line),
    CHECK ((vat_category = 'S') = (vat_rate::numeric > 0))
  );
`;

const NUMBERS = `
  -- A row and not a sequence: a number that is rolled back is drawn again, so none is ever missing.
  CREATE TABLE invoices.number_series (
    series text NOT NULL CHECK (series ~ '^[A-Z][A-Z0-9]{0,9}$'),
    year integer NOT NULL,
    last_number integer NOT NULL CHECK (last_number > 0),
    PRIMARY KEY (series, year)
  );

  CREATE FUNCTION invoices.guard_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      IF NEW.last_number = 1 THEN RETURN NEW; END IF;
    ELSIF (NEW.series, NEW.year, NEW.last_number) = (OLD.series, OLD.year, OLD.last_number + 1) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'numbers of a series are drawn one after the other' USING ERRCODE = '23514';
  END $$;
  CREATE TRIGGER guarded BEFORE INSERT OR UPDATE ON invoices.number_series
    FOR EACH ROW EXECUTE FUNCTION invoices.guard_numbers();
  CREATE TRIGGER never_deleted BEFORE DELETE ON invoices.number_series
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON invoices.number_series
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const MONEY = `
  -- What each payment brought, as the payments module said it last under the lock of the payment.
  CREATE TABLE invoices.payments (
    payment_id uuid PRIMARY KEY,
    invoice_id uuid NOT NULL REFERENCES invoices.invoices ON DELETE CASCADE,
    captured_minor bigint NOT NULL CHECK (captured_minor >= 0),
    refunded_minor bigint NOT NULL CHECK (refunded_minor >= 0),
    charged_back_minor bigint NOT NULL CHECK (charged_back_minor >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX payments_of_invoice ON invoices.payments (invoice_id);

  -- The first rendering of each kind is served for ever.
  CREATE TABLE invoices.files (
    invoice_id uuid NOT NULL REFERENCES invoices.invoices,
    kind text NOT NULL CHECK (kind IN ('pdf', 'ubl', 'facturx')),
    content bytea NOT NULL,
    content_type text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 = encode(sha256(content), 'hex')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (invoice_id, kind)
  );
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON invoices.files
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON invoices.files
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const WALLS = `
  -- The edges of the lifecycle table once more: a second wall, compared with the first by a test.
  CREATE TABLE invoices.state_edges (
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (from_state, to_state)
  );
  INSERT INTO invoices.state_edges VALUES
    ('draft', 'issued'), ('issued', 'paid'), ('issued', 'credited'), ('paid', 'credited');

  CREATE FUNCTION invoices.guard_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' THEN
      IF OLD.state = 'draft' THEN RETURN OLD; END IF;
      RAISE EXCEPTION 'an issued invoice is never deleted' USING ERRCODE = '23514';
    END IF;
    IF NEW.state <> OLD.state AND NOT EXISTS (
      SELECT FROM invoices.state_edges e WHERE e.from_state = OLD.state AND e.to_state = NEW.state
    ) THEN
      RAISE EXCEPTION 'invoice cannot go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    IF (NEW.id, NEW.kind, NEW.credits_id, NEW.created_by, NEW.created_at)
         IS DISTINCT FROM (OLD.id, OLD.kind, OLD.credits_id, OLD.created_by, OLD.created_at) THEN
      RAISE EXCEPTION 'what an invoice is never changes' USING ERRCODE = '23514';
    END IF;
    IF OLD.state <> 'draft' AND
       (NEW.customer_id, NEW.currency, NEW.locale, NEW.reference, NEW.due_date, NEW.start_date, NEW.end_date,
        NEW.vat_exemption_reason, NEW.series, NEW.year, NEW.number, NEW.number_text, NEW.issue_date, NEW.issued_at,
        NEW.document, NEW.document_sha256, NEW.net_minor, NEW.vat_minor, NEW.total_minor)
         IS DISTINCT FROM
       (OLD.customer_id, OLD.currency, OLD.locale, OLD.reference, OLD.due_date, OLD.start_date, OLD.end_date,
        OLD.vat_exemption_reason, OLD.series, OLD.year, OLD.number, OLD.number_text, OLD.issue_date, OLD.issued_at,
        OLD.document, OLD.document_sha256, OLD.net_minor, OLD.vat_minor, OLD.total_minor) THEN
      RAISE EXCEPTION 'an issued invoice never changes: it is corrected by a credit note' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guarded BEFORE UPDATE OR DELETE ON invoices.invoices
    FOR EACH ROW EXECUTE FUNCTION invoices.guard_invoice();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON invoices.invoices
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  -- What belongs to an invoice changes with its draft and goes with it; a draft that is deleted is gone by then.
  CREATE FUNCTION invoices.refuse_unless_draft() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM invoices.invoices i
               WHERE i.id = coalesce(NEW.invoice_id, OLD.invoice_id) AND i.state <> 'draft') THEN
      RAISE EXCEPTION 'the lines of an issued invoice never change' USING ERRCODE = '23514';
    END IF;
    RETURN coalesce(NEW, OLD);
  END $$;
  CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON invoices.lines
    FOR EACH ROW EXECUTE FUNCTION invoices.refuse_unless_draft();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON invoices.lines
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER kept BEFORE DELETE ON invoices.state_changes
    FOR EACH ROW EXECUTE FUNCTION invoices.refuse_unless_draft();
  CREATE TRIGGER append_only BEFORE UPDATE ON invoices.state_changes
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON invoices.state_changes
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER kept BEFORE DELETE ON invoices.payments
    FOR EACH ROW EXECUTE FUNCTION invoices.refuse_unless_draft();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON invoices.payments
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;
