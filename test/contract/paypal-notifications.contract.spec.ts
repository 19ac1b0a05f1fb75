import { type PaymentProvider } from '../../src/providers/payment-provider';
import { type ProviderCallLine } from '../../src/providers/provider-http';
import { type NotificationOps, type RawNotification } from '../../src/providers/provider-parts';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { parseJson, textAt } from '../../src/shared/json';
import { startListener, type Listener } from './listener';
import {
  anOrder,
  CLIENT_ID,
  controlOf,
  done,
  openPayPal,
  press,
  waitUntil,
  startPayPal,
} from './paypal.support';

/** What the simulator tells us as PayPal, judged by the adapter: neither knows the other's code. */

const WEBHOOK_ID = '1JE4291016473214C';
const lines: ProviderCallLine[] = [];

let sandbox: RunningSandbox;
let listener: Listener;
let control: ReturnType<typeof controlOf>;
let paypal: PaymentProvider;
let startedAt: Date;

beforeAll(async () => {
  sandbox = await startPayPal();
  control = controlOf(sandbox.url);
  listener = await startListener();
  await control.listen({ account: CLIENT_ID, url: listener.url, id: WEBHOOK_ID });
});

beforeEach(async () => {
  paypal = open();
  startedAt = new Date();
  listener.deliveries.length = 0;
  await control.reset();
});

afterAll(async () => {
  await sandbox.close();
  await listener.close();
});

function open(settings: Readonly<Record<string, string>> = {}): PaymentProvider {
  return openPayPal(sandbox.url, lines, {
    WEBHOOK_ID,
    WEBHOOK_CERT_URLS: `${sandbox.url}/paypal/v1/notifications/certs`,
    WEBHOOK_CA: sandbox.paypalCaPem,
    ...settings,
  });
}

function notificationsOf({ notifications }: PaymentProvider = paypal): NotificationOps {
  if (!notifications) throw new Error('the adapter hears nothing');
  return notifications;
}

async function agree(action = 'pay') {
  const order = anOrder();
  const created = done(await paypal.payments.create(order));
  await press(created, action);
  return { order, created };
}

async function pay() {
  const { order, created } = await agree();
  const capture = { providerId: created.providerId, key: `${order.key}-c`, amount: order.amount };
  const paid = await paypal.payments.capture?.(capture);
  if (!paid) throw new Error('the adapter cannot capture');
  return { order, paid: done(paid) };
}

async function first(eventType: string): Promise<RawNotification> {
  const [delivery] = await listener.waitFor(eventType);
  if (!delivery) throw new Error('nothing was delivered');
  return delivery;
}

describe('a delivery', () => {
  it('of an order that the payer agreed to is genuine and names the order', async () => {
    const { order, created } = await agree();
    const delivery = await first('CHECKOUT.ORDER.APPROVED');
    expect(await notificationsOf().verify(delivery)).toMatchObject({
      verdict: 'genuine',
      notification: {
        kind: 'payment',
        eventType: 'CHECKOUT.ORDER.APPROVED',
        paymentIds: [created.providerId],
        references: [order.reference],
        body: delivery.body.toString(),
      },
    });
  });

  it('of a capture is genuine and names the order, the capture and our reference', async () => {
    const { order, paid } = await pay();
    const delivery = await first('PAYMENT.CAPTURE.COMPLETED');
    expect(await notificationsOf().verify(delivery)).toMatchObject({
      verdict: 'genuine',
      notification: {
        kind: 'payment',
        paymentIds: [paid.providerId],
        objectIds: [paid.captures[0]?.captureId],
        references: [order.reference],
        occurredAt: expect.any(Date) as Date,
      },
    });
  });

  it.each([
    ['PAYMENTS.PAYMENT.CREATED', 0],
    ['PAYMENT.SALE.COMPLETED', 1],
  ])('of Payments v1 called %s names the payment', async (eventType, sales) => {
    paypal = open({ API: 'payments_v1' });
    const { order, paid } = await pay();
    const delivery = await first(eventType);
    expect(await notificationsOf().verify(delivery)).toMatchObject({
      verdict: 'genuine',
      notification: {
        kind: 'payment',
        eventType,
        paymentIds: [paid.providerId],
        objectIds: paid.captures.slice(0, sales).map(({ captureId }) => captureId),
        references: [order.reference],
      },
    });
  });

  it('is judged without asking PayPal, and its certificate is fetched once', async () => {
    await pay();
    const deliveries = [
      await first('CHECKOUT.ORDER.APPROVED'),
      await first('PAYMENT.CAPTURE.COMPLETED'),
    ];
    await control.reset();
    const notifications = notificationsOf();
    const verdicts = await Promise.all(deliveries.map((one) => notifications.verify(one)));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['genuine', 'genuine']);
    const calls = await control.calls();
    expect(calls.filter((call) => call.includes('/certs/')).length).toBeLessThanOrEqual(1);
    expect(calls).not.toContainEqual(expect.stringContaining('verify-webhook-signature'));
  });

  it('that is sent again is the same event', async () => {
    await agree();
    const delivery = await first('CHECKOUT.ORDER.APPROVED');
    const eventId = textAt(parseJson(delivery.body.toString()), 'id') ?? '';
    await control.resend(eventId);
    const both = await listener.waitFor('CHECKOUT.ORDER.APPROVED', 2);
    for (const one of both) {
      expect(await notificationsOf().verify(one)).toMatchObject({
        verdict: 'genuine',
        notification: { eventId },
      });
    }
  });

  it('with a forged signature is refused, and the right one after it is not', async () => {
    await control.notifyFault('notify_forge');
    await agree();
    const both = await listener.waitFor('CHECKOUT.ORDER.APPROVED', 2);
    const verdicts = await Promise.all(both.map((one) => notificationsOf().verify(one)));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['forged', 'genuine']);
  });

  it('for another webhook is refused', async () => {
    await agree();
    const delivery = await first('CHECKOUT.ORDER.APPROVED');
    const other = notificationsOf(open({ WEBHOOK_ID: '7JE4291016473214D' }));
    expect(await other.verify(delivery)).toMatchObject({ verdict: 'forged' });
  });

  it('whose certificate is not at an allowed place is refused without a single call', async () => {
    await agree();
    const delivery = await first('CHECKOUT.ORDER.APPROVED');
    await control.reset();
    const elsewhere = open({ WEBHOOK_CERT_URLS: 'https://api.paypal.com/v1/notifications/certs/' });
    expect(await notificationsOf(elsewhere).verify(delivery)).toMatchObject({ verdict: 'forged' });
    expect(await control.calls()).toEqual([]);
  });
});

