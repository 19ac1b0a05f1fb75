import { createHash } from 'node:crypto';
import { parseJson, valueAt } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import * as invoices from '../support/invoices';
import { expectProblem, expectStatus } from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';

describe('an invoice', () => {
  let app: TestApp;
  let customer: string;
  beforeAll(async () => {
    app = await startTestApp({ settings: invoices.ISSUER_SETTINGS });
    customer = await invoices.newCustomer(app);
  });
  afterAll(() => app?.close());

  async function frozen(id: string): Promise<{ document: string; hash: string }> {
    const [row] = await app.query(
      'SELECT document, document_sha256 AS hash FROM invoices.invoices WHERE id = $1',
      [invoices.invoiceUuid(id)],
    );
    return { document: String(row?.['document']), hash: String(row?.['hash']) };
  }

  it('begins as a draft, without a number and owed by nobody', async () => {
    const owed = await invoices.balanceOf(app, customer);
    const made = await invoices.draft(app, { customer });
    expectStatus(made, 201);
    expect(made.body).toMatchObject({
      kind: 'invoice',
      state: 'draft',
      number: null,
      net_amount: 10000,
      vat_amount: 2100,
      total_amount: 12100,
      open_amount: 12100,
      lines: [{ line: 1, unit_price: '100', net_amount: 10000, total_amount: 12100 }],
      vat: [{ vat_category: 'S', vat_rate: '21', net_amount: 10000, vat_amount: 2100 }],
    });
    expect(made.headers['location']).toBe(textOf(made.body, '_links', 'self'));
    expect(await invoices.balanceOf(app, customer)).toBe(owed);
  });

  it('is changed while it is a draft, field by field', async () => {
    const id = await invoices.makeDraft(app, {
      customer,
      reference: 'PO-1',
      end_date: '2026-11-30',
    });
    const lines = [
      {
        description: 'Mug',
        quantity: '2',
        unit_price: '12.95',
        price_includes_vat: true,
        vat_rate: '21',
      },
      { description: 'Book', unit_price: '10', vat_rate: '9' },
    ];
    const body = { lines, reference: null, due_date: '2027-01-31' };
    const changed = await call(app, 'PATCH', `/api/invoices/${id}`, { key: app.keys.staff, body });
    expectStatus(changed, 200);
    expect(changed.body).toMatchObject({
      reference: null,
      due_date: '2027-01-31',
      end_date: '2026-11-30',
      net_amount: 3140,
      vat_amount: 540,
      total_amount: 3680,
    });
    const same = await call(app, 'PATCH', `/api/invoices/${id}`, { key: app.keys.staff, body: {} });
    expect(valueAt(same.body, 'lines')).toEqual(valueAt(changed.body, 'lines'));
  });

  it('is deleted while it is a draft', async () => {
    const id = await invoices.makeDraft(app, { customer });
    const path = `/api/invoices/${id}`;
    expectStatus(await call(app, 'DELETE', path, { key: app.keys.staff }), 200);
    expectProblem(await invoices.show(app, id), 404, 'invoice_not_found');
    expectProblem(
      await call(app, 'DELETE', path, { key: app.keys.staff }),
      404,
      'invoice_not_found',
    );
  });

  it('gets its number, its dates and its debt with the issue', async () => {
    const someone = await invoices.newCustomer(app);
    const id = await invoices.makeDraft(app, { customer: someone });
    const issued = await invoices.command(app, id, 'issue');
    expectStatus(issued, 200);
    const [now] =
      await app.query(`SELECT to_char(now() AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM-DD') AS today,
      to_char((now() AT TIME ZONE 'Europe/Amsterdam')::date + 30, 'YYYY-MM-DD') AS due`);
    expect(issued.body).toMatchObject({
      state: 'issued',
      issue_date: now?.['today'],
      due_date: now?.['due'],
      open_amount: 12100,
    });
    expect(textOf(issued.body, 'number')).toMatch(/^INV-\d{4}-\d{4}$/);
    expect(await invoices.balanceOf(app, someone)).toBe(-12100);
    expect(await invoices.eventsOf(app, id)).toEqual(['invoice.issued']);
    const again = await invoices.command(app, id, 'issue');
    expectProblem(again, 409, 'invoice_state');
    expect(await invoices.balanceOf(app, someone)).toBe(-12100);
  });

  it('says for ever what it said on the day of its issue', async () => {
    const someone = await invoices.newCustomer(app, { name: 'Before' });
    const id = await invoices.makeIssued(app, { customer: someone });
    const before = await frozen(id);
    const body = { name: 'After', city: 'Utrecht' };
    expectStatus(
      await call(app, 'PATCH', `/api/customers/${someone}`, { key: app.keys.user, body }),
      200,
    );
    expect(await frozen(id)).toEqual(before);
    expect(createHash('sha256').update(before.document).digest('hex')).toBe(before.hash);
    expect(parseJson(before.document)).toMatchObject({
      format: 1,
      id,
      issuer: { name: 'Kassa BV', registration_number: '12345678' },
      customer: { id: someone, name: 'Before', city: 'Amsterdam' },
      lines: [{ description: 'Premium plan', net_minor: '10000' }],
      total_minor: '12100',
    });
    const shown = await invoices.show(app, id);
    expect(valueAt(shown.body, 'document_sha256')).toBe(before.hash);
    const refused = await call(app, 'PATCH', `/api/invoices/${id}`, {
      key: app.keys.staff,
      body: { reference: 'other' },
    });
    expectProblem(refused, 409, 'invoice_state');
    const removed = await call(app, 'DELETE', `/api/invoices/${id}`, { key: app.keys.staff });
    expectProblem(removed, 409, 'invoice_state');
  });

  it('is not issued while the law misses something, all of which is named', async () => {
    const bare = await invoices.newCustomer(app, { address: null, postal: null, country: 'BE' });
    const reverse = { ...invoices.PLAN_LINE, vat_category: 'AE', vat_rate: '0' };
    const id = await invoices.makeDraft(app, { customer: bare, lines: [reverse] });
    const numbers = () =>
      call(app, 'GET', '/api/invoices/numbers?series=INV', { key: app.keys.staff });
    const before = await numbers();
    const refused = await invoices.command(app, id, 'issue');
    expectProblem(refused, 422, 'invoice_incomplete');
    const pointers = listOf(refused.body, 'errors').map((error) => textOf(error, 'pointer'));
    expect(pointers).toEqual(['/customer/address', '/customer/postal', '/customer/vat_number']);
    expect((await numbers()).body).toEqual(before.body);
    const body = { address: 'Meir 1', postal: '2000', vat_number: 'BE0123456789' };
    await call(app, 'PATCH', `/api/customers/${bare}`, { key: app.keys.user, body });
    expectStatus(await invoices.command(app, id, 'issue'), 200);
    const { document } = await frozen(id);
    expect(valueAt(parseJson(document), 'vat', 0)).toMatchObject({
      vat_category: 'AE',
      exemption_code: 'VATEX-EU-AE',
      exemption_reason: 'Reverse charge',
    });
  });

  it('of nothing is refused', async () => {
    const free = { ...invoices.PLAN_LINE, unit_price: '0' };
    const id = await invoices.makeDraft(app, { customer, lines: [free] });
    const refused = await invoices.command(app, id, 'issue');
    expectProblem(refused, 422, 'invoice_incomplete');
    expect(textOf(refused.body, 'detail')).toContain('An invoice of nothing is not issued.');
  });

  it('is made and issued once per Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'invoice-1' };
    const first = await invoices.draft(app, { customer }, { headers });
    const second = await invoices.draft(app, { customer }, { headers });
    expectStatus(second, 201);
    expect(second.headers['idempotent-replayed']).toBe('true');
    const id = textOf(first.body, 'id');
    expect(textOf(second.body, 'id')).toBe(id);
    const other = await invoices.draft(app, { customer, reference: 'x' }, { headers });
    expectProblem(other, 422, 'idempotency_key_reused');
    const issue = { headers: { 'Idempotency-Key': 'issue-1' } };
    const issued = await invoices.command(app, id, 'issue', issue);
    const repeated = await invoices.command(app, id, 'issue', issue);
    expectStatus(repeated, 200);
    expect(textOf(repeated.body, 'number')).toBe(textOf(issued.body, 'number'));
  });

  it('is seen by its owner once it is issued, and written by staff only', async () => {
    const id = await invoices.makeDraft(app, { customer });
    expectProblem(await invoices.show(app, id, app.keys.user), 404, 'invoice_not_found');
    for (const [method, path] of [
      ['POST', '/api/invoices'],
      ['PATCH', `/api/invoices/${id}`],
      ['DELETE', `/api/invoices/${id}`],
      ['POST', `/api/invoices/${id}/issue`],
      ['POST', `/api/invoices/${id}/credit`],
      ['POST', `/api/invoices/from-payment/${id}`],
      ['GET', '/api/invoices/numbers'],
    ] as const) {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      expectProblem(
        await call(app, method, path, { key: app.keys.user, ...body }),
        403,
        'forbidden',
      );
      expectProblem(await call(app, method, path, body), 401, 'unauthorized');
    }
    expectStatus(await invoices.command(app, id, 'issue'), 200);
    expectStatus(await invoices.show(app, id, app.keys.user), 200);
    expectProblem(await invoices.show(app, id, app.keys.other), 404, 'invoice_not_found');
    const pay = { key: app.keys.other, body: invoices.payBody() };
    expectProblem(await invoices.command(app, id, 'pay', pay), 404, 'invoice_not_found');
  });

  it('is found by customer, state, kind, number, date and by being overdue', async () => {
    const someone = await invoices.newCustomer(app);
    const open = await invoices.makeIssued(app, { customer: someone });
    const late = await invoices.makeIssued(app, { customer: someone, due_date: '2999-12-31' });
    const waiting = await invoices.makeDraft(app, { customer: someone });
    // Time passes for one of them; a frozen row can only be moved by whoever may switch its walls off.
    await app.query('ALTER TABLE invoices.invoices DISABLE TRIGGER guarded');
    await app.query(`UPDATE invoices.invoices SET due_date = '2020-01-01' WHERE id = $1`, [
      invoices.invoiceUuid(late),
    ]);
    await app.query('ALTER TABLE invoices.invoices ENABLE TRIGGER guarded');
    const number = textOf((await invoices.show(app, open)).body, 'number');
    const found = async (query: string, key = app.keys.staff) => {
      const page = await call(app, 'GET', `/api/invoices?customer=${someone}&${query}`, { key });
      expectStatus(page, 200);
      return listOf(page.body, 'data').map((one) => textOf(one, 'id'));
    };
    expect(await found('')).toEqual([waiting, late, open]);
    expect(await found('', app.keys.user)).toEqual([late, open]);
    expect(await found('', app.keys.other)).toEqual([]);
    expect(await found('state=draft')).toEqual([waiting]);
    expect(await found('kind=credit_note')).toEqual([]);
    expect(await found(`number=${number}`)).toEqual([open]);
    expect(await found('overdue=true')).toEqual([late]);
    expect(await found('overdue=false')).toEqual([waiting, open]);
    expect(await found('issued_from=2026-01-01')).toEqual([late, open]);
    expect(await found('issued_to=2020-01-01')).toEqual([]);
    const refused = await call(app, 'GET', '/api/invoices?issued_from=2026-02-31', {
      key: app.keys.staff,
    });
    expectProblem(refused, 422, 'invalid_request');
  });

  it('keeps every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
