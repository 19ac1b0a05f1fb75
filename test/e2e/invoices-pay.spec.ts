import { valueAt } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import * as invoices from '../support/invoices';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';

const CLIENTS = 20;

describe('an issued invoice is paid', () => {
  let app: TestApp;
  let customer: string;
  beforeAll(async () => {
    app = await startTestApp({ settings: invoices.ISSUER_SETTINGS });
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    customer = await invoices.newCustomer(app);
  });

  const pay = (id: string, body: object = invoices.payBody(), key = app.keys.user) =>
    invoices.command(app, id, 'pay', { key, body });

  /** The payment that the payer agreed to and the shop approved. */
  async function paidBy(id: string, provider = 'paypal'): Promise<string> {
    const started = await pay(id, invoices.payBody(provider));
    payments.expectStatus(started, 201);
    await pressOnPayPage(textOf(started.body, 'checkout_url'), 'pay');
    const payment = textOf(started.body, 'id');
    payments.expectStatus(await payments.command(app, payment, 'approve'), 200);
    return payment;
  }

  const paymentsOf = async (id: string) =>
    app.query('SELECT state FROM payments.payments WHERE subject_id = $1', [
      invoices.invoiceUuid(id),
    ]);

  it.each(['paypal', 'paypro'])(
    'at %s, in the transaction in which the money is',
    async (provider) => {
      const id = await invoices.makeIssued(app, { customer });
      const payment = await paidBy(id, provider);
      const shown = await invoices.show(app, id);
      expect(shown.body).toMatchObject({
        state: 'paid',
        open_amount: 0,
        captured_amount: 12100,
        overpaid_amount: 0,
        _links: { pay: null },
      });
      expect(textOf(shown.body, 'paid_at')).not.toBe('');
      const seen = await payments.show(app, payment);
      expect(seen.body).toMatchObject({
        amount: 12100,
        customer,
        subject: { kind: 'invoice', id },
        metadata: { invoice: id },
      });
      expect(await invoices.balanceOf(app, customer)).toBe(0);
      expect(await invoices.eventsOf(app, id)).toEqual(['invoice.issued', 'invoice.paid']);
      const [same] = await app.query(
        `SELECT count(DISTINCT tx_id)::int AS transactions FROM platform.events
       WHERE type IN ('payment.paid', 'invoice.paid') AND data ->> 'customer' = $1`,
        [customer],
      );
      expect(same).toEqual({ transactions: 1 });
    },
  );

  it('by one payment, however many clients ask at once', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const answers = await Promise.all(Array.from({ length: CLIENTS }, () => pay(id)));
    for (const answer of answers) payments.expectStatus(answer, 200, 201, 202);
    expect(new Set(answers.map(({ body }) => textOf(body, 'id'))).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await paymentsOf(id)).toEqual([{ state: 'open' }]);
  });

  it('by one payment when every client wants another one', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const bodies = Array.from({ length: CLIENTS }, (_, at) => ({
      ...invoices.payBody(at % 2 === 0 ? 'paypal' : 'paypro'),
      return_url: `https://shop.example/return/${at}`,
    }));
    const answers = await Promise.all(bodies.map((body) => pay(id, body)));
    const winners = answers.filter(({ status }) => status === 201);
    expect(winners).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      payments.expectProblem(answer, 409, 'payment_in_progress');
    }
    expect(await paymentsOf(id)).toHaveLength(1);
    const [winner] = winners;
    const later = await pay(id, { ...invoices.payBody(), return_url: 'https://shop.example/else' });
    payments.expectProblem(later, 409, 'payment_in_progress');
    expect(valueAt(later.body, 'payment')).toBe(textOf(winner?.body, 'id'));
  });

  it('by the live payment for the same caller only', async () => {
    const id = await invoices.makeIssued(app, { customer });
    payments.expectStatus(await pay(id), 201);
    payments.expectStatus(await pay(id), 200);
    const staff = await pay(id, invoices.payBody(), app.keys.staff);
    payments.expectProblem(staff, 409, 'payment_in_progress');
  });

  it('by another payment after the first one ended', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const first = await pay(id);
    payments.expectStatus(await payments.command(app, textOf(first.body, 'id'), 'cancel'), 200);
    const second = await pay(id);
    payments.expectStatus(second, 201);
    expect(textOf(second.body, 'id')).not.toBe(textOf(first.body, 'id'));
  });

  it('once per Idempotency-Key, and answers that also when it is paid', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const sent = {
      key: app.keys.user,
      body: invoices.payBody(),
      headers: { 'Idempotency-Key': `pay-${id}` },
    };
    const first = await invoices.command(app, id, 'pay', sent);
    payments.expectStatus(first, 201);
    await pressOnPayPage(textOf(first.body, 'checkout_url'), 'pay');
    await payments.command(app, textOf(first.body, 'id'), 'approve');
    const again = await invoices.command(app, id, 'pay', sent);
    payments.expectStatus(again, 201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toMatchObject({ id: textOf(first.body, 'id'), state: 'paid' });
    const other = { ...sent, body: invoices.payBody('paypro') };
    payments.expectProblem(
      await invoices.command(app, id, 'pay', other),
      422,
      'idempotency_key_reused',
    );
  });

  it.each(['draft', 'paid', 'credited', 'credit_note'] as const)('never as %s', async (stage) => {
    const id = await {
      draft: () => invoices.makeDraft(app, { customer }),
      paid: async () => {
        const made = await invoices.makeIssued(app, { customer });
        await paidBy(made);
        return made;
      },
      credited: async () => {
        const made = await invoices.makeIssued(app, { customer });
        payments.expectStatus(await invoices.command(app, made, 'credit'), 201);
        return made;
      },
      credit_note: async () => {
        const made = await invoices.makeIssued(app, { customer });
        return textOf((await invoices.command(app, made, 'credit')).body, 'id');
      },
    }[stage]();
    const refused = await pay(id, invoices.payBody(), app.keys.staff);
    payments.expectProblem(refused, 409, 'invoice_state');
  });

  it('and shows what went back, with the way to the credit note', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const payment = await paidBy(id);
    const refund = await call(app, 'POST', `/api/payments/${payment}/refunds`, {
      key: app.keys.staff,
      body: { amount: 12100 },
    });
    payments.expectStatus(refund, 201);
    const returned = await invoices.show(app, id);
    expect(returned.body).toMatchObject({
      state: 'paid',
      refunded_amount: 12100,
      open_amount: 0,
    });
    expect(textOf(returned.body, '_links', 'credit')).toMatch(/\/credit$/);
    expect(await invoices.balanceOf(app, customer)).toBe(-12100);
    payments.expectStatus(await invoices.command(app, id, 'credit'), 201);
    const credited = await invoices.show(app, id);
    expect(credited.body).toMatchObject({ state: 'credited', open_amount: 0, overpaid_amount: 0 });
    expect(await invoices.balanceOf(app, customer)).toBe(0);
    expect(await invoices.eventsOf(app, id)).toEqual([
      'invoice.issued',
      'invoice.paid',
      'invoice.payment_returned',
      'invoice.credited',
    ]);
  });

  it('too late: money for what was credited meanwhile is kept and flagged', async () => {
    const id = await invoices.makeIssued(app, { customer });
    const started = await pay(id);
    const payment = textOf(started.body, 'id');
    await pressOnPayPage(textOf(started.body, 'checkout_url'), 'pay');
    // Canceled here only: PayPal has no such call, and its payer is faster than we are.
    payments.expectStatus(await payments.command(app, payment, 'cancel'), 200);
    payments.expectStatus(await invoices.command(app, id, 'credit'), 201);
    await invoices.captureElsewhere(app, textOf(started.body, 'provider_payment_id'));
    payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
    const shown = await invoices.show(app, id);
    expect(shown.body).toMatchObject({
      state: 'credited',
      captured_amount: 12100,
      overpaid_amount: 12100,
      open_amount: 0,
    });
    expect(await invoices.eventsOf(app, id)).toContain('invoice.overpaid');
    expect(await invoices.balanceOf(app, customer)).toBe(12100);
  });

  it('or credited, never both at once', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await invoices.makeIssued(app, { customer });
      const [paying, crediting] = await Promise.all([pay(id), invoices.command(app, id, 'credit')]);
      const isPaying = paying.status === 201;
      expect([paying.status, crediting.status]).toEqual(isPaying ? [201, 409] : [409, 201]);
      const loser: Answer = isPaying ? crediting : paying;
      payments.expectProblem(loser, 409, isPaying ? 'payment_in_progress' : 'invoice_state');
    }
  });

  it('with the payment that it was made from', async () => {
    const made = await payments.makePaid(app, 'paypal');
    const path = `/api/invoices/from-payment/${made.id}`;
    const body = { vat_rate: '21', description: 'Order 1234' };
    await call(app, 'PATCH', `/api/customers/${app.customers.user}`, {
      key: app.keys.user,
      body: invoices.ADDRESS,
    });
    const drafted = await call(app, 'POST', path, { key: app.keys.staff, body });
    payments.expectStatus(drafted, 201);
    // 21 % of 8.26 is 1.73, but what was paid is what is asked.
    expect(drafted.body).toMatchObject({
      state: 'draft',
      net_amount: 826,
      vat_amount: 174,
      total_amount: 1000,
      captured_amount: 1000,
      lines: [{ description: 'Order 1234', unit_price: '10', price_includes_vat: true }],
    });
    const again = await call(app, 'POST', path, { key: app.keys.staff, body });
    payments.expectProblem(again, 409, 'payment_has_invoice');
    const id = textOf(drafted.body, 'id');
    expect(valueAt(again.body, 'invoice')).toBe(id);
    const issued = await invoices.command(app, id, 'issue');
    payments.expectStatus(issued, 200);
    expect(issued.body).toMatchObject({ state: 'paid', overpaid_amount: 0, open_amount: 0 });
    const refund = await call(app, 'POST', `/api/payments/${made.id}/refunds`, {
      key: app.keys.staff,
      body: { amount: 1 },
    });
    payments.expectStatus(refund, 201);
    const shown = await invoices.show(app, id);
    expect(shown.body).toMatchObject({ refunded_amount: 1, overpaid_amount: 0 });
  });

  it('not with a payment that brought nothing, or is for an invoice already', async () => {
    const open = await payments.makePayment(app, 'paypal');
    const from = (id: string) =>
      call(app, 'POST', `/api/invoices/from-payment/${id}`, {
        key: app.keys.staff,
        body: { vat_rate: '21' },
      });
    payments.expectProblem(await from(open.id), 409, 'payment_not_paid');
    payments.expectProblem(await from('pay_nonsense'), 404, 'payment_not_found');
    const id = await invoices.makeIssued(app, { customer });
    payments.expectProblem(await from(await paidBy(id)), 409, 'payment_has_invoice');
  });

  it('keeps every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
