import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApplyNews } from '../../src/modules/payments/actions/apply-news';
import { type Attempt } from '../../src/modules/payments/actions/attempt';
import { LeaveToPerson } from '../../src/modules/payments/actions/leave-to-person';
import { SettleRefused } from '../../src/modules/payments/actions/settle-refused';
import { PaymentQueries } from '../../src/modules/payments/queries/payment-queries';
import { OperationsRepository } from '../../src/modules/payments/storage/operations.repository';
import { type ProviderPayment } from '../../src/providers/payment-provider';
import { ProviderRegistry } from '../../src/providers/provider-registry';
import { Money } from '../../src/shared/money/money';
import { startTestApp, type TestApp } from '../support/app';
import * as world from '../support/integration-lost';
import { openParts, uuidOf } from '../support/integration-parts';
import * as payments from '../support/payments';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const TROUBLE = { code: 'repeat_window_over', message: 'Nobody knows.', reference: null };
const NO = { outcome: 'refused', refusal: { kind: 'request', ...TROUBLE } } as const;

describe('words about an operation that come late', () => {
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

  /** The payment and its newest operation, as whoever carries it out knows them. */
  async function attemptOf(id: string): Promise<Attempt> {
    const [row] = await app.query(
      'SELECT id FROM payments.operations WHERE payment_id = $1 ORDER BY created_at DESC LIMIT 1',
      [uuidOf(id)],
    );
    const operation = await parts.get(OperationsRepository).find(textOf(row, 'id'));
    if (!operation) throw new Error('there is no operation');
    const payment = await parts.get(PaymentQueries).get(uuidOf(id));
    return { payment, operation, cause: 'api', actor: 'test' };
  }

  async function shownOf({ payment }: Attempt): Promise<ProviderPayment> {
    const provider = parts.get(ProviderRegistry).get('paypal');
    const read = await provider.payments.read(payment.provider_payment_id ?? '');
    if (read.outcome !== 'done') throw new Error(read.outcome);
    return read.value;
  }

  async function told(id: string): Promise<readonly string[]> {
    const rows = await app.query(
      'SELECT type FROM platform.events WHERE subject_id = $1 ORDER BY subject_seq, id',
      [uuidOf(id)],
    );
    return rows.map((row) => textOf(row, 'type'));
  }

  const failures = async (id: string) =>
    (await told(id)).filter((type) => type.endsWith('_failed'));

  const show = async (id: string) => (await payments.show(app, id)).body;

  /** 400 of 1000 that are held; PayPal never got the capture. */
  async function lostPart(): Promise<string> {
    const { id } = await payments.makeHeld(app);
    await world.failNext(app, 'paypal', { kind: 'drop_before', match: world.CAPTURE });
    const answer = await payments.command(app, id, 'capture', { body: { amount: 400 } });
    return world.lost(app, answer);
  }

  async function answerOf(attempt: Attempt): Promise<ProviderPayment> {
    const shown = await shownOf(attempt);
    const reference = `${shown.reference}-1`;
    const amount = Money.of(400n, 'EUR');
    const capture = {
      captureId: `LATE${reference}`,
      state: 'completed',
      amount,
      reference,
    } as const;
    return { ...shown, captures: [capture] };
  }

  it('are taken over with all that is left of a hold, although a person was called meanwhile', async () => {
    const id = await lostPart();
    const attempt = await attemptOf(id);
    const shown = await answerOf(attempt);
    await parts.get(LeaveToPerson).execute(attempt, TROUBLE);
    expect(await failures(id)).toEqual(['payment.capture_failed']);
    const applied = await parts.get(ApplyNews).execute({ ...attempt, shown });
    expect(applied.outcome).toBe('settled');
    expect(await show(id)).toMatchObject({
      captured_amount: 400,
      authorization: { capturable_amount: 600 },
      operation: null,
    });
    expect((await told(id)).slice(-2)).toEqual(['payment.capture_failed', 'payment.captured']);
  });

  it('are taken over from a reading, although a person was called meanwhile', async () => {
    const id = await lostPart();
    const attempt = await attemptOf(id);
    const shown = await answerOf(attempt);
    await parts.get(LeaveToPerson).execute(attempt, TROUBLE);
    const reading = { payment: attempt.payment, shown, cause: 'refresh', actor: 'test' };
    expect(await parts.get(ApplyNews).execute(reading)).toMatchObject({ outcome: 'settled' });
    expect(await show(id)).toMatchObject({ authorization: { capturable_amount: 600 } });
  });

  it('do not bring back what was captured of a hold meanwhile', async () => {
    const id = await lostPart();
    const attempt = await attemptOf(id);
    const shown = await shownOf(attempt);
    const captured = await answerOf(attempt);
    await parts.get(ApplyNews).execute({ ...attempt, shown: captured });
    const late = { ...shown, providerState: 'LATE' };
    await parts.get(ApplyNews).execute({ ...attempt, shown: late });
    expect(await show(id)).toMatchObject({ authorization: { capturable_amount: 600 } });
  });

  it('tell a failure once: left to people twice, refused, and answered with another amount', async () => {
    const id = await lostPart();
    const attempt = await attemptOf(id);
    const shown = await shownOf(attempt);
    await parts.get(LeaveToPerson).execute(attempt, TROUBLE);
    await parts.get(LeaveToPerson).execute(attempt, TROUBLE);
    const other = { ...shown, amount: Money.of(1n, 'EUR') };
    const applied = await parts.get(ApplyNews).execute({ ...attempt, shown: other });
    expect(applied.outcome).toBe('mismatch');
    const refused = { ...attempt, result: NO, trigger: null };
    await parts.get(SettleRefused).execute(refused);
    expect(await failures(id)).toEqual(['payment.capture_failed']);
  });

  it('tell that an approval was in vain, and that the payment has failed by it', async () => {
    const id = await world.lostCapture(app);
    const attempt = await attemptOf(id);
    const shown = {
      ...(await shownOf(attempt)),
      state: 'failed',
      providerState: 'DECLINED',
    } as const;
    await parts.get(ApplyNews).execute({ ...attempt, shown });
    expect(await show(id)).toMatchObject({ state: 'failed', operation: null });
    expect((await told(id)).slice(-2)).toEqual(['payment.approval_failed', 'payment.failed']);
  });

  it('of a refusal never fail a payment that somebody else settled', async () => {
    const { id } = await payments.makePayment(app, 'paypal');
    const attempt = await attemptOf(id);
    const stale = { ...attempt.operation, state: 'unsettled' } as const;
    const refused = { ...attempt, operation: stale, result: NO, trigger: 'fail' } as const;
    await parts.get(SettleRefused).execute(refused);
    expect(await show(id)).toMatchObject({ state: 'open', error: null });
    expect(await told(id)).toEqual(['payment.created', 'payment.open']);
  });
});
