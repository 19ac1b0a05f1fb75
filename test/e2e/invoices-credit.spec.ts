import { valueAt } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import * as invoices from '../support/invoices';
import { checkLedger } from '../support/ledger';
import { expectProblem, expectStatus } from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, numberOf, textOf } from '../support/read';

/** Two more than there is something left for; one that waits for four seconds, behind many on a slow machine, is told 503. */
const CLIENTS = 6;

describe('a credit note', () => {
  let app: TestApp;
  let customer: string;
  beforeAll(async () => {
    app = await startTestApp({ settings: invoices.ISSUER_SETTINGS });
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    customer = await invoices.newCustomer(app);
  });

  const credit = (id: string, body: object = {}): Promise<Answer> =>
    invoices.command(app, id, 'credit', { body });

  /** Four hours at 82.50 and three odd pieces: EUR 335.00 net and 69.95 VAT. */
  const twoLines = () =>
    invoices.makeIssued(app, {
      customer,
      lines: [
        {
          description: 'Consulting',
          quantity: '4',
          unit: 'hour',
          unit_price: '82.50',
          vat_rate: '21',
        },
        { description: 'Piece', quantity: '3', unit_price: '1.667', vat_rate: '9' },
      ],
    });

  it('takes all of an invoice back, and what is owed with it', async () => {
    const id = await twoLines();
    const before = await invoices.show(app, id);
    const note = await credit(id, { reference: 'RMA-17' });
    expectStatus(note, 201);
    expect(note.body).toMatchObject({
      kind: 'credit_note',
      state: 'issued',
      credits: id,
      reference: 'RMA-17',
      due_date: null,
      open_amount: 0,
      total_amount: numberOf(before.body, 'total_amount'),
      _links: { pay: null, credit: null, issue: null },
    });
    expect(textOf(note.body, 'number')).toMatch(/^CN-\d{4}-\d{4}$/);
    expect(note.headers['location']).toBe(textOf(note.body, '_links', 'self'));
    const after = await invoices.show(app, id);
    expect(after.body).toMatchObject({
      state: 'credited',
      open_amount: 0,
      credit_notes: [textOf(note.body, 'id')],
    });
    expect(valueAt(after.body, 'lines')).toEqual(valueAt(before.body, 'lines'));
    expect(await invoices.balanceOf(app, customer)).toBe(0);
    expectProblem(await credit(id), 409, 'invoice_state');
    expectProblem(await credit(textOf(note.body, 'id')), 409, 'invoice_state');
  });

  it('takes parts back, and all of them come to what the invoice said', async () => {
    const id = await twoLines();
    const part = (line: number, quantity: string) => credit(id, { lines: [{ line, quantity }] });
    const first = await part(1, '1.5');
    expectStatus(first, 201);
    expect(first.body).toMatchObject({
      net_amount: 12375,
      vat_amount: 2599,
      lines: [{ line: 1, quantity: '1.5', credits_line: 1 }],
    });
    for (const quantity of ['1', '1']) expectStatus(await part(2, quantity), 201);
    const left = await invoices.show(app, id);
    expect(left.body).toMatchObject({ state: 'issued' });
    expect(numberOf(left.body, 'open_amount')).toBe(
      numberOf(left.body, 'total_amount') - numberOf(left.body, 'credited_amount'),
    );
    expectStatus(await credit(id), 201);
    const done = await invoices.show(app, id);
    expect(done.body).toMatchObject({ state: 'credited', open_amount: 0 });
    expect(numberOf(done.body, 'credited_amount')).toBe(numberOf(done.body, 'total_amount'));
    expect(listOf(done.body, 'credit_notes')).toHaveLength(4);
    expect(await invoices.balanceOf(app, customer)).toBe(0);
  });

  it('never takes more back than is left, also when many are made at once', async () => {
    const id = await twoLines();
    const answers = await Promise.all(
      Array.from({ length: CLIENTS }, () => credit(id, { lines: [{ line: 1, quantity: '1' }] })),
    );
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(CLIENTS - 4);
    for (const answer of refused) expectProblem(answer, 422, 'credit_too_high');
    expect(textOf(refused[0]?.body, 'errors', 0, 'detail')).toContain(
      'Only 0 of this line is left',
    );
  });

  it('names every wrong line', async () => {
    const id = await twoLines();
    const lines = [{ line: 1, quantity: '4.1' }, { line: 9 }, { line: 2 }, { line: 2 }];
    const refused = await credit(id, { lines });
    expectProblem(refused, 422, 'credit_too_high');
    const pointers = listOf(refused.body, 'errors').map((error) => textOf(error, 'pointer'));
    expect(pointers).toEqual(['/lines/0/quantity', '/lines/1/line', '/lines/3/line']);
    for (const wrong of [
      [],
      'all',
      [{ line: '1' }],
      [{ line: 1, quantity: -1 }],
      [{ line: 0 }],
      [7],
    ]) {
      expectProblem(await credit(id, { lines: wrong }), 422, 'invalid_request');
    }
    expect(valueAt((await invoices.show(app, id)).body, 'credited_amount')).toBe(0);
  });

  it('waits for a payment that is under way', async () => {
    const id = await twoLines();
    const paying = { key: app.keys.user, body: invoices.payBody() };
    expectStatus(await invoices.command(app, id, 'pay', paying), 201);
    expectProblem(await credit(id), 409, 'payment_in_progress');
  });

  it('is made once per Idempotency-Key', async () => {
    const id = await twoLines();
    const sent = {
      body: { lines: [{ line: 1, quantity: '1' }] },
      headers: { 'Idempotency-Key': id },
    };
    const first = await invoices.command(app, id, 'credit', sent);
    const again = await invoices.command(app, id, 'credit', sent);
    expectStatus(again, 201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(textOf(again.body, 'number')).toBe(textOf(first.body, 'number'));
  });

  it('says who was billed, not what the customer is called by now', async () => {
    const id = await twoLines();
    const body = { name: 'Somebody else' };
    await call(app, 'PATCH', `/api/customers/${customer}`, { key: app.keys.user, body });
    const note = await credit(id);
    const [row] = await app.query(
      `SELECT document::json -> 'customer' ->> 'name' AS name, document::json -> 'credits' ->> 'id' AS of
       FROM invoices.invoices WHERE id = $1`,
      [invoices.invoiceUuid(textOf(note.body, 'id'))],
    );
    expect(row).toEqual({ name: 'Walter Lebowski', of: id });
  });

  it('leaves books that are right', async () => {
    const checked = await checkLedger(app);
    expect(checked.body).toMatchObject({ ok: true, problems: [] });
  });

  it('keeps every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
