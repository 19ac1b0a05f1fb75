import { type PaymentProvider, type ProviderPayment } from '../../src/providers/payment-provider';
import { type NotificationOps, type RawNotification } from '../../src/providers/provider-parts';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { startListener, type Listener } from './listener';
import {
  act,
  callsSeen,
  configure,
  control,
  done,
  KEY,
  order,
  startPaypro,
} from './paypro.support';

/** What the simulator tells us as PayPro, judged by the adapter: neither knows the other's code. */

const SECRET = 'ASecretOfThirtyTwoAlphanumerics0';

let sandbox: RunningSandbox;
let listener: Listener;
let paypro: PaymentProvider;
let startedAt: Date;

beforeAll(async () => {
  sandbox = await startPaypro();
  listener = await startListener();
  const body = { gateway: 'paypro', account: KEY, url: listener.url, secret: SECRET };
  await control(sandbox, { method: 'POST', path: 'webhooks', body });
});

beforeEach(async () => {
  paypro = configure(sandbox, KEY, { WEBHOOK_SECRETS: SECRET });
  startedAt = new Date();
  listener.deliveries.length = 0;
  await control(sandbox, { method: 'DELETE', path: 'faults' });
  await control(sandbox, { method: 'DELETE', path: 'calls' });
});

afterAll(async () => {
  await sandbox.close();
  await listener.close();
});

function notificationsOf({ notifications }: PaymentProvider = paypro): NotificationOps {
  if (!notifications) throw new Error('the adapter hears nothing');
  return notifications;
}

async function misbehave(kind: string, event_type: string): Promise<void> {
  const body = { gateway: 'paypro', kind, match: { event_type } };
  await control(sandbox, { method: 'POST', path: 'faults', body });
}

async function create(): Promise<ProviderPayment> {
  return done(await paypro.payments.create(order()));
}

async function first(eventType: string): Promise<RawNotification> {
  const [delivery] = await listener.waitFor(eventType);
  if (!delivery) throw new Error('nothing was delivered');
  return delivery;
}

describe('a delivery', () => {
  it('is genuine and names the payment and our reference', async () => {
    const payment = await create();
    await act(payment, 'pay');
    const delivery = await first('payment.paid');
    expect(await notificationsOf().verify(delivery)).toMatchObject({
      verdict: 'genuine',
      notification: {
        kind: 'payment',
        eventType: 'payment.paid',
        paymentIds: [payment.providerId],
        references: [payment.reference],
        body: delivery.body.toString(),
        occurredAt: expect.any(Date) as Date,
      },
    });
  });

  it('is genuine while the secret is replaced, and forged under another one', async () => {
    await create();
    const delivery = await first('payment.created');
    const verdictWith = (secrets: string) =>
      notificationsOf(configure(sandbox, KEY, { WEBHOOK_SECRETS: secrets })).verify(delivery);
    expect(await verdictWith(`new-secret,${SECRET}`)).toMatchObject({ verdict: 'genuine' });
    expect(await verdictWith('new-secret')).toMatchObject({ verdict: 'forged' });
  });

  it('with a forged signature is refused, and the right one after it is not', async () => {
    await misbehave('notify_forge', 'payment.created');
    await create();
    const both = await listener.waitFor('payment.created', 2);
    const verdicts = await Promise.all(both.map((one) => notificationsOf().verify(one)));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['forged', 'genuine']);
  });

  it('that comes twice is the same event', async () => {
    await misbehave('notify_duplicate', 'payment.created');
    await create();
    const both = await listener.waitFor('payment.created', 2);
    const verdicts = await Promise.all(both.map((one) => notificationsOf().verify(one)));
    const ids = verdicts.flatMap((one) =>
      one.verdict === 'genuine' ? one.notification.eventId : [],
    );
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('the list of events', () => {
  it('finds what was never delivered, oldest first, over several pages', async () => {
    await misbehave('notify_drop', 'payment.paid');
    const payment = await create();
    await act(payment, 'pay');
    for (let i = 0; i < 105; i++) await create();
    const listed = await notificationsOf().list(startedAt);
    if (listed.outcome !== 'done') throw new Error(JSON.stringify(listed));
    const { notifications, isComplete } = listed.value;
    const ours = notifications.filter((one) => one.paymentIds.includes(payment.providerId));
    expect(isComplete).toBe(true);
    expect(ours.map(({ eventType }) => eventType)).toEqual([
      'payment.created',
      'payment.started',
      'payment.paid',
    ]);
    const pages = (await callsSeen(sandbox)).filter((call) => call.startsWith('GET /events'));
    expect(pages.length).toBeGreaterThan(1);
    const delivered = listener.deliveries.map(({ body }) => body.toString()).join();
    expect(delivered).not.toContain('payment.paid');
  });
});

describe('an account without a secret', () => {
  it('hears nothing', () => {
    expect(configure(sandbox).notifications).toBeUndefined();
  });
});
