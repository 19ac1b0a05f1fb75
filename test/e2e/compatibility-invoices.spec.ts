import { createHash } from 'node:crypto';
import { hexId } from '../../src/shared/id';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import * as invoices from '../support/invoices';
import { expectStatus } from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';

const PDF = Buffer.from('%PDF-1.7 as it was rendered');

describe('invoices of the older API', () => {
  let app: TestApp;
  let customer: string;
  let id: string;
  let uuid: string;
  beforeAll(async () => {
    // Without jobs no file is rendered: each test decides whether there is one.
    app = await startTestApp({ settings: { ...invoices.ISSUER_SETTINGS, RUN_JOBS: 'false' } });
    customer = await invoices.newCustomer(app);
    const lines = [
      {
        description: 'Mug',
        quantity: '3',
        unit_price: '3.33',
        price_includes_vat: true,
        vat_rate: '21',
      },
      { description: 'Pen', quantity: '1', unit_price: '0.01', vat_rate: '21' },
    ];
    const period = { start_date: '2026-11-01', end_date: '2026-11-30' };
    id = await invoices.makeIssued(app, { customer, lines, ...period });
    uuid = hexId(invoices.invoiceUuid(id));
  });
  afterAll(() => app?.close());

  const get = (path: string, key = app.keys.user): Promise<Answer> =>
    call(app, 'GET', `/api/paypal-invoices/${path}`, {
      headers: { authorization: `Token ${key}` },
    });

  it('have the shape that their clients know, amounts with VAT', async () => {
    const shown = await get(`${uuid}/`);
    expectStatus(shown, 200);
    const issuedAt = textOf((await invoices.show(app, id)).body, 'issued_at');
    const customerUuid = hexId(String((await customerRow())['id']));
    expect(shown.body).toEqual({
      url: `${app.url}/api/paypal-invoices/${uuid}/`,
      uuid,
      total_amount: '10.00',
      pdf: null,
      start_date: '2026-11-01',
      end_date: '2026-11-30',
      items: [
        { amount: '9.99', description: 'Mug', created_at: issuedAt },
        { amount: '0.01', description: 'Pen', created_at: issuedAt },
      ],
      customer: `${app.url}/api/customers/${customerUuid}/`,
      customer_uuid: customerUuid,
      customer_name: 'Walter Lebowski',
    });
    expect((await get(uuid)).body).toEqual(shown.body);
  });

  const customerRow = async () => {
    const sql = 'SELECT customer_id AS id FROM invoices.invoices WHERE id = $1';
    return (await app.query(sql, [invoices.invoiceUuid(id)]))[0] ?? {};
  };

  it('are listed newest first, without drafts, credit notes and other currencies', async () => {
    const newer = await invoices.makeIssued(app, { customer });
    await invoices.makeDraft(app, { customer });
    await invoices.command(app, newer, 'credit', {
      body: { lines: [{ line: 1, quantity: '0.5' }] },
    });
    const untaxed = { ...invoices.PLAN_LINE, vat_category: 'Z', vat_rate: '0' };
    await invoices.makeIssued(app, { customer, currency: 'USD', lines: [untaxed] });
    const page = await get(`?customer=${customer}`);
    expectStatus(page, 200);
    expect(page.headers['x-result-count']).toBe('2');
    expect(page.body).toMatchObject([{ uuid: hexId(invoices.invoiceUuid(newer)) }, { uuid }]);
    const last = await get(`?customer=${customer}&page=last&page_size=1`);
    expect(last).toMatchObject({ status: 200, body: [{ uuid }] });
    expect(last.headers.link).toContain('rel="prev"');
    expect((await get(`?customer=${customer}`, app.keys.other)).body).toEqual([]);
    expect(await get('?page=99')).toMatchObject({ status: 404, body: { detail: 'Invalid page.' } });
  });

  it('have their stored PDF, to read or to save', async () => {
    const absent = await get(`${uuid}/pdf/`);
    expect(absent).toMatchObject({
      status: 404,
      body: { detail: "There's no PDF for this invoice." },
    });
    await app.query(
      `INSERT INTO invoices.files (invoice_id, kind, content, content_type, sha256)
       VALUES ($1, 'pdf', $2, 'application/pdf', $3)`,
      [invoices.invoiceUuid(id), PDF, createHash('sha256').update(PDF).digest('hex')],
    );
    const address = textOf((await get(`${uuid}/`)).body, 'pdf');
    expect(address).toBe(`${app.url}/api/paypal-invoices/${uuid}/pdf/`);
    const file = await get(`${uuid}/pdf/`);
    expect(file).toMatchObject({ status: 200, text: PDF.toString() });
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(file.headers['content-disposition']).toBe(`inline; filename="${uuid}.pdf"`);
    const saved = await get(`${uuid}/pdf/?download=true`);
    expect(saved.headers['content-disposition']).toBe(`attachment; filename="${uuid}.pdf"`);
  });

  it('are not there for anybody else, for drafts and for nobody', async () => {
    const draft = hexId(invoices.invoiceUuid(await invoices.makeDraft(app, { customer })));
    for (const answer of [
      await get(`${uuid}/`, app.keys.other),
      await get(`${uuid}/pdf/`, app.keys.other),
      await get(`${draft}/`, app.keys.staff),
      await get('nonsense/'),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { detail: 'Not found.' } });
    }
    const anonymous = await call(app, 'GET', '/api/paypal-invoices/');
    expect(anonymous).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Token' },
      body: { detail: 'Authentication credentials were not provided.' },
    });
    const posted = await call(app, 'POST', '/api/paypal-invoices/', {
      key: app.keys.staff,
      body: {},
    });
    expect(posted).toMatchObject({ status: 405, body: { detail: 'Method "POST" not allowed.' } });
  });

  it('keep every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
