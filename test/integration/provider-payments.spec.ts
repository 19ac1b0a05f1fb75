import { textAt, valueAt } from '../../src/shared/json';
import { AdoptPayment } from '../../src/modules/payments/actions/adopt-payment';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import { openParts } from '../support/integration-parts';
import * as mandates from '../support/mandates';
import {
  appliedNotificationsOf,
  endJobPauses,
  listen,
  notificationsOf,
  runJob,
} from '../support/notifications';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

describe('a payment that PayPro made by itself', () => {
  let app: TestApp;
  let sandbox: ReturnType<typeof sandboxOf>;
  let parts: NestFastifyApplication;
  let customer: string;
  let card: string;
  beforeAll(async () => {
    app = await startTestApp();
    sandbox = sandboxOf(app);
    parts = await openParts(app);
    customer = await mandates.newCustomer(app);
    card = await mandates.makeCardMandate(app, customer);
    await listen(app);
  });
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });
  afterEach(() => sandbox.dropFaults());

  /** Ours of it; null while there is none. */
  async function ours(there: string): Promise<unknown> {
    const key = app.keys.staff;
    const listed = await call(app, 'GET', '/api/payments?limit=100', { key });
    const found = listOf(listed.body, 'data').filter(
      (one) => textAt(one, 'provider_payment_id') === there,
    );
    expect(found.length).toBeLessThan(2);
    return found[0] ?? null;
  }

  const showsUp = (there: string, state: string) =>
    eventually(
      async () => {
        await endJobPauses(app);
        return ours(there);
      },
      (seen) => textAt(seen, 'state') === state,
    );

  const told = async (id: string) =>
    (
      await app.query(
        `SELECT type FROM platform.events WHERE data->>'id' = $1 ORDER BY subject_seq, type`,
        [id],
      )
    ).map((row) => textOf(row, 'type'));

  const booked = async (there: string) =>
    (
      await app.query('SELECT 1 FROM customers.ledger_transactions WHERE cause_id = $1', [
        `paypro:${there}`,
      ])
    ).length;

  it('for a subscription shows up with its money, its events and its customer', async () => {
    const there = await sandbox.chargeByPaypro(card, { amount: 900 });
    const seen = await showsUp(there, 'paid');
    expect(seen).toMatchObject({
      provider: 'paypro',
      provider_reason: 'provider',
      amount: 900,
      captured_amount: 900,
      customer,
      mandate: card,
      installment_plan: null,
      conflict: null,
      operation: null,
    });
    expect(textOf(seen, 'subscription')).toMatch(/^PS/);
    const id = textOf(seen, 'id');
    expect(await told(id)).toEqual(['payment.created', 'payment.paid']);
    expect(await booked(there)).toBe(1);
    expect(await sandbox.ledgerOf(there)).toHaveLength(1);
    payments.expectStatus(await payments.show(app, id), 200);
    expect(await payments.story(app, id)).toEqual(
      expect.arrayContaining(['state: initialized', 'state: paid']),
    );
  });

  it('for an installment plan shows up, too, and follows what becomes of it', async () => {
    const mandate = await mandates.makeMandate(app, customer);
    const wish = { amount: 700, installment_plan: 'PI4H2' };
    const there = await sandbox.chargeByPaypro(mandate, wish);
    expect(await showsUp(there, 'processing')).toMatchObject({
      subscription: null,
      installment_plan: 'PI4H2',
      captured_amount: 0,
    });
    await sandbox.setPayproState(there, 'paid');
    expect(await showsUp(there, 'paid')).toMatchObject({ captured_amount: 700, customer });
    expect(await booked(there)).toBe(1);
  });

  it('of a customer that we do not know shows up for staff alone', async () => {
    const made = await mandates.asPaypro(app, { method: 'POST', path: '/customers', body: {} });
    const body = {
      ...mandates.ACCOUNT,
      customer: textOf(made.body, 'id'),
      pay_method: 'direct-debit',
    };
    const mandate = await mandates.asPaypro(app, { method: 'POST', path: '/mandates', body });
    const there = await sandbox.chargeByPaypro(textOf(mandate.body, 'id'), { amount: 900 });
    const seen = await showsUp(there, 'processing');
    expect(seen).toMatchObject({ customer: null });
    const hidden = await payments.show(app, textOf(seen, 'id'));
    payments.expectProblem(hidden, 404, 'payment_not_found');
  });

  it('shows up once, however many hear of it in how many processes', async () => {
    await sandbox.fault('paypro', { kind: 'notify_drop', times: 3 });
    const there = await sandbox.chargeByPaypro(card, { amount: 800 });
    await sandbox.dropFaults();
    const adopt = parts.get(AdoptPayment);
    const heard = Array.from({ length: 12 }, () =>
      adopt.execute({ account: 'paypro', providerId: there }),
    );
    expect(new Set(await Promise.all(heard))).toEqual(new Set([true]));
    const seen = await showsUp(there, 'paid');
    expect(await told(textOf(seen, 'id'))).toEqual(['payment.created', 'payment.paid']);
    expect(await booked(there)).toBe(1);
  });

  it('shows up from the list of events when its notifications are lost', async () => {
    await sandbox.fault('paypro', { kind: 'notify_drop', times: 3 });
    const there = await sandbox.chargeByPaypro(card, { amount: 850 });
    // The second process has no secret for notifications: a round that it takes reads nothing.
    const seen = await eventually(
      async () => {
        await runJob(app, 'read-lost-notifications');
        await endJobPauses(app);
        return ours(there);
      },
      (one) => textAt(one, 'state') === 'paid',
    );
    expect(seen).toMatchObject({ amount: 850, customer });
  });

  it('waits while PayPro does not say what it is', async () => {
    const match = { method: 'GET', path_contains: '/payments' };
    await sandbox.fault('paypro', { kind: 'error_before', match, times: 2 });
    const there = await sandbox.chargeByPaypro(card, { amount: 950 });
    expect(await showsUp(there, 'paid')).toMatchObject({ amount: 950 });
  });

  it('with the reference of somebody else is not ours', async () => {
    const metadata = { kassa_payment: 'pay_01kjn50000e008000000000099' };
    const there = await sandbox.chargeByPaypro(card, { amount: 600, metadata });
    await stays(there);
  });

  it('or another program for no subscription stays where it is', async () => {
    const body = { amount: 500, currency: 'EUR', description: 'Not ours', mandate: card };
    const made = await mandates.asPaypro(app, { method: 'POST', path: '/payments', body });
    await stays(textOf(made.body, 'id'));
  });

  it('is not believed before PayPro was asked: one that it does not know is not made', async () => {
    const adopt = parts.get(AdoptPayment);
    const forged = { account: 'paypro', providerId: 'PPFORGED000000' };
    expect(await adopt.execute(forged)).toBe(false);
    expect(await adopt.execute({ account: 'paypal', providerId: '5O190127TN364715T' })).toBe(false);
    expect(await ours(forged.providerId)).toBeNull();
  });

  /** Looked at more than once, and not taken in. */
  async function stays(there: string): Promise<void> {
    const seen = await eventually(
      async () => {
        await endJobPauses(app);
        return notificationsOf(app, there);
      },
      (all) => all.some(({ attempts }) => attempts > 1),
    );
    expect(seen.every(({ state }) => state === 'pending')).toBe(true);
    expect(await ours(there)).toBeNull();
    expect(await booked(there)).toBe(0);
  }

  it('is told of like any other by its notifications afterwards', async () => {
    const there = await sandbox.chargeByPaypro(card, { amount: 910 });
    await showsUp(there, 'paid');
    const seen = await appliedNotificationsOf(app, there, 3);
    expect(seen.map(({ state }) => state)).toEqual(seen.map(() => 'applied'));
    expect(valueAt(await ours(there), 'conflict')).toBeNull();
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
