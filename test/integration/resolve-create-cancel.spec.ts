import { startTestApp, type TestApp } from '../support/app';
import { type Answer } from '../support/http';
import { uuidOf } from '../support/integration-parts';
import { lost, moneyOf, ONCE } from '../support/integration-lost';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import * as reviews from '../support/reviews';
import { type Gateway, sandboxOf } from '../support/sandbox';

const DELETE = { method: 'DELETE' };
const CREATES = /\/(?:orders|payments)$/;
const GATEWAYS = ['paypal', 'paypro'] as const;

describe('what waits for a person', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(() => sandboxOf(app).dropFaults());

  const resolve = (id: string, decision: string, provider_id?: string) =>
    reviews.resolve(app, id, { decision, ...(provider_id === undefined ? {} : { provider_id }) });

  const stateOf = async (id: string) => (await payments.show(app, id)).body;

  /** The id that the answer named, though what it showed was not ours. */
  const namedIdOf = async (id: string) =>
    textOf(await reviews.operationOf(app, id), 'provider_payment_id');

  async function creates(): Promise<number> {
    const calls = await sandboxOf(app).calls();
    return calls.filter(({ method, path }) => method === 'POST' && CREATES.test(path)).length;
  }

  /** A create of which no answer came, as after a day of silence. */
  async function silentCreate(gateway: Gateway, kind = 'drop_before'): Promise<string> {
    const path_contains = { paypal: '/orders', paypro: '/payments' }[gateway];
    await sandboxOf(app).fault(gateway, { kind, match: { method: 'POST', path_contains } });
    const id = await lost(app, await payments.create(app, { provider: gateway }));
    await park(id);
    return id;
  }

  /** As when nobody could find out: what makes it so takes hours. */
  async function park(id: string): Promise<void> {
    await app.query(
      `UPDATE payments.operations SET state = 'needs_review', first_sent_at = now() - interval '2 days'
       WHERE payment_id = $1 AND state = 'unsettled'`,
      [uuidOf(id)],
    );
  }

  function expectDiffers(answer: Answer, ...codes: readonly string[]): void {
    payments.expectProblem(answer, 422, 'link_mismatch');
    const errors = listOf(answer.body, 'errors');
    expect(errors.map((one) => textOf(one, 'code'))).toEqual(codes);
    expect(errors.map((one) => textOf(one, 'pointer'))).toEqual(codes.map(() => '/provider_id'));
  }

  describe.each(GATEWAYS)('a create at %s', (gateway) => {
    it('is settled by a right reading when it is retried, and can be paid', async () => {
      const id = await reviews.misreadCreate(app, gateway);
      expect(await stateOf(id)).toMatchObject({
        state: 'initialized',
        conflict: 'amount_mismatch',
      });
      expect(await resolve(id, 'retry')).toMatchObject({
        status: 200,
        body: { state: 'succeeded', payment_state: 'open', error: null },
      });
      const open = await stateOf(id);
      expect(open).toMatchObject({ state: 'open', conflict: null, operation: null });
      await pressOnPayPage(textOf(open, 'checkout_url'), 'pay');
      payments.expectStatus(await payments.command(app, id, 'approve'), 200);
      expect(await moneyOf(app, id)).toEqual(ONCE);
    });

    it('waits again while the provider shows another amount', async () => {
      const id = await reviews.misreadCreate(app, gateway);
      await sandboxOf(app).fault(gateway, { kind: 'wrong_amount', times: 3 });
      expect(await resolve(id, 'retry')).toMatchObject({
        status: 202,
        body: { state: 'needs_review', error: { code: 'amount_mismatch' } },
      });
      expect(await stateOf(id)).toMatchObject({ conflict: 'amount_mismatch', checkout_url: null });
    });

    it('takes over the payment that a person found, in place of the answer', async () => {
      const id = await reviews.misreadCreate(app, gateway);
      const providerId = await namedIdOf(id);
      const before = await creates();
      expect(await resolve(id, 'link', providerId)).toMatchObject({
        status: 200,
        body: { state: 'succeeded', payment_state: 'open', provider_payment_id: providerId },
      });
      expect(await stateOf(id)).toMatchObject({ conflict: null, provider_payment_id: providerId });
      expect(await creates()).toBe(before);
    });

    it('takes over no payment of another amount', async () => {
      const id = await reviews.misreadCreate(app, gateway);
      const providerId = await namedIdOf(id);
      await sandboxOf(app).fault(gateway, { kind: 'wrong_amount', match: { method: 'GET' } });
      expectDiffers(await resolve(id, 'link', providerId), 'amount');
      expect(await reviews.operationOf(app, id)).toMatchObject({ review: null, attempts: 1 });
      expect(await stateOf(id)).toMatchObject({ provider_payment_id: null });
    });

    it('takes over no payment with the reference of another one', async () => {
      const id = await reviews.misreadCreate(app, gateway);
      const other = await reviews.misreadCreate(app, gateway);
      expectDiffers(await resolve(id, 'link', await namedIdOf(other)), 'reference');
      expect(await reviews.decisionsOn(app, id)).toEqual([]);
    });

    it('takes over no payment that is another one of ours', async () => {
      const id = await reviews.misreadCreate(app, gateway);
      const other = await payments.makePayment(app, gateway);
      const refused = await resolve(id, 'link', other.providerId);
      payments.expectProblem(refused, 409, 'provider_id_taken');
      expect(refused.body).toMatchObject({ payment: other.id });
    });

    it('takes over nothing that the provider does not know', async () => {
      const id = await reviews.misreadCreate(app, gateway);
      expectDiffers(await resolve(id, 'link', 'NOSUCHPAYMENT0'), 'id');
    });

    it('changes nothing while the provider does not answer', async () => {
      const id = await reviews.misreadCreate(app, gateway);
      const providerId = await namedIdOf(id);
      const before = await reviews.operationOf(app, id);
      for (const [decision, there] of [['failed'], ['link', providerId]] as const) {
        const silent = { kind: 'error_before', match: { method: 'GET' }, times: 2 };
        await sandboxOf(app).fault(gateway, silent);
        const refused = await resolve(id, decision, there);
        payments.expectProblem(refused, 503, 'provider_unavailable');
        await sandboxOf(app).dropFaults();
      }
      expect(await reviews.operationOf(app, id)).toEqual(before);
    });

    it('has not failed while the provider shows it by the id that its answer named', async () => {
      const id = await reviews.misreadCreate(app, gateway);
      const refused = await resolve(id, 'failed');
      payments.expectProblem(refused, 409, 'provider_shows_it');
      expect(refused.body).toMatchObject({ provider_payment_id: await namedIdOf(id) });
      expect(await stateOf(id)).toMatchObject({ state: 'initialized' });
    });

    it('has failed on a person’s word where the provider shows nothing', async () => {
      const id = await silentCreate(gateway);
      expect(await resolve(id, 'failed')).toMatchObject({
        status: 200,
        body: { state: 'refused', payment_state: 'failed' },
      });
      expect(await stateOf(id)).toMatchObject({
        state: 'failed',
        operation: null,
        error: { code: 'operation_given_up' },
      });
      expect(await payments.story(app, id)).toContain('review: create failed');
    });
  });

  it('is a create at PayPro that shows by our reference alone: it has not failed', async () => {
    const id = await silentCreate('paypro', 'drop_after');
    payments.expectProblem(await resolve(id, 'failed'), 409, 'provider_shows_it');
    payments.expectStatus(await resolve(id, 'retry'), 200);
    expect(await stateOf(id)).toMatchObject({ state: 'open', operation: null });
    expect(await creates()).toBe(1);
  });

  it('is a create that was ended at the provider: a person may call it failed', async () => {
    const id = await reviews.misreadCreate(app, 'paypro');
    await sandboxOf(app).setPayproState(await namedIdOf(id), 'canceled');
    payments.expectStatus(await resolve(id, 'failed'), 200);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', operation: null });
  });

  it('is a create that was retried and is not shown: it is looked for, for another day', async () => {
    const id = await silentCreate('paypro');
    expect(await resolve(id, 'retry')).toMatchObject({
      status: 202,
      body: { state: 'unsettled', payment_state: 'initialized' },
    });
    expect(await creates()).toBe(1);
  });

  describe('as a cancel at PayPro', () => {
    async function lostCancel(kind: string): Promise<payments.Made> {
      const made = await payments.makePayment(app, 'paypro');
      await sandboxOf(app).fault('paypro', { kind, match: DELETE });
      await lost(app, await payments.command(app, made.id, 'cancel'));
      await park(made.id);
      return made;
    }

    const canceled = { state: 'canceled', canceled_via: 'provider', operation: null };

    it.each(['drop_before', 'drop_after'])('is canceled by a retry after %s', async (kind) => {
      const { id } = await lostCancel(kind);
      payments.expectStatus(await resolve(id, 'retry'), 200);
      expect(await stateOf(id)).toMatchObject(canceled);
    });

    it('is settled by a right reading after a wrong one', async () => {
      const { id } = await payments.makePayment(app, 'paypro');
      await sandboxOf(app).fault('paypro', { kind: 'wrong_amount', match: DELETE });
      payments.expectStatus(await payments.command(app, id, 'cancel'), 202);
      expect(await reviews.operationOf(app, id)).toMatchObject({ state: 'needs_review' });
      payments.expectStatus(await resolve(id, 'retry'), 200);
      expect(await stateOf(id)).toMatchObject({ ...canceled, conflict: null });
    });

    it('is taken over as canceled when it is linked', async () => {
      const { id, providerId } = await lostCancel('drop_after');
      payments.expectStatus(await resolve(id, 'link', providerId), 200);
      expect(await stateOf(id)).toMatchObject(canceled);
    });

    it('has not failed where the provider shows it as canceled', async () => {
      const { id } = await lostCancel('drop_after');
      payments.expectProblem(await resolve(id, 'failed'), 409, 'provider_shows_it');
    });

    it('has failed where it did not arrive; the payment stays, and can be canceled', async () => {
      const { id } = await lostCancel('drop_before');
      payments.expectStatus(await resolve(id, 'failed'), 200);
      expect(await stateOf(id)).toMatchObject({ state: 'open', operation: null });
      payments.expectStatus(await payments.command(app, id, 'cancel'), 200);
      expect(await stateOf(id)).toMatchObject(canceled);
    });

    it('has failed where the payer was faster, and the payment is paid', async () => {
      const { id, checkoutUrl } = await lostCancel('drop_before');
      await pressOnPayPage(checkoutUrl, 'pay');
      payments.expectStatus(await resolve(id, 'failed'), 200);
      expect(await stateOf(id)).toMatchObject({ state: 'paid', operation: null, conflict: null });
      expect(await moneyOf(app, id)).toEqual(ONCE);
    });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
