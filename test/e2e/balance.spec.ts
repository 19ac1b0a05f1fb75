import { startTestApp, type TestApp } from '../support/app';
import { chargebackIs, takersOf } from '../support/chargebacks';
import { call } from '../support/http';
import { checkLedger, entriesOf, linesOn, newCustomer } from '../support/ledger';
import { listen } from '../support/notifications';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';
import { refundedAtPaypro } from '../support/refunds';
import { sandboxOf } from '../support/sandbox';

/** As many as a shop has open when everybody presses the button at once. */
const CLIENTS = 50;
const SOME_ID = 'cus_01kacwhz00e008000000000099';

describe('the balance of a customer', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await listen(app);
  });
  afterAll(() => app?.close());

  async function pay(
    customer: string,
    amount: number,
    changes: object = {},
  ): Promise<payments.Made> {
    const made = await payments.makePressed(app, 'paypro', 'pay', { customer, amount, ...changes });
    payments.expectStatus(await payments.command(app, made.id, 'approve'), 200);
    return made;
  }

  it('has an entry for every movement, newest first, with what it came to', async () => {
    const customer = await newCustomer(app);
    const first = await pay(customer, 1000);
    const second = await pay(customer, 500);
    await refundedAtPaypro(app, first.id, 300);
    const chargeback = await takersOf(app).chargeBack(second.providerId, { amount: 200 });
    await chargebackIs(app, chargeback, 'lost');
    const page = await entriesOf(app, customer);
    expect(linesOn(page)).toEqual([
      'chargeback -200 EUR → 1000',
      'refund -300 EUR → 1200',
      'capture 500 EUR → 1500',
      'capture 1000 EUR → 1000',
    ]);
    const [taken] = listOf(page.body, 'data');
    expect(taken).toMatchObject({
      type: 'balance_entry',
      customer,
      amount: -200,
      amount_decimal: '-2.00',
      balance_amount: 1000,
      balance_amount_decimal: '10.00',
      cause: { kind: 'chargeback', id: `paypro:${chargeback}`, payment: second.id },
      _links: {
        customer: `${app.url}/api/customers/${customer}`,
        payment: `${app.url}/api/payments/${second.id}`,
      },
    });
    expect(textOf(taken, 'id')).toMatch(/^bal_[0-9a-z]{26}$/);
    const { body } = await call(app, 'GET', `/api/customers/${customer}`, { key: app.keys.user });
    expect(body).toMatchObject({
      balances: [{ currency: 'EUR', amount: 1000 }],
      _links: { balance_entries: textOf(page.body, '_links', 'self') },
    });
  });

  it('counts each currency for itself, and can be read for one of them', async () => {
    const customer = await newCustomer(app);
    for (const [amount, currency] of [
      [250, 'EUR'],
      [700, 'USD'],
      [50, 'EUR'],
    ] as const) {
      const made = await payments.makePressed(app, 'paypal', 'pay', { customer, amount, currency });
      payments.expectStatus(await payments.command(app, made.id, 'approve'), 200);
    }
    const euros = ['capture 50 EUR → 300', 'capture 250 EUR → 250'];
    expect(linesOn(await entriesOf(app, customer))).toEqual([
      euros[0],
      'capture 700 USD → 700',
      euros[1],
    ]);
    expect(linesOn(await entriesOf(app, customer, { query: '?currency=EUR' }))).toEqual(euros);
    expect(linesOn(await entriesOf(app, customer, { query: '?currency=GBP' }))).toEqual([]);
  });

  it('comes to the same on every page, and in every part of its time', async () => {
    const customer = await newCustomer(app);
    for (const amount of [100, 200, 300]) await pay(customer, amount);
    const all = ['capture 300 EUR → 600', 'capture 200 EUR → 300', 'capture 100 EUR → 100'];
    const first = await entriesOf(app, customer, { query: '?limit=2' });
    expect(linesOn(first)).toEqual(all.slice(0, 2));
    const path = (url: string) => url.slice(url.indexOf('?'));
    const rest = await entriesOf(app, customer, {
      query: path(textOf(first.body, '_links', 'next')),
    });
    expect(linesOn(rest)).toEqual(all.slice(2));
    expect(objectOf(rest.body, '_links')['next']).toBeUndefined();
    const back = await entriesOf(app, customer, {
      query: path(textOf(rest.body, '_links', 'prev')),
    });
    expect(linesOn(back)).toEqual(all.slice(0, 2));
    const [newest] = listOf(first.body, 'data');
    const at = textOf(newest, 'created_at');
    const from = await entriesOf(app, customer, { query: `?created_from=${at}` });
    expect(linesOn(from)).toEqual(all.slice(0, 1));
    const to = await entriesOf(app, customer, { query: `?created_to=${at}` });
    expect(linesOn(to)).toEqual(all.slice(1));
  });

  it('is seen by its owners and by staff, and does not exist for anybody else', async () => {
    const customer = await newCustomer(app);
    expect(linesOn(await entriesOf(app, customer))).toEqual([]);
    await pay(customer, 100);
    const lines = ['capture 100 EUR → 100'];
    for (const key of [app.keys.user, app.keys.staff]) {
      expect(linesOn(await entriesOf(app, customer, { key }))).toEqual(lines);
    }
    const foreign = await entriesOf(app, customer, { key: app.keys.other });
    payments.expectProblem(foreign, 404, 'customer_not_found');
    for (const id of [SOME_ID, 'nonsense']) {
      const key = app.keys.staff;
      payments.expectProblem(await entriesOf(app, id, { key }), 404, 'customer_not_found');
    }
  });

  it.each(['currency=euro', 'created_from=yesterday', 'created_to=1', 'limit=0', 'color=red'])(
    'refuses to be read with ?%s',
    async (query) => {
      const refused = await entriesOf(app, app.customers.user, { query: `?${query}` });
      payments.expectProblem(refused, 422, 'invalid_request');
    },
  );

  it.each(['paypal', 'paypro'] as const)(
    `grows once when ${CLIENTS} clients approve the same payment at %s`,
    async (provider) => {
      const customer = await newCustomer(app);
      const { id } = await payments.makePressed(app, provider, 'pay', { customer });
      const clients = Array.from({ length: CLIENTS }, () => payments.command(app, id, 'approve'));
      for (const answer of await Promise.all(clients)) payments.expectStatus(answer, 200, 202);
      payments.expectStatus(await payments.command(app, id, 'approve'), 200);
      expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
      expect(linesOn(await entriesOf(app, customer))).toEqual(['capture 1000 EUR → 1000']);
    },
  );

  it('is proved to be right for staff, and for nobody else', async () => {
    const checked = await checkLedger(app);
    expect(checked).toMatchObject({
      status: 200,
      body: { type: 'ledger_check', ok: true, problems: [], problem_count: 0 },
    });
    for (const total of listOf(checked.body, 'totals')) expect(total).toMatchObject({ sum: 0 });
    payments.expectProblem(await checkLedger(app, app.keys.user), 403, 'forbidden');
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
