import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApplyNews } from '../../src/modules/payments/actions/apply-news';
import { RefreshPayment } from '../../src/modules/payments/actions/refresh-payment';
import { PaymentQueries } from '../../src/modules/payments/queries/payment-queries';
import { ProviderRegistry } from '../../src/providers/provider-registry';
import { startTestApp, type TestApp } from '../support/app';
import { openParts, uuidOf } from '../support/integration-parts';
import * as payments from '../support/payments';
import * as refunds from '../support/refunds';
import { sandboxOf } from '../support/sandbox';

const WHY = { cause: 'refresh', actor: 'test' };

describe('a reading that others overtook', () => {
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
  afterEach(() => sandboxOf(app).dropFaults());

  const rowOf = (id: string) => parts.get(PaymentQueries, { strict: false }).get(uuidOf(id));

  async function readNow(providerId: string) {
    const provider = parts.get(ProviderRegistry, { strict: false }).get('paypal');
    const read = await provider.payments.read(providerId);
    if (read.outcome !== 'done') throw new Error(read.outcome);
    return read.value;
  }

  it('changes nothing, and the provider is asked anew', async () => {
    const made = await payments.makePressed(app, 'paypal', 'pay');
    const before = await rowOf(made.id);
    const shown = await readNow(made.providerId);
    payments.expectStatus(await payments.command(app, made.id, 'approve'), 200);
    const paid = await rowOf(made.id);
    const applied = await parts
      .get(ApplyNews, { strict: false })
      .execute({ payment: before, shown, ...WHY });
    expect(applied).toMatchObject({ outcome: 'overtaken', payment: { state: 'paid' } });
    expect(await rowOf(made.id)).toEqual(paid);
    await sandboxOf(app).clearCalls();
    const refreshed = await parts
      .get(RefreshPayment, { strict: false })
      .execute({ payment: before, ...WHY });
    expect(refreshed).toMatchObject({ payment: { state: 'paid' }, shown: { state: 'paid' } });
    expect(await sandboxOf(app).calls()).toHaveLength(2);
  });

  it('never makes what was captured less', async () => {
    const made = await payments.makePaid(app, 'paypal');
    const shown = await readNow(made.providerId);
    const [capture] = shown.captures;
    if (!capture) throw new Error('nothing was captured');
    const part = { ...capture, amount: capture.amount.minus(capture.amount) };
    const payment = await rowOf(made.id);
    await parts
      .get(ApplyNews, { strict: false })
      .execute({ payment, shown: { ...shown, captures: [part], providerState: 'X' }, ...WHY });
    expect((await payments.show(app, made.id)).body).toMatchObject({ captured_amount: 1000 });
  });

  it('that shows another payer once money moved is kept, flagged and not accepted', async () => {
    const made = await payments.makePressed(app, 'paypal', 'pay');
    payments.expectStatus(await payments.command(app, made.id, 'refresh'), 200);
    const agreed = await rowOf(made.id);
    payments.expectStatus(await payments.command(app, made.id, 'approve'), 200);
    const shown = { ...(await readNow(made.providerId)), payerId: 'SOMEBODYELSE' };
    const applied = await parts
      .get(ApplyNews, { strict: false })
      .execute({ payment: await rowOf(made.id), shown, ...WHY });
    expect(applied.payment).toMatchObject({
      conflict: 'payer_mismatch',
      payer_id: agreed.payer_id,
    });
    const facts = await app.query(
      `SELECT kind, problem FROM payments.facts WHERE payment_id = $1 AND problem IS NOT NULL ORDER BY kind`,
      [uuidOf(made.id)],
    );
    expect(facts).toEqual([
      { kind: 'capture', problem: 'payer_mismatch' },
      { kind: 'payment', problem: 'payer_mismatch' },
    ]);
    // A right reading ends it.
    payments.expectStatus(await payments.command(app, made.id, 'refresh'), 200);
    expect((await payments.show(app, made.id)).body).toMatchObject({ conflict: null });
  });

  it('first shows another reference, then the right one: the money can be refunded', async () => {
    const made = await payments.makePressed(app, 'paypal', 'pay');
    const there = await readNow(made.providerId);
    const { amount } = there;
    if (!amount) throw new Error('no amount was shown');
    const capture = { captureId: 'CAPTURE1', state: 'completed', amount } as const;
    const wrong = { ...there, reference: 'pay_other', captures: [capture] };
    const applyNews = parts.get(ApplyNews, { strict: false });
    await applyNews.execute({ payment: await rowOf(made.id), shown: wrong, ...WHY });
    const problems = () =>
      app.query(`SELECT problem FROM payments.facts WHERE ref = 'CAPTURE1' ORDER BY seen_at`);
    expect(await problems()).toEqual([{ problem: 'reference_mismatch' }]);
    const right = { ...there, captures: [capture], state: 'paid' } as const;
    await applyNews.execute({ payment: await rowOf(made.id), shown: right, ...WHY });
    expect(await problems()).toEqual([{ problem: 'reference_mismatch' }, { problem: null }]);
    const refused = await refunds.refund(app, made.id, { body: { amount: 1001 } });
    payments.expectProblem(refused, 422, 'refund_too_high');
    expect(refused.body).toMatchObject({ refundable_amount: 1000 });
  });
});
