import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import * as invoices from '../support/invoices';
import { expectProblem, expectStatus } from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, numberOf, textOf } from '../support/read';

describe('drafts that no honest client sends', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ settings: { ...invoices.ISSUER_SETTINGS, RUN_JOBS: 'false' } });
  });
  afterAll(() => app?.close());

  const line = (changes: object) => ({ lines: [{ ...invoices.PLAN_LINE, ...changes }] });

  it.each([
    ['/customer', { customer: null }, ['invalid_request']],
    ['/customer', { customer: 'nobody' }, ['customer_unknown']],
    ['/customer', { customer: 'cus_01kacwhz00e00800000000zzzz' }, ['customer_unknown']],
    ['/currency', { currency: 'EURO' }],
    ['/currency', { currency: null }],
    ['/locale', { locale: 'fr' }],
    ['/reference', { reference: 'x'.repeat(101) }],
    ['/reference', { reference: 'a\u0001b' }],
    ['/reference', { reference: '' }],
    ['/due_date', { due_date: '2026-02-31' }],
    ['/due_date', { due_date: '2026-11-20T00:00:00Z' }],
    ['/due_date', { due_date: 20261120 }],
    ['/end_date', { start_date: '2026-11-30', end_date: '2026-11-01' }],
    ['/lines', { lines: null }],
    ['/lines', { lines: [] }],
    ['/lines', { lines: {} }],
    ['/lines', { lines: Array(501).fill({}) }],
    ['/lines/0', { lines: [null] }],
    ['/lines/0', { lines: [['Premium plan']] }],
    ['/lines/0/total', line({ total: 5 })],
    ['/lines/0/description', line({ description: '  ' })],
    ['/lines/0/description', line({ description: 'x'.repeat(501) })],
    ['/lines/0/quantity', line({ quantity: '0' })],
    ['/lines/0/quantity', line({ quantity: '-1' })],
    ['/lines/0/quantity', line({ quantity: 1.5 })],
    ['/lines/0/quantity', line({ quantity: '1e3' })],
    ['/lines/0/quantity', line({ quantity: '0.0000001' })],
    ['/lines/0/unit', line({ unit: 5 })],
    ['/lines/0/unit_price', line({ unit_price: undefined })],
    ['/lines/0/unit_price', line({ unit_price: 10 })],
    ['/lines/0/unit_price', line({ unit_price: '-10' })],
    ['/lines/0/unit_price', line({ unit_price: '€ 10' })],
    ['/lines/0/price_includes_vat', line({ price_includes_vat: 'yes' })],
    ['/lines/0/vat_category', line({ vat_category: 'X' })],
    ['/lines/0/vat_rate', line({ vat_rate: '101' })],
    ['/lines/0/vat_rate', line({ vat_rate: '0' })],
    ['/lines/0/vat_rate', line({ vat_category: 'AE' })],
    ['/lines', line({ unit_price: '99999999999', quantity: '1000' })],
    ['/number', { number: 'INV-1' }],
    ['/state', { state: 'paid' }],
  ])(
    'are refused at %s: %j',
    async (pointer, changes, codes: readonly string[] = ['invalid_request']) => {
      const refused = await invoices.draft(app, changes);
      expectProblem(refused, 422, codes[0] ?? '');
      expect(listOf(refused.body, 'errors').map((error) => textOf(error, 'pointer'))).toContain(
        pointer,
      );
    },
  );

  it('are told of every mistake in every line at once', async () => {
    const lines = [{ unit_price: 'x' }, invoices.PLAN_LINE, { ...invoices.PLAN_LINE, quantity: 0 }];
    const refused = await invoices.draft(app, { lines });
    expect(listOf(refused.body, 'errors').map((error) => textOf(error, 'pointer'))).toEqual([
      '/lines/0/description',
      '/lines/0/unit_price',
      '/lines/2/quantity',
    ]);
  });

  it('store nothing', async () => {
    const page = await call(app, 'GET', '/api/invoices', { key: app.keys.staff });
    expect(page.body).toMatchObject({ count: 0 });
  });

  it('may be as large as a payment can be, and in any script', async () => {
    const description = 'תיאור 説明 Ő ł 🧾 <script>';
    const made = await invoices.draft(app, {
      lines: [
        { description, quantity: '1', unit_price: '9999999999.99', vat_category: 'Z' },
        { description, quantity: '0.000001', unit_price: '0.000001', vat_rate: '2.1' },
      ],
    });
    expectStatus(made, 201);
    expect(numberOf(made.body, 'total_amount')).toBe(999_999_999_999);
    expect(textOf(made.body, 'lines', 0, 'description')).toBe(description);
  });

  it('are changed and removed like any other, and never by a wrong id', async () => {
    for (const id of ['inv_nonsense', '..', '0'.repeat(32), 'pay_01kacwhz00e0080000000000gg']) {
      for (const method of ['GET', 'DELETE']) {
        const path = `/api/invoices/${encodeURIComponent(id)}`;
        expectProblem(
          await call(app, method, path, { key: app.keys.staff }),
          404,
          'invoice_not_found',
        );
      }
    }
    const id = await invoices.makeDraft(app);
    const body = { lines: null };
    const refused = await call(app, 'PATCH', `/api/invoices/${id}`, { key: app.keys.staff, body });
    expectProblem(refused, 422, 'invalid_request');
  });

  it('keep every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