describe('without a certificate authority that fits', () => {
  // The certificate is in order and descends from nobody whom Node.js trusts.
  const ask = () =>
    openPayPal(sandbox.url, lines, {
      WEBHOOK_ID,
      WEBHOOK_CERT_URLS: `${sandbox.url}/paypal/v1/notifications/certs/`,
    });

  it('PayPal itself says what is genuine and what is forged', async () => {
    await control.notifyFault('notify_forge');
    await agree();
    const both = await listener.waitFor('CHECKOUT.ORDER.APPROVED', 2);
    const verdicts = await Promise.all(both.map((one) => notificationsOf(ask()).verify(one)));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['forged', 'genuine']);
    const questions = (await control.calls()).filter((call) => call.includes('verify-webhook'));
    expect(questions).toHaveLength(2);
  });

  it('a changed body is forged, and silence leaves it open', async () => {
    await agree();
    const delivery = await first('CHECKOUT.ORDER.APPROVED');
    const text = delivery.body.toString().replace('CHECKOUT.ORDER', 'CHECKOUT.OTHER');
    const changed = { ...delivery, body: Buffer.from(text) };
    expect(await notificationsOf(ask()).verify(changed)).toMatchObject({ verdict: 'forged' });
    await control.fault('POST', 'verify-webhook-signature', { kind: 'error_before', status: 503 });
    expect(await notificationsOf(ask()).verify(delivery)).toMatchObject({ verdict: 'undecided' });
  });
});

describe('the list of events', () => {
  it('finds what was never delivered, oldest first', async () => {
    await control.notifyFault('notify_drop', { match: { event_type: 'CHECKOUT.ORDER.APPROVED' } });
    const { paid } = await pay();
    await first('PAYMENT.CAPTURE.COMPLETED');
    const listed = await notificationsOf().list(startedAt);
    if (listed.outcome !== 'done') throw new Error(JSON.stringify(listed));
    const { notifications, isComplete } = listed.value;
    const ours = notifications.filter((one) => one.paymentIds.includes(paid.providerId));
    expect(isComplete).toBe(true);
    expect(ours.map(({ eventType }) => eventType).slice(0, 2)).toEqual([
      'CHECKOUT.ORDER.APPROVED',
      'PAYMENT.CAPTURE.COMPLETED',
    ]);
    const delivered = listener.deliveries.map(({ body }) => body.toString()).join();
    expect(delivered).not.toContain('CHECKOUT.ORDER.APPROVED');
  });

  it('is read over as many pages as it takes', async () => {
    for (let i = 0; i < 105; i++) await agree();
    await waitUntil(async () => (await eventCount()) >= 105);
    await control.reset();
    expect(await eventCount()).toBeGreaterThanOrEqual(105);
    const pages = (await control.calls()).filter((call) => call.includes('webhooks-events'));
    expect(pages.length).toBeGreaterThan(1);
  });

  it('that cannot be had is no empty list', async () => {
    await control.fault('GET', 'webhooks-events', { kind: 'error_before', status: 500 });
    expect(await notificationsOf().list(startedAt)).toMatchObject({ outcome: 'unknown' });
  });

  async function eventCount(): Promise<number> {
    const listed = await notificationsOf().list(startedAt);
    return listed.outcome === 'done' ? listed.value.notifications.length : 0;
  }
});

describe('an account without a webhook', () => {
  it('hears nothing', () => {
    expect(openPayPal(sandbox.url, lines).notifications).toBeUndefined();
  });
});
