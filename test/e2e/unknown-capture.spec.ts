import { startTestApp, type TestApp } from '../support/app';
import { type Answer, eventually } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const CAPTURE = { method: 'POST', path_contains: '/capture' };
const READ = { method: 'GET', path_contains: '/v2/checkout/orders' };

describe('a command whose outcome is unknown', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  function unsettled(id: string) {
    return eventually(
      () => payments.show(app, id),
      ({ text }) => text.includes('"operation":{'),
    );
  }

  function paid(id: string): Promise<Answer> {
    return eventually(
      () => payments.settled(app, id),
      ({ text }) => text.includes('"state":"paid"'),
    );
  }

  it('is 202 after a lost capture, and later paid with one capture', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await sandboxOf(app).fault('paypal', { kind: 'drop_after', match: CAPTURE });
    const lost = await payments.command(app, id, 'approve');
    expect(lost).toMatchObject({
      status: 202,
      body: { state: 'open', operation: { kind: 'capture', state: 'unsettled' } },
    });
    expect(lost.headers.location).toBe(`${app.url}/api/payments/${id}`);
    expect((await paid(id)).body).toMatchObject({ captured_amount: 1000, operation: null });
    expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
  });

  it('captures once although the lost capture is approved again and again', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await sandboxOf(app).fault('paypal', { kind: 'drop_before', match: CAPTURE, times: 2 });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => payments.command(app, id, 'approve')),
    );
    for (const answer of answers) payments.expectStatus(answer, 200, 202);
    await paid(id);
    expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
  });

  it('settles a lost capture before it decides about a cancelation', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await sandboxOf(app).fault('paypal', { kind: 'drop_after', match: CAPTURE });
    payments.expectStatus(await payments.command(app, id, 'approve'), 202);
    const canceled = await payments.command(app, id, 'cancel');
    payments.expectProblem(canceled, 409, 'invalid_state');
    expect(canceled.body).toMatchObject({ state: 'paid' });
  });

  it('refuses to cancel while a capture is on its way', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await sandboxOf(app).fault('paypal', { kind: 'delay', match: CAPTURE, delay_ms: 1_500 });
    const approving = payments.command(app, id, 'approve');
    await unsettled(id);
    const canceled = await payments.command(app, id, 'cancel');
    payments.expectProblem(canceled, 409, 'operation_in_progress');
    expect(canceled.body).toMatchObject({ retryable: true });
    expect(canceled.headers['retry-after']).toBeDefined();
    expect(await approving).toMatchObject({ status: 200, body: { state: 'paid', conflict: null } });
  });

  it('lets a second approval wait for the one on its way', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await sandboxOf(app).fault('paypal', { kind: 'delay', match: CAPTURE, delay_ms: 1_000 });
    await sandboxOf(app).clearCalls();
    const first = payments.command(app, id, 'approve');
    await unsettled(id);
    expect(await payments.command(app, id, 'approve')).toMatchObject({
      status: 200,
      body: { state: 'paid' },
    });
    expect((await first).status).toBe(200);
    const captures = (await sandboxOf(app).calls()).filter(({ path }) => path.endsWith('/capture'));
    expect(captures).toHaveLength(1);
  });

  it('is 202 after a lost cancelation at PayPro, and later canceled', async () => {
    const { id } = await payments.makePayment(app, 'paypro');
    await sandboxOf(app).fault('paypro', { kind: 'drop_after', match: { method: 'DELETE' } });
    expect(await payments.command(app, id, 'cancel')).toMatchObject({
      status: 202,
      body: { operation: { kind: 'cancel', state: 'unsettled' } },
    });
    const done = await payments.settled(app, id);
    expect(done.body).toMatchObject({
      state: 'canceled',
      canceled_via: 'provider',
      conflict: null,
    });
  });

  it('captures nothing while the provider shows another amount', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await sandboxOf(app).fault('paypal', { kind: 'wrong_amount', times: 2, match: READ });
    const refused = await payments.command(app, id, 'approve');
    payments.expectProblem(refused, 409, 'payment_mismatch');
    expect((await payments.show(app, id)).body).toMatchObject({
      state: 'open',
      conflict: 'amount_mismatch',
    });
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
    payments.expectStatus(await payments.command(app, id, 'approve'), 409);
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
  });

  it.each(['paypal', 'paypro'] as const)(
    'shows a state word of %s that nobody knows',
    async (at) => {
      const { id } = await payments.makePayment(app, at);
      const before = textOf((await payments.show(app, id)).body, 'provider_state');
      await sandboxOf(app).fault(at, { kind: 'unknown_state', match: { method: 'GET' } });
      const seen = await payments.command(app, id, 'refresh');
      payments.expectStatus(seen, 200);
      expect(seen.body).toMatchObject({ state: 'open', conflict: null });
      expect(textOf(seen.body, 'provider_state')).not.toBe(before);
      const problems = app.log.map(({ problem }) => String(problem));
      expect(problems.filter((what) => what.startsWith('unknown provider state'))).not.toEqual([]);
    },
  );

  it('takes no money on a state word that nobody knows', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await sandboxOf(app).fault('paypal', { kind: 'unknown_state', match: READ });
    payments.expectStatus(await payments.command(app, id, 'approve'), 409);
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
  });

  it('does not say expired when PayPal forgets an order before its time', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'expire');
    const refused = await payments.command(app, id, 'approve');
    payments.expectProblem(refused, 409, 'payment_lost');
    expect((await payments.show(app, id)).body).toMatchObject({ state: 'open', operation: null });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
