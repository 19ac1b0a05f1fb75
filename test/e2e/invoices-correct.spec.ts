import { valueAt } from '../../src/shared/json';
import { createLogger } from '../../src/platform/logging/logger';
import { startApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { configOf } from '../support/integration-parts';
import { type Answer, call } from '../support/http';
import * as invoices from '../support/invoices';
import { checkLedger } from '../support/ledger';
import { expectProblem, expectStatus } from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, numberOf, textOf } from '../support/read';

const CHEAP = { description: 'Pen', unit_price: '5.05', vat_rate: '9', unit: 'piece' };
const GIFT = { description: 'Sticker', unit_price: '0', vat_category: 'Z', vat_rate: '0' };

describe('the correction of an invoice', () => {
  let app: TestApp;
  let customer: string;
  beforeAll(async () => {
    app = await startTestApp({ settings: invoices.ISSUER_SETTINGS });
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    customer = await invoices.newCustomer(app, invoices.REACHABLE);
  });

  const credit = (id: string, body: object = {}): Promise<Answer> =>
    invoices.command(app, id, 'credit', { body });

  async function frozen(id: string): Promise<Record<string, unknown>> {
    const [row] = await app.query(
      `SELECT document::json AS document, net_minor, vat_minor, total_minor FROM invoices.invoices WHERE id = $1`,
      [invoices.invoiceUuid(id)],
    );
    return row ?? {};
  }

  it('gives each line its own VAT when the first is left out, and none to one without a price', async () => {
    const id = await invoices.makeIssued(app, {
      customer,
      lines: [invoices.PLAN_LINE, GIFT, { ...CHEAP, unit_price: '100' }, invoices.PLAN_LINE],
    });
    const note = await credit(id, { lines: [{ line: 2 }, { line: 3 }, { line: 4 }] });
    expectStatus(note, 201);
    expect(note.body).toMatchObject({
      net_amount: 20000,
      vat_amount: 3000,
      lines: [
        { credits_line: 2, net_amount: 0, total_amount: 0 },
        { credits_line: 3, net_amount: 10000, total_amount: 10900 },
        { credits_line: 4, net_amount: 10000, total_amount: 12100 },
      ],
    });
  });

  it('is an e-invoice each time, also where the last cent of VAT is beside the rate', async () => {
    const id = await invoices.makeIssued(app, { customer, lines: [{ ...CHEAP, quantity: '2' }] });
    const vats: number[] = [];
    for (let piece = 0; piece < 2; piece++) {
      const note = await credit(id, { lines: [{ line: 1, quantity: '1' }] });
      expectStatus(note, 201);
      vats.push(numberOf(note.body, 'vat_amount'));
      const path = `/api/invoices/${textOf(note.body, 'id')}/ubl`;
      expectStatus(await call(app, 'GET', path, { key: app.keys.staff }), 200);
    }
    expect(vats).toEqual([45, 46]);
  });

  it('is whole when all money is taken back, whatever is left that cost nothing', async () => {
    const id = await invoices.makeIssued(app, { customer, lines: [invoices.PLAN_LINE, GIFT] });
    expectStatus(await credit(id, { lines: [{ line: 1 }] }), 201);
    const shown = await invoices.show(app, id);
    expect(shown.body).toMatchObject({ state: 'credited', open_amount: 0, paid_at: null });
    expect(await invoices.eventsOf(app, id)).not.toContain('invoice.paid');
    expectProblem(await credit(id), 409, 'invoice_state');
  });

  it('names the parties of the original, whatever the settings have become', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const issuer = { INVOICE_ISSUER_NAME: 'Kassa Holding BV', INVOICE_ISSUER_COUNTRY: 'DE' };
    const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), ...issuer };
    const changed = await startApp(configOf(settings), createLogger('silent'));
    const options = { key: app.keys.staff, body: {} };
    const note = await call(changed, 'POST', `/api/invoices/${id}/credit`, options).finally(() =>
      changed.close(),
    );
    expectStatus(note, 201);
    const { document } = await frozen(textOf(note.body, 'id'));
    const original = await frozen(id);
    expect(valueAt(document, 'issuer')).toEqual(valueAt(original['document'], 'issuer'));
    expect(valueAt(document, 'customer')).toEqual(valueAt(original['document'], 'customer'));
  });

  it('is not needed for a draft of an older release: the issue computes it anew', async () => {
    const mug = { description: 'Mug', unit_price: '10', vat_rate: '21', price_includes_vat: true };
    const id = await invoices.makeDraft(app, { customer, lines: [mug] });
    const uuid = invoices.invoiceUuid(id);
    await app.query(
      'UPDATE invoices.invoices SET vat_minor = 173, total_minor = 999 WHERE id = $1',
      [uuid],
    );
    await app.query('UPDATE invoices.lines SET total_minor = 999 WHERE invoice_id = $1', [uuid]);
    const issued = await invoices.command(app, id, 'issue');
    expectStatus(issued, 200);
    expect(issued.body).toMatchObject({ net_amount: 826, vat_amount: 174, total_amount: 1000 });
    expect(numberOf(listOf(issued.body, 'lines')[0], 'total_amount')).toBe(1000);
    const { document } = await frozen(id);
    expect(document).toMatchObject({ net_minor: '826', vat_minor: '174', total_minor: '1000' });
    expect(await invoices.balanceOf(app, customer)).toBe(-1000);
  });

  it('leaves books that are right', async () => {
    expect((await checkLedger(app)).body).toMatchObject({ ok: true, problems: [] });
  });

  it('keeps every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
