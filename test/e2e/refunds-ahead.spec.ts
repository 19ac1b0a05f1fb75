import { startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/http';
import {
  appliedNotificationsOf,
  endJobPauses,
  listen,
  notificationsOf,
} from '../support/notifications';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import * as refunds from '../support/refunds';
import { type Gateway, sandboxOf } from '../support/sandbox';

describe('a refund that is told of before anybody told us that the payment is paid', () => {
  let app: TestApp;
  beforeAll(async () => {
    // The sweeper sleeps: what these tests see was done by a notification.
    app = await startTestApp({ settings: { SWEEP_INTERVAL_MS: '60000' } });
    await listen(app);
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  /** What happens while notifications are away. */
  async function untold<T>(gateway: Gateway, act: () => Promise<T>): Promise<T> {
    await sandboxOf(app).fault(gateway, { kind: 'notify_drop', times: 100 });
    const result = await act();
    await sandboxOf(app).dropFaults();
    return result;
  }

  const paidAtPaypro = () =>
    untold('paypro', () => payments.makePressed(app, 'paypro', 'pay_no_return'));

  /** PayPal still checks the capture when we hear of it, and completes it later. */
  async function paidAtPaypal(): Promise<payments.Made> {
    const made = await payments.makePressed(app, 'paypal', 'pending');
    payments.expectStatus(await payments.command(app, made.id, 'approve'), 200);
    const capture = await payments.captureIdOf(app, made.id);
    await untold('paypal', () => sandboxOf(app).settleCapture(capture, 'COMPLETED'));
    return made;
  }

  /** In the gateway's dashboard; only its end is told. Its id over there. */
  async function refundAtPaypro({ providerId }: payments.Made): Promise<string> {
    const at = `/paypro/payments/${providerId}/refunds`;
    const made = await untold('paypro', () => refunds.atGateway(app, at, { amount: 250 }));
    const id = textOf(made, 'id');
    await refunds.atGateway(app, `/paypro/refunds/${id}`, { state: 'refunded' });
    return id;
  }

  async function refundAtPaypal({ id }: payments.Made): Promise<string> {
    const at = `/paypal/captures/${await payments.captureIdOf(app, id)}/refunds`;
    return textOf(await refunds.atGateway(app, at, { amount: '2.50' }), 'id');
  }

  it.each([
    ['paypal', paidAtPaypal, refundAtPaypal],
    ['paypro', paidAtPaypro, refundAtPaypro],
  ] as const)(
    'is booked with the money that it gives back, at %s',
    async (_name, pay, giveBack) => {
      const made = await pay();
      const { id } = made;
      expect((await payments.show(app, id)).body).toMatchObject({ captured_amount: 0 });
      const refund = await giveBack(made);
      expect(await appliedNotificationsOf(app, refund)).toMatchObject([{ state: 'applied' }]);
      expect((await payments.show(app, id)).body).toMatchObject({
        state: 'paid',
        captured_amount: 1000,
        refunded_amount: 250,
        conflict: null,
      });
      expect(await refunds.bookedFor(app, id)).toEqual(['-250']);
    },
  );

  it('waits while no money is shown, and is left to people after a day', async () => {
    const { providerId } = await paidAtPaypro();
    const match = { method: 'GET', path_contains: `/payments/${providerId}` };
    await sandboxOf(app).fault('paypro', { kind: 'wrong_amount', match, times: 100 });
    const at = `/paypro/payments/${providerId}/refunds`;
    await refunds.atGateway(app, at, { amount: 250 });
    const told = () => notificationsOf(app, providerId);
    const waiting = await eventually(told, (all) => all.some(({ attempts }) => attempts > 0));
    expect(waiting.map(({ state }) => state)).toEqual(['pending']);
    expect(waiting[0]?.error).toContain('no money that was taken');
    await app.query(
      `UPDATE providers.notifications SET created_at = created_at - interval '25 hours'
       WHERE $1 = ANY(payment_ids)`,
      [providerId],
    );
    await eventually(
      async () => {
        await endJobPauses(app);
        return told();
      },
      (all) => all.every(({ state }) => state === 'unmatched'),
    );
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
