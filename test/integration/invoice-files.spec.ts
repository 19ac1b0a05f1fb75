import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { EInvoiceWriter } from '../../src/modules/invoices/actions/e-invoice-writer';
import { RenderInvoice } from '../../src/modules/invoices/actions/render-invoice';
import { RENDER_FILES } from '../../src/modules/invoices/jobs/invoice-jobs';
import { RenderFilesJob } from '../../src/modules/invoices/jobs/render-files.job';
import { InvoiceFiles } from '../../src/modules/invoices/storage/invoice-files';
import { Database } from '../../src/platform/database/database';
import { Jobs } from '../../src/platform/jobs/jobs';
import { PdfRenderer } from '../../src/platform/pdf/pdf-renderer';
import { UnprintableError } from '../../src/platform/pdf/unprintable-error';
import { LogLines, startTestApp, type TestApp } from '../support/app';
import { openParts } from '../support/integration-parts';
import * as invoices from '../support/invoices';
import { invoiceDocument } from '../support/invoice-documents';
import { itWithBrowser } from '../support/pdf-it';
import { PDF_SETTINGS } from '../support/pdf';

class WriterWithADefect extends EInvoiceWriter {
  override ubl(): Promise<Uint8Array> {
    return Promise.reject(new TypeError('a defect'));
  }
}

/** Counts what it prints, and may find everything unprintable. */
class Renderer extends PdfRenderer {
  printed = 0;
  isUnable = false;

  override render(page: Parameters<PdfRenderer['render']>[0]): Promise<Uint8Array> {
    this.printed += 1;
    if (this.isUnable) return Promise.reject(new UnprintableError('it has too many sheets'));
    return super.render(page);
  }
}

describe('the making of the files of an invoice', () => {
  let app: TestApp;
  let parts: NestFastifyApplication;
  let customer: string;
  let log: LogLines;
  let renderer: Renderer;
  beforeAll(async () => {
    // Nobody else makes files here.
    app = await startTestApp({ settings: { ...invoices.ISSUER_SETTINGS, RUN_JOBS: 'false' } });
    parts = await openParts(app, { RUN_JOBS: 'false' });
    customer = await invoices.newCustomer(app, invoices.REACHABLE);
  });
  beforeEach(() => {
    log = new LogLines();
    renderer = new Renderer(PDF_SETTINGS, log);
  });
  afterEach(() => renderer.onApplicationShutdown());
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });

  function compose(writer = new EInvoiceWriter()): RenderInvoice {
    return new RenderInvoice(parts.get(Database), new InvoiceFiles(), renderer, writer, log);
  }

  /** The job of one invoice, as the queue runs it. */
  async function runJob(id: string, render: RenderInvoice): Promise<void> {
    const jobs = new Jobs();
    new RenderFilesJob(jobs, parts.get(Database), render, log).onModuleInit();
    const task = jobs.tasksOf('documents').find((one) => one.task === RENDER_FILES);
    const payload = { invoice: invoices.invoiceUuid(id) };
    await task?.handler(payload, new AbortController().signal);
  }

  async function storedKinds(id: string): Promise<readonly unknown[]> {
    const rows = await app.query(
      'SELECT kind FROM invoices.files WHERE invoice_id = $1 ORDER BY kind',
      [invoices.invoiceUuid(id)],
    );
    return rows.map(({ kind }) => kind);
  }

  itWithBrowser('prints once for all who ask at the same time, the job among them', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const render = compose();
    const asked = Array.from({ length: 5 }, () => render.execute(invoices.invoiceUuid(id), 'pdf'));
    const [files] = await Promise.all([Promise.all(asked), runJob(id, render)]);
    expect(renderer.printed).toBe(1);
    expect(new Set(files.map((file) => file?.sha256)).size).toBe(1);
    expect(await storedKinds(id)).toEqual(['facturx', 'pdf', 'ubl']);
  });

  itWithBrowser('goes on after a defect of the e-invoice, and the job is tried again', async () => {
    const id = await invoices.makeIssued(app, { customer });
    await expect(runJob(id, compose(new WriterWithADefect()))).rejects.toThrow(
      'ubl: TypeError: a defect',
    );
    expect(await storedKinds(id)).toEqual(['facturx', 'pdf']);
    await runJob(id, compose());
    expect(await storedKinds(id)).toEqual(['facturx', 'pdf', 'ubl']);
  });

  itWithBrowser('is done for good where a receiver would refuse the e-invoice', async () => {
    const unreachable = await invoices.newCustomer(app, { email: 'walter@example.com' });
    const id = await invoices.makeIssued(app, { customer: unreachable });
    await runJob(id, compose());
    // Only Peppol needs an electronic address, and an e-mail address is none to it.
    expect(await storedKinds(id)).toEqual(['facturx', 'pdf']);
    // Every consumer is like that.
    expect(log.lines).toContainEqual(notMade({ level: 'info', reasons: 'PEPPOL-EN16931-R010' }));
  });

  // With a check digit that is wrong, and without its first digit.
  for (const [number, reasons] of [
    ['BE0123456789', 'PEPPOL-COMMON-R043'],
    ['BE123456789', 'PEPPOL-EN16931-R010'],
  ] as const) {
    itWithBrowser(`warns of a VAT number that is mistyped as ${number}`, async () => {
      const belgian = { vat_number: number, country: 'BE' };
      const mistyped = await invoices.newCustomer(app, belgian);
      const id = await invoices.makeIssued(app, { customer: mistyped });
      await runJob(id, compose());
      expect(await storedKinds(id)).toEqual(['facturx', 'pdf']);
      expect(log.lines).toContainEqual(notMade({ level: 'warn', reasons }));
    });
  }

  it('prints what nobody can print no second time, and says so', async () => {
    const id = await invoices.makeIssued(app, { customer });
    renderer.isUnable = true;
    await runJob(id, compose());
    expect(renderer.printed).toBe(1);
    expect(await storedKinds(id)).toEqual(['ubl']);
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        invoice: id,
        message: 'an invoice cannot be printed',
      }),
    );
  });

  it('refuses what nobody can print without promising that it will be there later', async () => {
    renderer.isUnable = true;
    const refused: unknown = await compose()
      .preview(invoiceDocument())
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'invoice_unprintable', context: {} });
    expect(refused).not.toHaveProperty('definition.retryable');
  });
});

function notMade(line: { readonly level: string; readonly reasons: string }): unknown {
  const code = 'e_invoice_incomplete';
  return expect.objectContaining({ ...line, kind: 'ubl', code });
}
