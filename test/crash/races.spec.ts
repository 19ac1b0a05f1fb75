import { startTestApp, type TestApp } from '../support/app';
import { askOnce, type Reply } from '../support/crash-ask';
import { eventually } from '../support/http';
import { listen } from '../support/notifications';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';
import { textAt } from '../../src/shared/json';

const AT_ONCE = 100;
const ROUNDS = 20;
/** Hundreds of commands, on a machine that does something else beside it. */
const RACES_WITHIN_MS = 60_000;
/** The gateway thinks so long about a capture that everybody else comes in between. */
const THINKING_MS = 1_000;

describe('hundreds of commands at the same moment', () => {
  let app: TestApp;
  const answers: Reply[] = [];

  beforeAll(async () => {
    app = await startTestApp();
    await listen(app);
  }, 60_000);
  afterAll(() => app?.close());

  async function send(path: string, body?: object, idempotencyKey?: string): Promise<Reply> {
    const question = { method: 'POST', path, key: app.keys.user, body } as const;
    const keyed = idempotencyKey === undefined ? question : { ...question, idempotencyKey };
    const answer = await askOnce(app.url, keyed);
    answers.push(answer);
    return answer;
  }

  const times = (count: number, work: () => Promise<Reply>) => Array.from({ length: count }, work);
  const command = (id: string, verb: string) => send(`/api/payments/${id}/${verb}`);

  /** What both sides hold once nothing is unfinished. */
  async function outcome(id: string) {
    const shown = await eventually(
      () => payments.show(app, id),
      ({ body }) => textAt(body, 'operation', 'id') === null,
    );
    const captures = await sandboxOf(app).ledgerOf(id);
    const conflict = textAt(shown.body, 'conflict');
    return { state: textOf(shown.body, 'state'), captures: captures.length, conflict };
  }

  it.each(['paypal', 'paypro'])(
    'makes one payment at %s of a hundred creates with one key',
    async (provider) => {
      const body = payments.paymentBody(app, { provider, description: `One at ${provider}` });
      const told = await Promise.all(
        times(AT_ONCE, () => send('/api/payments', body, `one-at-${provider}`)),
      );
      const ids = told.map((answer) => textAt(answer.body, 'id')).filter((id) => id !== null);
      expect(new Set(ids).size).toBe(1);
      const stored = await app.query('SELECT id FROM payments.payments WHERE description = $1', [
        `One at ${provider}`,
      ]);
      expect(stored).toHaveLength(1);
      const there = await askOnce(app.sandboxUrl, { method: 'GET', path: '/_sandbox/objects' });
      const ours = listOf(there.body).filter((one) => JSON.stringify(one).includes(ids[0] ?? '?'));
      expect(ours).toHaveLength(1);
    },
    RACES_WITHIN_MS,
  );

  it('takes the money once when a notification, an approve and the sweeper come together', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const made = await payments.makePayment(app, 'paypal', { auto_approve: true });
      const { id } = made;
      // The first capture is carried out and never answered, so that the sweeper has to find out as well.
      const capture = { method: 'POST', path_contains: `${made.providerId}/capture` };
      await sandboxOf(app).fault('paypal', { kind: 'drop_after', match: capture, times: 1 });
      await pressOnPayPage(made.checkoutUrl, 'pay');
      await Promise.all(times(5, () => command(id, 'approve')));
      await app.query(
        `UPDATE payments.operations SET next_attempt_at = now() WHERE state = 'unsettled'`,
      );
      await Promise.all(times(5, () => command(id, 'approve')));
      expect({ id, ...(await outcome(id)) }).toEqual({
        id,
        state: 'paid',
        captures: 1,
        conflict: null,
      });
    }
  }, 120_000);

  it('lets the same command join an unfinished one, and tells any other to wait', async () => {
    const { id, providerId } = await payments.makePressed(app, 'paypal', 'pay');
    const capture = { method: 'POST', path_contains: `${providerId}/capture` };
    await sandboxOf(app).fault('paypal', { kind: 'delay', match: capture, delay_ms: THINKING_MS });
    const first = command(id, 'approve');
    await eventually(
      () => payments.show(app, id),
      ({ body }) => textAt(body, 'operation', 'id') !== null,
    );
    const [joined, refused] = await Promise.all([command(id, 'approve'), command(id, 'cancel')]);
    expect(refused).toMatchObject({ status: 409, body: { code: 'operation_in_progress' } });
    expect(joined).toMatchObject({ status: 200, body: { state: 'paid' } });
    expect(await first).toMatchObject({ status: 200, body: { state: 'paid' } });
    expect(await outcome(id)).toEqual({ state: 'paid', captures: 1, conflict: null });
  });

  it('answers none of them with a failure of ours', () => {
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
    expect(answers.length).toBeGreaterThan(2 * AT_ONCE);
  });
});
