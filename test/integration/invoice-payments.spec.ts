import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApplyChargeback } from '../../src/modules/payments/actions/apply-chargeback';
import { ApplyNews } from '../../src/modules/payments/actions/apply-news';
import { LookAtPayment } from '../../src/modules/payments/actions/look-at-payment';
import { PaymentQueries } from '../../src/modules/payments/queries/payment-queries';
import { type ProviderPayment } from '../../src/providers/payment-provider';
import { type ProviderChargeback } from '../../src/providers/provider-parts';
import { ProviderRegistry } from '../../src/providers/provider-registry';
import { newId } from '../../src/shared/id';
import { valueAt } from '../../src/shared/json';
import { Money } from '../../src/shared/money/money';
import { startTestApp, type TestApp } from '../support/app';
import { openParts, uuidOf } from '../support/integration-parts';
import * as invoices from '../support/invoices';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { checkLedger } from '../support/ledger';
import { listOf, numberOf, textOf } from '../support/read';

const WHY = { cause: 'watch', actor: 'kassa' } as const;

describe('the payments of an invoice', () => {
  let app: TestApp;
  let parts: NestFastifyApplication;
  let id: string;
  beforeAll(async () => {
    app = await startTestApp({ settings: invoices.ISSUER_SETTINGS });
    parts = await openParts(app);
  });
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });
  beforeEach(async () => {
    id = await invoices.makeIssued(app, { customer: await invoices.newCustomer(app) });
  });

  const pay = (more: object = {}) =>
    invoices.command(app, id, 'pay', {
      key: app.keys.user,
      body: { ...invoices.payBody(), ...more },
    });

  async function started(more: object = {}) {
    const { status, body, text } = await pay(more);
    if (status !== 201) throw new Error(text);
    const [payment, order] = [textOf(body, 'id'), textOf(body, 'provider_payment_id')];
    const press = () => pressOnPayPage(textOf(body, 'checkout_url'), 'pay');
    return { payment, order, press };
  }

  /** One that its payer agreed to and that was canceled here: PayPal can still take its money. */
  async function canceled() {
    const first = await started();
    await first.press();
    payments.expectStatus(await payments.command(app, first.payment, 'cancel'), 200);
    return first;
  }

  async function late({ payment, order }: { payment: string; order: string }) {
    await invoices.captureElsewhere(app, order);
    payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
  }

  const rowOf = (payment: string) => parts.get(PaymentQueries).get(uuidOf(payment));

  const setConflict = (payment: string, conflict: string | null) =>
    app.query('UPDATE payments.payments SET conflict = $2 WHERE id = $1', [
      uuidOf(payment),
      conflict,
    ]);

  const stateOf = async (payment: string) => (await payments.show(app, payment)).body;

  /** What invoices have of their payments, and what is booked for these. */
  async function expectBooked(total: number): Promise<void> {
    const [sums] = await app.query(
      `SELECT
         (SELECT coalesce(sum(captured_minor - refunded_minor - charged_back_minor), 0)::int
          FROM invoices.payments WHERE invoice_id = $1) AS linked,
         (SELECT (captured_minor - refunded_minor - charged_back_minor)::int
          FROM invoices.invoices WHERE id = $1) AS shown,
         (SELECT coalesce(-sum(e.amount_minor), 0)::int FROM customers.ledger_entries e
          JOIN customers.ledger_transactions t ON t.id = e.transaction_id
          JOIN payments.payments p ON p.id = t.payment_id
          WHERE p.subject_id = $1 AND e.account LIKE 'provider:%') AS booked`,
      [invoices.invoiceUuid(id)],
    );
    expect(sums).toEqual({ linked: total, shown: total, booked: total });
    expect(await problems()).toEqual([]);
  }

  const problems = async () => listOf((await checkLedger(app)).body, 'problems');

  describe('are one at a time', () => {
    it('also while that one has a conflict, and when the conflict ends', async () => {
      const { payment } = await started();
      await setConflict(payment, 'amount_mismatch');
      const second = await pay();
      payments.expectProblem(second, 409, 'payment_in_progress');
      expect(valueAt(second.body, 'payment')).toBe(payment);
      expect(textOf(second.body, 'detail')).toContain('amount_mismatch');
      await setConflict(payment, null);
      payments.expectStatus(await pay(), 200);
    });

    it('and money of one that had ended is recorded while another lives', async () => {
      const first = await canceled();
      const second = await started();
      await late(first);
      expect(await stateOf(first.payment)).toMatchObject({
        state: 'paid',
        conflict: 'paid_after_canceled',
      });
      expect(await stateOf(second.payment)).toMatchObject({ state: 'open' });
      expect((await invoices.show(app, id)).body).toMatchObject({ state: 'paid', open_amount: 0 });
      await expectBooked(12100);
    });

    it.each([
      ['another language', { locale: 'de' }],
      ['another way of approval', { auto_approve: true }],
    ])('and asking for one in %s does not get the live one', async (_, more) => {
      const first = await started({ auto_approve: false });
      const other = await pay({ auto_approve: false, ...more });
      payments.expectProblem(other, 409, 'payment_in_progress');
      expect(valueAt(other.body, 'payment')).toBe(first.payment);
    });

    it('and the live one is no answer once another amount is open', async () => {
      await started();
      await app.query('UPDATE invoices.invoices SET captured_minor = 100 WHERE id = $1', [
        invoices.invoiceUuid(id),
      ]);
      payments.expectProblem(await pay(), 409, 'payment_in_progress');
    });
  });

  describe('take no money that is not owed any more', () => {
    async function overtaken(more: object = {}) {
      const first = await canceled();
      const second = await started(more);
      await late(first);
      await second.press();
      return second;
    }

    it('when the shop approves', async () => {
      const second = await overtaken();
      const refused = await payments.command(app, second.payment, 'approve');
      payments.expectProblem(refused, 409, 'subject_settled');
      expect(await stateOf(second.payment)).toMatchObject({ state: 'open', captured_amount: 0 });
      expect((await invoices.show(app, id)).body).toMatchObject({ overpaid_amount: 0 });
    });

    it('by themselves', async () => {
      const second = await overtaken({ auto_approve: true });
      const look = { payment: await rowOf(second.payment), hint: null };
      await parts.get(LookAtPayment).execute({ ...look, cause: 'watch' });
      expect(await rowOf(second.payment)).toMatchObject({ state: 'open', captured_minor: '0' });
      expect((await rowOf(second.payment)).payer_agreed_at).not.toBeNull();
      await expectBooked(12100);
    });

    it('and record what the provider took all the same', async () => {
      const second = await overtaken();
      await late(second);
      expect((await invoices.show(app, id)).body).toMatchObject({ overpaid_amount: 12100 });
      await expectBooked(24200);
    });
  });

  describe('tell it of every movement of their money', () => {
    async function paid(): Promise<{ payment: string; order: string }> {
      const made = await started();
      await made.press();
      payments.expectStatus(await payments.command(app, made.payment, 'approve'), 200);
      return made;
    }

    const told = async (payment: string, type: string) =>
      app.query(
        `SELECT data FROM platform.events WHERE type = $2 AND (subject_id = $1 OR data ->> 'payment' = $3)`,
        [uuidOf(payment), type, payment],
      );

    async function shownAt(order: string): Promise<ProviderPayment> {
      const read = await parts.get(ProviderRegistry).get('paypal').payments.read(order);
      if (read.outcome !== 'done') throw new Error(read.outcome);
      return read.value;
    }

    it.each([
      ['', null],
      [' while it has a conflict', 'refunded_twice'],
    ])('of a further capture of a payment that is paid%s', async (_, conflict) => {
      const { payment, order } = await paid();
      await setConflict(payment, conflict);
      const shown = await shownAt(order);
      const [capture] = shown.captures;
      if (!capture) throw new Error('nothing was captured');
      const more = { ...capture, captureId: newId(), amount: Money.of(500n, 'EUR') };
      const news = { shown: { ...shown, captures: [capture, more] }, ...WHY };
      for (let times = 0; times < 2; times++) {
        await parts.get(ApplyNews).execute({ payment: await rowOf(payment), ...news });
      }
      await expectBooked(12600);
      expect(await told(payment, 'payment.captured')).toHaveLength(1);
      expect((await invoices.show(app, id)).body).toMatchObject({ overpaid_amount: 500 });
    });

    it('of more or less that a chargeback takes within its state', async () => {
      const { payment } = await paid();
      const chargeback: ProviderChargeback = {
        chargebackId: `PP-D-${newId()}`,
        state: 'lost',
        providerState: 'lost',
        amount: Money.of(400n, 'EUR'),
        taken: Money.of(400n, 'EUR'),
        paymentId: null,
        captureIds: [],
        reason: null,
        createdAt: null,
        raw: {},
      };
      const apply = async (taken: bigint, seenVersion: number | null) => {
        const shown = { ...chargeback, taken: Money.of(taken, 'EUR') };
        const news = { payment: await rowOf(payment), shown, seenVersion, ...WHY };
        expect(await parts.get(ApplyChargeback).execute(news)).toBe('applied');
      };
      await apply(400n, null);
      await apply(250n, 1);
      await expectBooked(11850);
      await apply(300n, 2);
      await apply(300n, 3);
      await expectBooked(11800);
      expect(await told(payment, 'chargeback.updated')).toHaveLength(2);
      const shown = await invoices.show(app, id);
      expect(numberOf(shown.body, 'charged_back_amount')).toBe(300);
    });

    it('or the check of the ledger names the one that it does not know of', async () => {
      const { payment } = await paid();
      const set = (minor: number) =>
        app.query('UPDATE invoices.payments SET captured_minor = $2 WHERE payment_id = $1', [
          uuidOf(payment),
          minor,
        ]);
      await set(12000);
      expect(await problems()).toMatchObject([
        { code: 'invoice_payment', payment, invoice: id, expected: 12000, booked: 12100 },
      ]);
      await set(12100);
      expect(await problems()).toEqual([]);
    });

    it('once, also where two events tell of it', async () => {
      const before = await canceled();
      await late(before);
      const rows = await app.query('SELECT version FROM invoices.invoices WHERE id = $1', [
        invoices.invoiceUuid(id),
      ]);
      // Drafted, issued, paid.
      expect(rows).toEqual([{ version: 3 }]);
    });
  });

  it('leave too much of it when what was paid is credited, and that is told', async () => {
    const made = await started();
    await made.press();
    payments.expectStatus(await payments.command(app, made.payment, 'approve'), 200);
    payments.expectStatus(await invoices.command(app, id, 'credit'), 201);
    expect(await invoices.eventsOf(app, id)).toEqual([
      'invoice.issued',
      'invoice.paid',
      'invoice.credited',
      'invoice.overpaid',
    ]);
    expect((await invoices.show(app, id)).body).toMatchObject({ overpaid_amount: 12100 });
  });
});
