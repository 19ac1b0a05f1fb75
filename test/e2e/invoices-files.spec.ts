import { createHash } from 'node:crypto';
import { startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import * as invoices from '../support/invoices';
import { expectProblem, expectStatus } from '../support/payments';
import { readPdf } from '../support/pdf';
import { itWithBrowser } from '../support/pdf-it';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';

interface ServedFile {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

describe('the files of an invoice', () => {
  let app: TestApp;
  let customer: string;
  beforeAll(async () => {
    app = await startTestApp({ settings: invoices.ISSUER_SETTINGS });
    customer = await invoices.newCustomer(app, invoices.REACHABLE);
  });
  afterAll(() => app?.close());

  async function download(id: string, file: string, key = app.keys.staff): Promise<ServedFile> {
    const answer = await fetch(`${app.url}/api/invoices/${id}/${file}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const { status, headers } = answer;
    return { status, headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  }

  function stored(id: string) {
    return app.query(
      `SELECT kind, content_type, sha256, length(content) AS size FROM invoices.files
       WHERE invoice_id = $1 ORDER BY kind`,
      [invoices.invoiceUuid(id)],
    );
  }

  /** After the job is done, nobody else makes files of this invoice. */
  async function untilStored(id: string): Promise<void> {
    await eventually(
      () => stored(id),
      (files) => files.length === 3,
      25_000,
    );
  }

  itWithBrowser('are made soon after the issue and hashed', async () => {
    const id = await invoices.makeIssued(app, { customer });
    await untilStored(id);
    const files = await stored(id);
    expect(files.map(({ kind, content_type }) => [kind, content_type])).toEqual([
      ['facturx', 'application/pdf'],
      ['pdf', 'application/pdf'],
      ['ubl', 'application/xml'],
    ]);
    for (const { kind, sha256 } of files) {
      const served = await download(id, String(kind));
      expect(served.status).toBe(200);
      expect(createHash('sha256').update(served.bytes).digest('hex')).toBe(sha256);
      expect(served.headers.get('etag')).toBe(`"${String(sha256)}"`);
    }
  });

  itWithBrowser('say what the invoice says, in the language of the customer', async () => {
    const id = await invoices.makeIssued(app, { customer, locale: 'de', reference: 'PO-4711' });
    const shown = await invoices.show(app, id);
    const number = textOf(shown.body, 'number');
    const pdf = await download(id, 'pdf');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('content-disposition')).toBe(`inline; filename="${number}.pdf"`);
    const read = await readPdf(pdf.bytes);
    for (const text of [number, 'Premium plan', 'PO-4711', '121,00', 'Walter Lebowski']) {
      expect(read.text).toContain(text);
    }
    expect(read.language).toBe('de');
    expect(read.title).toContain(number);
    const ubl = await download(id, 'ubl');
    expect(ubl.headers.get('content-disposition')).toBe(`attachment; filename="${number}.xml"`);
    expect(ubl.bytes.toString('utf8')).toContain(`<cbc:ID>${number}</cbc:ID>`);
    const facturx = await download(id, 'facturx');
    expect(facturx.bytes.includes('factur-x.xml')).toBe(true);
    expect((await readPdf(facturx.bytes)).text).toBe(read.text);
  });

  itWithBrowser('are not sent again to who has them', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const etag = String((await download(id, 'ubl')).headers.get('etag'));
    const path = `/api/invoices/${id}/ubl`;
    const ask = (tag: string) =>
      fetch(`${app.url}${path}`, {
        headers: { authorization: `Bearer ${app.keys.staff}`, 'if-none-match': tag },
      });
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await ask(tag);
      expect(answer.status).toBe(304);
      expect(answer.headers.get('etag')).toBe(etag);
      expect(await answer.text()).toBe('');
    }
    expect((await ask('"other"')).status).toBe(200);
    const stranger = { key: app.keys.other, headers: { 'if-none-match': '*' } };
    expectProblem(await call(app, 'GET', path, stranger), 404, 'invoice_not_found');
  });

  itWithBrowser('never show a name turned round', async () => {
    const name = 'Kassa \u202evon\u202c \u2066Lebowski\u2069';
    const id = await invoices.makeIssued(app, {
      customer: await invoices.newCustomer(app, { name, ...invoices.REACHABLE }),
    });
    expect((await download(id, 'ubl')).bytes.toString('utf8')).toContain('Kassa von Lebowski');
    expect((await readPdf((await download(id, 'pdf')).bytes)).text).toContain('Kassa von Lebowski');
  });

  itWithBrowser('stay as they were, whatever becomes of the customer', async () => {
    const moved = await invoices.newCustomer(app, { name: 'Before', ...invoices.REACHABLE });
    const id = await invoices.makeIssued(app, { customer: moved });
    await untilStored(id);
    const before = await stored(id);
    const body = { name: 'Afterwards' };
    expectStatus(
      await call(app, 'PATCH', `/api/customers/${moved}`, { key: app.keys.staff, body }),
      200,
    );
    expect((await readPdf((await download(id, 'pdf')).bytes)).text).toContain('Before');
    expect(await stored(id)).toEqual(before);
  });

  itWithBrowser('are the same for all who ask at the same time', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const served = await Promise.all(Array.from({ length: 6 }, () => download(id, 'pdf')));
    expect(served.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(new Set(served.map(({ headers }) => headers.get('etag'))).size).toBe(1);
  });

  itWithBrowser('come from the same document as before, byte for byte', async () => {
    const id = await invoices.makeIssued(app, { customer });
    await untilStored(id);
    const first = await stored(id);
    expect((await download(await invoices.makeIssued(app, { customer }), 'pdf')).status).toBe(200);
    await app.query('ALTER TABLE invoices.files DISABLE TRIGGER USER');
    await app.query('DELETE FROM invoices.files WHERE invoice_id = $1', [invoices.invoiceUuid(id)]);
    await app.query('ALTER TABLE invoices.files ENABLE TRIGGER USER');
    for (const kind of ['pdf', 'ubl', 'facturx']) {
      expect((await download(id, kind)).status).toBe(200);
    }
    expect(await stored(id)).toEqual(first);
  });

  itWithBrowser('of a draft are a preview and nothing else', async () => {
    const id = await invoices.makeDraft(app, { customer, locale: 'en' });
    const preview = await download(id, 'preview');
    expect(preview.status).toBe(200);
    const { text } = await readPdf(preview.bytes);
    expect(text).toContain('Draft');
    expect(text).not.toContain('INV-2026');
    expect(await stored(id)).toEqual([]);
    const refused = await call(app, 'GET', `/api/invoices/${id}/pdf`, { key: app.keys.staff });
    expectProblem(refused, 409, 'invoice_state');
  });

  it('are not shown to others', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const draft = await invoices.makeDraft(app, { customer });
    for (const file of ['pdf', 'ubl', 'facturx']) {
      const path = `/api/invoices/${id}/${file}`;
      expectProblem(
        await call(app, 'GET', path, { key: app.keys.other }),
        404,
        'invoice_not_found',
      );
      expectProblem(await call(app, 'GET', path), 401, 'unauthorized');
    }
    const preview = `/api/invoices/${draft}/preview`;
    expectProblem(await call(app, 'GET', preview, { key: app.keys.user }), 403, 'forbidden');
    expect((await download(id, 'ubl', app.keys.user)).status).toBe(200);
  });

  it('keep every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});

describe('the files of an invoice where nothing prints', () => {
  let app: TestApp;
  beforeAll(async () => {
    const PUPPETEER_EXECUTABLE_PATH = '/nowhere/chromium';
    app = await startTestApp({
      settings: { ...invoices.ISSUER_SETTINGS, PUPPETEER_EXECUTABLE_PATH },
    });
  });
  afterAll(() => app?.close());

  it('are refused with the cure, and the invoice stands and is paid all the same', async () => {
    const customer = await invoices.newCustomer(app, invoices.REACHABLE);
    const id = await invoices.makeIssued(app, { customer });
    const refused = await call(app, 'GET', `/api/invoices/${id}/pdf`, { key: app.keys.staff });
    expectProblem(refused, 503, 'pdf_unavailable');
    expect(refused.headers['retry-after']).toBe('30');
    expect(textOf(refused.body, 'detail')).toContain('PUPPETEER_EXECUTABLE_PATH');
    const ubl = await fetch(`${app.url}/api/invoices/${id}/ubl`, {
      headers: { authorization: `Bearer ${app.keys.staff}` },
    });
    expect(ubl.status).toBe(200);
    expectStatus(await invoices.command(app, id, 'pay', { body: invoices.payBody() }), 201);
    const ready = await call(app, 'GET', '/health/ready');
    expect(ready.body).toEqual({ status: 'ok', pdf_browser: null });
  });

  it('name what a receiver would refuse', async () => {
    const customer = await invoices.newCustomer(app);
    const id = await invoices.makeIssued(app, { customer });
    const refused = await call(app, 'GET', `/api/invoices/${id}/ubl`, { key: app.keys.staff });
    expectProblem(refused, 422, 'e_invoice_incomplete');
    expect(listOf(refused.body, 'errors').length).toBeGreaterThan(0);
  });

  it('keep every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
