import { createHmac } from 'node:crypto';
import { type NotificationVerdict } from '../provider-parts';
import { PayproClient } from './paypro.client';
import { PayproNotifications } from './paypro.notifications';

const SECRET = '996QF2kLfVcmF8hzikZVfeB7GPH2RdP7';
const SENT_S = 1_672_527_600;
const send = () => Promise.reject(new Error('nothing is asked'));
const client = new PayproClient({ send }, 'pp_key');

interface Delivery {
  readonly body: string;
  readonly timestamp: string;
  readonly signature: string;
}

/** What is made of a delivery that arrives so many seconds after it was signed. */
function verify(
  { body, timestamp, signature }: Delivery,
  { secrets = [SECRET], lateS = 0 }: { secrets?: readonly string[]; lateS?: number } = {},
): Promise<NotificationVerdict> {
  const now = new Date((Number(timestamp) + lateS) * 1000);
  const notifications = new PayproNotifications({ client, clock: { now: () => now } }, secrets);
  const headers = { 'paypro-timestamp': timestamp, 'paypro-signature': signature };
  return notifications.verify({ body: Buffer.from(body), headers });
}

function signed(body: string, secret = SECRET): Delivery {
  const timestamp = String(SENT_S);
  const hmac = createHmac('sha256', secret).update(`${timestamp}.${body}`);
  return { body, timestamp, signature: hmac.digest('hex') };
}

const event = JSON.stringify({
  id: 'EVYK7KCFJAXA23UKSG',
  type: 'event',
  event_type: 'payment.paid',
  created_at: '2023-12-11T10:56:02Z',
  payload: { id: 'PPXNQT8MXCA2UT', metadata: { kassa_payment: 'pay_1' } },
});

describe('a delivery of PayPro', () => {
  // The vectors of PayPro's own clients; their bodies are no whole events.
  it.each([
    [
      '996QF2kLfVcmF8hzikZVfeB7GPH2RdP7',
      1_672_527_600,
      '{"id": "EVYK7KCFJAXA23UKSG"}',
      '9dfc94dfd152e5c428a5b72c27bbbada0c2d81c266b62ab93ab7087aa773729b',
    ],
    [
      '996QF2kLfVcmF8hzikZVfeB7GPH2RdP7',
      1_702_298_964,
      '',
      'd83474e81c7758cc82ff6a4bf60e592a64ff8f54d1de82115acb9d1d1ec4793d',
    ],
    [
      'secret',
      1_702_298_964,
      '',
      '11a78a4daf3d96996a022be567e444b72bf5f7462311529f0342e0f152d32803',
    ],
  ])('signed with %s at %s is PayPro’s', async (secret, at, body, signature) => {
    const delivery = { body, timestamp: String(at), signature };
    expect(await verify(delivery, { secrets: [secret] })).toMatchObject({ verdict: 'unreadable' });
    expect(await verify(delivery, { secrets: ['other'] })).toMatchObject({ verdict: 'forged' });
  });

  it('says which payment it is about', async () => {
    expect(await verify(signed(event))).toEqual({
      verdict: 'genuine',
      notification: {
        eventId: 'EVYK7KCFJAXA23UKSG',
        eventType: 'payment.paid',
        kind: 'payment',
        paymentIds: ['PPXNQT8MXCA2UT'],
        objectIds: [],
        references: ['pay_1'],
        transmissionId: null,
        body: event,
        occurredAt: new Date('2023-12-11T10:56:02Z'),
      },
    });
  });

  it.each([SECRET, 'the-old-one'])(
    'may be signed with either of two secrets: %s',
    async (secret) => {
      const secrets = [SECRET, 'the-old-one'];
      expect(await verify(signed(event, secret), { secrets })).toMatchObject({
        verdict: 'genuine',
      });
    },
  );

  it.each([
    [600, 'genuine'],
    [601, 'forged'],
    [-600, 'genuine'],
    [-601, 'forged'],
  ])('that is %s seconds old is %s', async (lateS, verdict) => {
    expect(await verify(signed(event), { lateS })).toMatchObject({ verdict });
  });

  it.each<[string, Partial<Delivery>]>([
    ['one byte changed', { body: event.replace('pay_1', 'pay_2') }],
    ['another time', { timestamp: String(SENT_S + 1) }],
    ['no time', { timestamp: '' }],
    ['a time that is none', { timestamp: '1e9' }],
    ['no signature', { signature: '' }],
    ['half a signature', { signature: signed(event).signature.slice(0, 32) }],
    ['the signature of another secret', { signature: signed(event, 'other').signature }],
    ['a name before the signature', { signature: `v1=${signed(event).signature}` }],
  ])('with %s is forged', async (_what, change) => {
    expect(await verify({ ...signed(event), ...change })).toMatchObject({ verdict: 'forged' });
  });

  it.each<[string, unknown, object]>([
    ['payment.created', { id: 'PP1' }, { kind: 'payment', paymentIds: ['PP1'], objectIds: [] }],
    [
      'refund.refunded',
      { id: 'PR1', payment: 'PP1' },
      { kind: 'refund', paymentIds: ['PP1'], objectIds: ['PR1'] },
    ],
    [
      'chargeback.created',
      { id: 'PC1', payment: 'PP1' },
      { kind: 'chargeback', paymentIds: ['PP1'], objectIds: ['PC1'] },
    ],
    ['mandate.approved', { id: 'MD1' }, { kind: 'mandate', paymentIds: [], objectIds: ['MD1'] }],
    ['subscription.paused', { id: 'PS1' }, { kind: 'subscription', objectIds: ['PS1'] }],
    ['installment_plan.created', { id: 'PI1' }, { kind: 'other', objectIds: ['PI1'] }],
    ['payout.paid', null, { kind: 'other', paymentIds: [], objectIds: [] }],
    [
      'payment.paid',
      { id: 'P\n1', metadata: { kassa_payment: 'theirs' } },
      { paymentIds: [], references: [] },
    ],
    ['payment.paid', { id: '..' }, { paymentIds: [] }],
    ['refund.refunded', { id: '.', payment: 'PP1/..' }, { paymentIds: [], objectIds: [] }],
  ])('%s says what it is about', async (event_type, payload, expected) => {
    const body = JSON.stringify({ id: 'EV1', event_type, payload });
    expect(await verify(signed(body))).toMatchObject({
      notification: { eventId: 'EV1', ...expected },
    });
  });

  it.each(['[]', '{}', '{"id":"EV1"}', '{"event_type":"payment.paid"}', 'nonsense'])(
    'that says %s is unreadable',
    async (body) => {
      expect(await verify(signed(body))).toMatchObject({ verdict: 'unreadable' });
    },
  );
});
