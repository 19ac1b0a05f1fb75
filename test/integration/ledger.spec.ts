import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ledger } from '../../src/modules/customers/customers.facade';
import { Database } from '../../src/platform/database/database';
import { newId } from '../../src/shared/id';
import { Money } from '../../src/shared/money/money';
import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import { openParts, uuidOf } from '../support/integration-parts';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { textOf } from '../support/read';

const BELLS = 20;

describe('the ledger of a running app', () => {
  let app: TestApp;
  let parts: NestFastifyApplication;
  beforeAll(async () => {
    app = await startTestApp();
    parts = await openParts(app);
  });
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });

  async function newCustomer(): Promise<string> {
    const body = { name: 'Maude' };
    const made = await call(app, 'POST', '/api/customers', { key: app.keys.user, body });
    return textOf(made.body, 'id');
  }

  async function balancesOf(customer: string): Promise<unknown> {
    const seen = await call(app, 'GET', `/api/customers/${customer}`, { key: app.keys.user });
    return seen.body;
  }

  const linesOf = (id: string) =>
    app.query(
      `SELECT e.account, e.amount_minor FROM customers.ledger_entries e
       JOIN customers.ledger_transactions t ON t.id = e.transaction_id
       WHERE t.payment_id = $1 ORDER BY e.line`,
      [uuidOf(id)],
    );

  it.each(['paypal', 'paypro'] as const)(
    'credits a customer once for money at %s, however often the news comes',
    async (provider) => {
      const customer = await newCustomer();
      const { id, checkoutUrl } = await payments.makePayment(app, provider, { customer });
      await pressOnPayPage(checkoutUrl, 'pay');
      const bells = Array.from({ length: BELLS }, (_, at) =>
        payments.command(app, id, at % 4 === 0 ? 'approve' : 'refresh'),
      );
      for (const answer of await Promise.all(bells)) payments.expectStatus(answer, 200, 202);
      await payments.command(app, id, 'refresh');
      expect(await linesOf(id)).toEqual([
        { account: 'customer', amount_minor: '1000' },
        { account: `provider:${provider}`, amount_minor: '-1000' },
      ]);
      expect(await balancesOf(customer)).toMatchObject({
        balances: [{ currency: 'EUR', amount: 1000, amount_decimal: '10.00' }],
      });
    },
  );

  it('adds up what a customer paid, each currency for itself', async () => {
    const customer = await newCustomer();
    expect(await balancesOf(customer)).toMatchObject({ balances: [] });
    for (const [amount, currency] of [
      [250, 'EUR'],
      [1000, 'EUR'],
      [700, 'USD'],
    ] as const) {
      const made = await payments.makePayment(app, 'paypal', { customer, amount, currency });
      await pressOnPayPage(made.checkoutUrl, 'pay');
      payments.expectStatus(await payments.command(app, made.id, 'approve'), 200);
    }
    expect(await balancesOf(customer)).toMatchObject({
      balances: [
        { currency: 'EUR', amount: 1250 },
        { currency: 'USD', amount: 700 },
      ],
    });
  });

  it('books money that belongs to nobody as unassigned', async () => {
    const key = app.keys.staff;
    const body = { ...payments.paymentBody(app), customer: null, provider: 'paypro' };
    const made = await call(app, 'POST', '/api/payments', { key, body });
    payments.expectStatus(made, 201);
    await pressOnPayPage(textOf(made.body, 'checkout_url'), 'pay');
    const id = textOf(made.body, 'id');
    payments.expectStatus(await call(app, 'POST', `/api/payments/${id}/approve`, { key }), 200);
    expect(await linesOf(id)).toEqual([
      { account: 'unassigned', amount_minor: '1000' },
      { account: 'provider:paypro', amount_minor: '-1000' },
    ]);
  });

  it('books nothing for money that is only promised', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pending');
    expect(await payments.command(app, id, 'approve')).toMatchObject({
      body: { state: 'processing' },
    });
    expect(await linesOf(id)).toEqual([]);
  });

  it('books the same cause once, and nothing of a transaction that is undone', async () => {
    const paymentId = newId();
    const posting = {
      causeKind: 'capture',
      causeId: `paypal:${paymentId}`,
      paymentId,
      customerId: null,
      providerAccount: 'paypal',
      amount: Money.of(500n, 'EUR'),
    } as const;
    const database = parts.get(Database);
    const ledger = parts.get(Ledger);
    const undone = database.inTransaction(async (tx) => {
      await ledger.post(tx, posting);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    const post = () => database.inTransaction((tx) => ledger.post(tx, posting));
    const posted = await Promise.all(Array.from({ length: BELLS }, post));
    expect(posted.filter((isNew) => isNew)).toHaveLength(1);
  });
});
