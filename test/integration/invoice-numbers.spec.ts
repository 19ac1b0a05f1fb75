import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { InvoicesRepository } from '../../src/modules/invoices/storage/invoices.repository';
import { IssueInvoice } from '../../src/modules/invoices/actions/issue-invoice';
import { Database } from '../../src/platform/database/database';
import { Events } from '../../src/platform/events/events';
import { readConfig } from '../../src/config';
import { createLogger } from '../../src/platform/logging/logger';
import { environmentSource } from '../../src/shared/settings-reader';
import { createApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import { STAFF } from '../support/integration-parts';
import * as invoices from '../support/invoices';
import { expectStatus } from '../support/payments';

const INVOICES = 200;
const CLIENTS = 20;
/** Hundreds of requests in a row, and of transactions that wait for the same row. */
const MANY_TIMEOUT_MS = 90_000;

describe('numbers of invoices', () => {
  let app: TestApp;
  let parts: NestFastifyApplication;
  let customer: string;
  const doomed = new Set<string>();
  beforeAll(async () => {
    // Nobody asks for the files of hundreds of invoices, and making them is slow.
    app = await startTestApp({ settings: { ...invoices.ISSUER_SETTINGS, RUN_JOBS: 'false' } });
    const settings = {
      ...settingsFor(app.databaseUrl, app.sandboxUrl),
      ...invoices.ISSUER_SETTINGS,
    };
    const config = readConfig(environmentSource({ ...settings, RUN_JOBS: 'false' }, noFile));
    parts = await createApp(config, createLogger('silent'));
    await parts.init();
    // The last thing that happens in the transaction of an issue, after the number was drawn.
    parts.get(Events).react('invoice.issued', (_tx, event) => {
      return doomed.has(event.subjectId)
        ? Promise.reject(new Error('rolled back'))
        : Promise.resolve();
    });
    customer = await invoices.newCustomer(app);
  });
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });

  const report = async () =>
    (await call(app, 'GET', '/api/invoices/numbers?series=INV', { key: app.keys.staff })).body;

  it(
    'go from 1 to 200 without a gap, however many issues run at once and are rolled back',
    async () => {
      const drafts: string[] = [];
      while (drafts.length < INVOICES + CLIENTS) {
        drafts.push(await invoices.makeDraft(app, { customer }));
      }
      const failing = drafts.filter((_, at) => at % 3 === 0);
      failing.map(invoices.invoiceUuid).forEach((id) => doomed.add(id));
      const issue = parts.get(IssueInvoice);
      const waiting = [...drafts];
      const failures: string[] = [];
      const client = async () => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          const command = { caller: STAFF, idempotency: null, id: invoices.invoiceUuid(id) };
          await issue.execute(command).catch(() => failures.push(id ?? ''));
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
      expect(failures.sort()).toEqual([...failing].sort());
      doomed.clear();
      for (const id of failing.slice(0, INVOICES - (drafts.length - failing.length))) {
        expectStatus(await invoices.command(app, id, 'issue'), 200);
      }
      const rows = await app.query(
        `SELECT number, issued_at, issue_date FROM invoices.invoices WHERE number IS NOT NULL ORDER BY number`,
      );
      expect(rows.map(({ number }) => number)).toEqual(
        Array.from({ length: INVOICES }, (_, at) => at + 1),
      );
      const times = rows.map(({ issued_at }) => new Date(String(issued_at)).getTime());
      expect([...times].sort((a, b) => a - b)).toEqual(times);
      expect(await report()).toMatchObject({
        data: [
          {
            series: 'INV',
            last_number: INVOICES,
            issued: INVOICES,
            missing: [],
            is_complete: true,
          },
        ],
      });
    },
    MANY_TIMEOUT_MS,
  );

  it('are used once when one draft is issued by everybody', async () => {
    const id = await invoices.makeDraft(app, { customer });
    const answers = await Promise.all(
      Array.from({ length: CLIENTS }, () => invoices.command(app, id, 'issue')),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(CLIENTS - 1);
    expect(await report()).toMatchObject({
      data: [{ is_complete: true, last_number: INVOICES + 1 }],
    });
  });

  it('of credit notes are a series of their own', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const note = await invoices.command(app, id, 'credit');
    expectStatus(note, 201);
    expect(note.body).toMatchObject({ kind: 'credit_note', credits: id });
    const [row] = await app.query(
      `SELECT series, number FROM invoices.invoices WHERE kind = 'credit_note'`,
    );
    expect(row).toEqual({ series: 'CN', number: 1 });
  });

  it('that are missing are named', async () => {
    await app.query('ALTER TABLE invoices.invoices DISABLE TRIGGER USER');
    await app.query(
      'UPDATE invoices.invoices SET number = 100000 WHERE number = 7 AND series = $1',
      ['INV'],
    );
    await app.query('ALTER TABLE invoices.invoices ENABLE TRIGGER USER');
    expect(await report()).toMatchObject({ data: [{ missing: [7], is_complete: false }] });
  });

  it('never change an invoice that somebody else changed meanwhile', async () => {
    const id = invoices.invoiceUuid(await invoices.makeDraft(app, { customer }));
    const repository = parts.get(InvoicesRepository);
    const stale = parts.get(Database).inTransaction(async (tx) => {
      const row = await repository.lock(tx, id);
      if (!row) throw new Error('no row');
      await repository.change(tx, row, { cause: 'api', actor: 'test' });
      await repository.change(tx, row, { cause: 'api', actor: 'test' });
    });
    await expect(stale).rejects.toThrow('stale write');
  });
});

function noFile(): string {
  throw new Error('no test setting comes from a file');
}
