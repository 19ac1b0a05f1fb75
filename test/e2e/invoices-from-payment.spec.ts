import { readId } from '../../src/shared/id';
import { valueAt } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import * as invoices from '../support/invoices';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { readPdf } from '../support/pdf';
import { itWithBrowser } from '../support/pdf-it';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';

/** As many as one invoice may have. */
const LINES_MAX = 500;

describe('the invoice of a payment', () => {
  let app: TestApp;
  let customer: string;
  beforeAll(async () => {
    app = await startTestApp({ settings: invoices.ISSUER_SETTINGS });
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    customer = await invoices.newCustomer(app);
  });

  async function paid(changes: object = {}): Promise<string> {
    const made = await payments.makePressed(app, 'paypal', 'pay', { customer, ...changes });
    payments.expectStatus(await payments.command(app, made.id, 'approve'), 200);
    return made.id;
  }

  const from = (
    payment: string,
    body: object = { vat_rate: '21' },
    headers = {},
  ): Promise<Answer> =>
    call(app, 'POST', `/api/invoices/from-payment/${payment}`, {
      key: app.keys.staff,
      body,
      headers,
    });

  async function draftOf(payment: string): Promise<string> {
    const drafted = await from(payment);
    payments.expectStatus(drafted, 201);
    return textOf(drafted.body, 'id');
  }

  const patch = (id: string, body: object) =>
    call(app, 'PATCH', `/api/invoices/${id}`, { key: app.keys.staff, body });

  async function refund(payment: string, amount: number): Promise<void> {
    const path = `/api/payments/${payment}/refunds`;
    const made = await call(app, 'POST', path, { key: app.keys.staff, body: { amount } });
    payments.expectStatus(made, 201);
  }

  const found = async (query: string): Promise<readonly string[]> => {
    const path = `/api/invoices?customer=${customer}&${query}`;
    const page = await call(app, 'GET', path, { key: app.keys.staff });
    payments.expectStatus(page, 200);
    return listOf(page.body, 'data').map((one) => textOf(one, 'id'));
  };

  it('stays with the customer and the currency of the payment', async () => {
    const payment = await paid();
    const id = await draftOf(payment);
    const other = await invoices.newCustomer(app);
    for (const changes of [{ customer: other }, { currency: 'USD' }]) {
      const refused = await patch(id, changes);
      payments.expectProblem(refused, 409, 'draft_of_payment');
      expect(valueAt(refused.body, 'payment')).toBe(payment);
    }
    const kept = await patch(id, { customer, currency: 'EUR', reference: 'PO-1' });
    payments.expectStatus(kept, 200);
    expect(kept.body).toMatchObject({ customer, currency: 'EUR', reference: 'PO-1' });
  });

  it('is not issued for anybody else, whoever changed it', async () => {
    const id = await draftOf(await paid());
    const other = await invoices.newCustomer(app);
    await app.query('UPDATE invoices.invoices SET customer_id = $2 WHERE id = $1', [
      invoices.invoiceUuid(id),
      readId('cus', other),
    ]);
    payments.expectProblem(await invoices.command(app, id, 'issue'), 409, 'draft_of_payment');
    expect(await invoices.eventsOf(app, id)).toEqual([]);
  });

  it('is not made where all the money went back', async () => {
    const payment = await paid();
    await refund(payment, 1000);
    const refused = await from(payment);
    payments.expectProblem(refused, 409, 'payment_not_paid');
    expect(textOf(refused.body, 'detail')).toContain('went back');
  });

  it('is over all that was paid where some went back, and shows how much', async () => {
    const payment = await paid();
    await refund(payment, 400);
    const id = await draftOf(payment);
    const issued = await invoices.command(app, id, 'issue');
    payments.expectStatus(issued, 200);
    expect(issued.body).toMatchObject({
      state: 'paid',
      captured_amount: 1000,
      refunded_amount: 400,
      open_amount: 0,
      lines: [{ unit_price: '10', price_includes_vat: true }],
    });
    expect(await found('returned=true')).toEqual([id]);
  });

  it('asks nobody for the money again', async () => {
    customer = await invoices.newCustomer(app, invoices.REACHABLE);
    const id = await draftOf(await paid());
    const path = `/api/invoices/${id}`;
    payments.expectStatus(await patch(id, { due_date: '2099-12-31' }), 200);
    payments.expectStatus(await invoices.command(app, id, 'issue'), 200);
    const issued = await call(app, 'GET', path, { key: app.keys.staff });
    expect(issued.body).toMatchObject({ state: 'paid', due_date: null, open_amount: 0 });
    const ubl = await call(app, 'GET', `${path}/ubl`, { key: app.keys.staff });
    expect(ubl.text).toMatch(/PrepaidAmount currencyID="EUR">10.00</);
    expect(ubl.text).toMatch(/PayableAmount currencyID="EUR">0.00</);
    expect(ubl.text).not.toMatch(/PaymentMeans|DueDate/);
  });

  itWithBrowser('says on paper, too, that it is paid already', async () => {
    const id = await draftOf(await paid());
    const print = async (file: string) => {
      const headers = { authorization: `Bearer ${app.keys.staff}` };
      const answer = await fetch(`${app.url}/api/invoices/${id}/${file}`, { headers });
      return (await readPdf(Buffer.from(await answer.arrayBuffer()))).text;
    };
    const preview = await print('preview');
    payments.expectStatus(await invoices.command(app, id, 'issue'), 200);
    for (const text of [preview, await print('pdf')]) {
      expect(text).toContain('Already paid');
      expect(text).not.toMatch(/IBAN|Due by|Pay online/);
    }
  });

  it.each([
    ['a\u0001b', null],
    ['  ', null],
    [`a${'\nb'.repeat(11)}`, null],
    [`a${'\nb'.repeat(10)}`, `a${'\nb'.repeat(10)}`],
    ['Order 1234', 'Order 1234'],
  ])('says %j only if a document can', async (description, said) => {
    const payment = await paid({ description });
    const drafted = await from(payment);
    payments.expectStatus(drafted, 201);
    expect(valueAt(drafted.body, 'lines', 0, 'description')).toBe(said ?? payment);
  });

  it('is described by the rules for lines', async () => {
    const payment = await paid();
    for (const description of [`a${'\nb'.repeat(11)}`, 'a'.repeat(501), ' ', 'a\u202eb']) {
      const refused = await from(payment, { vat_rate: '21', description });
      payments.expectProblem(refused, 422, 'invalid_request');
      const [error, ...others] = listOf(refused.body, 'errors');
      expect(others).toEqual([]);
      expect(error).toMatchObject({
        pointer: '/description',
        detail: 'Send what it is, 1 to 500 printable characters with at most 10 line breaks.',
      });
    }
    const description = `a${'\nb'.repeat(10)}`;
    const drafted = await from(payment, { vat_rate: '21', description });
    payments.expectStatus(drafted, 201);
    expect(valueAt(drafted.body, 'lines', 0, 'description')).toBe(description);
  });

  it('needs somebody whom it is made out to', async () => {
    const key = app.keys.staff;
    const body = payments.paymentBody(app, { provider: 'paypal', customer: null });
    const made = await call(app, 'POST', '/api/payments', { key, body });
    payments.expectStatus(made, 201);
    await pressOnPayPage(textOf(made.body, 'checkout_url'), 'pay');
    const payment = textOf(made.body, 'id');
    const approved = await call(app, 'POST', `/api/payments/${payment}/approve`, { key, body: {} });
    payments.expectStatus(approved, 200);
    const refused = await from(payment);
    payments.expectProblem(refused, 422, 'customer_required');
    expect(textOf(refused.body, 'detail')).toContain('The payment names no customer');
    expect(valueAt(refused.body, 'errors')).toBeUndefined();
  });

  it('is taxed by a rate, and says so when there is none', async () => {
    const payment = await paid();
    for (const body of [{ vat_rate: null }, { vat_rate: '2'.repeat(21) }, {}]) {
      const refused = await from(payment, body);
      payments.expectProblem(refused, 422, 'invalid_request');
      const [error] = listOf(refused.body, 'errors');
      expect(textOf(error, 'pointer')).toBe('/vat_rate');
      expect(textOf(error, 'detail')).toMatch(/^Send the rate that the amount holds as text/);
    }
  });

  it('is not made again by a key whose draft was deleted', async () => {
    const headers = { 'Idempotency-Key': 'from-payment-1' };
    const payment = await paid();
    const drafted = await from(payment, { vat_rate: '21' }, headers);
    const id = textOf(drafted.body, 'id');
    payments.expectStatus(
      await call(app, 'DELETE', `/api/invoices/${id}`, { key: app.keys.staff }),
      200,
    );
    const again = await from(payment, { vat_rate: '21' }, headers);
    payments.expectProblem(again, 404, 'invoice_not_found');
    expect(textOf(again.body, 'detail')).toContain('Send a new key');
    payments.expectStatus(await from(payment), 201);
  });

  it('is listed as returned until the part that went back is credited, and as overpaid while too much is held', async () => {
    const payment = await paid({ amount: 12100 });
    const id = await draftOf(payment);
    payments.expectStatus(await invoices.command(app, id, 'issue'), 200);
    expect(await found('returned=true')).toEqual([]);
    await refund(payment, 6050);
    expect(await found('returned=true')).toEqual([id]);
    expect(await found('returned=false')).toEqual([]);
    expect(await found('overpaid=true')).toEqual([]);
    const [told] = await app.query(
      `SELECT data FROM platform.events WHERE type = 'invoice.payment_returned' AND subject_id = $1`,
      [invoices.invoiceUuid(id)],
    );
    expect(told?.['data']).toMatchObject({
      returned_amount: 6050,
      refunded_amount: 6050,
      _links: { credit: `/api/invoices/${id}/credit` },
    });
    const half = { body: { lines: [{ line: 1, quantity: '0.5' }] } };
    payments.expectStatus(await invoices.command(app, id, 'credit', half), 201);
    expect(await found('returned=true')).toEqual([]);
    payments.expectStatus(await invoices.command(app, id, 'credit'), 201);
    expect(await found('overpaid=true')).toEqual([id]);
    expect(await found('kind=invoice&overpaid=false')).toEqual([]);
    const refused = await call(app, 'GET', '/api/invoices?returned=yes', { key: app.keys.staff });
    payments.expectProblem(refused, 422, 'invalid_request');
  });

  it('may have as many lines as the document says, each with every field, and be credited line by line', async () => {
    const line = {
      description: 'a',
      quantity: '1',
      unit: 'h',
      unit_price: '1',
      price_includes_vat: false,
    };
    const lines = Array<object>(LINES_MAX).fill({ ...line, vat_category: 'S', vat_rate: '21' });
    const id = await invoices.makeDraft(app, { customer, lines });
    payments.expectStatus(await patch(id, { lines, reference: 'PO-1' }), 200);
    payments.expectStatus(await invoices.command(app, id, 'issue'), 200);
    const back = lines.map((_, at) => ({ line: at + 1, quantity: '1' }));
    const body = { lines: back, reference: 'RMA-1' };
    const note = await invoices.command(app, id, 'credit', { body });
    payments.expectStatus(note, 201);
    expect(listOf(note.body, 'lines')).toHaveLength(LINES_MAX);
    const tooMany = await invoices.draft(app, { customer, lines: [...lines, {}] });
    expect([413, 422]).toContain(tooMany.status);
  });

  it('keeps every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
