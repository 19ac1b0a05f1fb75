import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '../../src/config';
import { CreditInvoice } from '../../src/modules/invoices/actions/credit-invoice';
import { IssueInvoice } from '../../src/modules/invoices/actions/issue-invoice';
import { createLogger } from '../../src/platform/logging/logger';
import { environmentSource } from '../../src/shared/settings-reader';
import { createApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { STAFF } from '../support/integration-parts';
import * as invoices from '../support/invoices';

/** A clock of the database that says what it is told, call by call; found before the real one. */
const CLOCK = `
  CREATE SCHEMA testing;
  CREATE SEQUENCE testing.calls;
  CREATE TABLE testing.times (call bigint PRIMARY KEY, at timestamptz NOT NULL);
  CREATE FUNCTION testing.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    WITH now AS MATERIALIZED (SELECT nextval('testing.calls') AS call)
    SELECT t.at FROM testing.times t, now WHERE t.call <= now.call ORDER BY t.call DESC LIMIT 1
  $$;
  DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET search_path = public, testing, pg_catalog', current_database());
  END $$`;

describe('the date of an invoice', () => {
  let app: TestApp;
  let amsterdam: NestFastifyApplication;
  const opened: NestFastifyApplication[] = [];

  async function startIn(zone: string): Promise<NestFastifyApplication> {
    const settings = {
      ...settingsFor(app.databaseUrl, app.sandboxUrl),
      ...invoices.ISSUER_SETTINGS,
      INVOICE_TIME_ZONE: zone,
      RUN_JOBS: 'false',
    };
    const parts = await createApp(
      readConfig(environmentSource(settings, noFile)),
      createLogger('silent'),
    );
    opened.push(parts);
    await parts.init();
    return parts;
  }

  beforeAll(async () => {
    app = await startTestApp({ settings: { ...invoices.ISSUER_SETTINGS, RUN_JOBS: 'false' } });
    await invoices.completeCustomer(app);
    await app.query(CLOCK);
    await clockSays('2026-06-30T12:00:00Z');
    amsterdam = await startIn('Europe/Amsterdam');
  });
  afterAll(async () => {
    for (const parts of opened) await parts.close();
    await app?.close();
  });

  /** The first time at the next call, the second one at the call after it, and so on; the last one stays. */
  async function clockSays(...times: readonly string[]): Promise<void> {
    await app.query('TRUNCATE testing.times');
    await app.query(`SELECT setval('testing.calls', 1, false)`);
    await app.query(
      `INSERT INTO testing.times (call, at) SELECT n, at FROM unnest($1::timestamptz[]) WITH ORDINALITY AS t(at, n)`,
      [times],
    );
  }

  async function issueIn(parts: NestFastifyApplication): Promise<string> {
    const id = await invoices.makeDraft(app);
    const command = { caller: STAFF, idempotency: null, id: invoices.invoiceUuid(id) };
    await parts.get(IssueInvoice).execute(command);
    return id;
  }

  const dated = async (id: string) => {
    const [row] = await app.query(
      `SELECT number_text, to_char(issue_date, 'YYYY-MM-DD') AS issue_date,
         to_char(due_date, 'YYYY-MM-DD') AS due_date, document::json ->> 'issue_date' AS printed
       FROM invoices.invoices WHERE id = $1`,
      [invoices.invoiceUuid(id)],
    );
    return row;
  };

  it.each([
    ['Pacific/Kiritimati', '2026-06-30T11:00:00Z', '2026-07-01', /^INV-2026-/],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01', /^INV-2027-/],
    ['Etc/GMT+12', '2026-07-01T11:00:00Z', '2026-06-30', /^INV-2026-/],
    ['Etc/GMT+12', '2029-01-01T11:59:59Z', '2028-12-31', /^INV-2028-/],
  ])('is the day in %s at %s', async (zone, now, day, number) => {
    await clockSays(now);
    const row = await dated(await issueIn(await startIn(zone)));
    expect(row).toMatchObject({ issue_date: day, printed: day });
    expect(row?.['number_text']).toMatch(number);
  });

  it('begins a new year at number 1, in both series', async () => {
    await clockSays('2030-12-31T22:59:59Z');
    await issueIn(amsterdam);
    const last = await issueIn(amsterdam);
    expect(await dated(last)).toMatchObject({ number_text: 'INV-2030-0002' });
    await clockSays('2030-12-31T23:00:00Z');
    const first = await issueIn(amsterdam);
    expect(await dated(first)).toMatchObject({
      number_text: 'INV-2031-0001',
      issue_date: '2031-01-01',
    });
    const id = invoices.invoiceUuid(last);
    const wish = { caller: STAFF, idempotency: null, id, wishes: null, reference: null };
    await amsterdam.get(CreditInvoice).execute(wish);
    const [note] = await app.query(
      `SELECT number_text FROM invoices.invoices WHERE credits_id = $1`,
      [id],
    );
    expect(note).toEqual({ number_text: 'CN-2031-0001' });
  });

  it('is of the year of its number, also when that ends while the number is drawn', async () => {
    // Read for the check of the law, for the year of the number, for the date; then once more from the beginning.
    await clockSays('2032-12-31T22:59:58Z', '2032-12-31T22:59:59Z', '2032-12-31T23:00:00Z');
    const id = await issueIn(amsterdam);
    expect(await dated(id)).toEqual({
      number_text: 'INV-2033-0001',
      issue_date: '2033-01-01',
      due_date: '2033-01-31',
      printed: '2033-01-01',
    });
    const drawn = await app.query(`SELECT year FROM invoices.number_series WHERE year = 2032`);
    expect(drawn).toEqual([]);
  });
});

function noFile(): string {
  throw new Error('no test setting comes from a file');
}
