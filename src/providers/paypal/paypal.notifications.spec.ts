import { crc32 } from 'node:zlib';
import { Certified } from '../../../test/support/certificate-authority';
import { FREE_LETTERS, withEqualChecksum } from '../../../test/support/equal-checksum';
import { parseJson } from '../../shared/json';
import { type RawNotification } from '../provider-parts';
import { readCertificates } from './paypal.certificate-chain';
import { type CertificateLookup } from './paypal.certificates';
import { PayPalNotifications } from './paypal.notifications';
import { type PayPalReply } from './paypal.outcome';

const PLACE = 'https://api.paypal.com/v1/notifications/certs/';
const WEBHOOK_ID = '96605875FF6516633';
const commonName = 'messageverificationcerts.paypal.com';
const now = new Date('2026-11-20T12:00:00Z');
const trouble = { code: 'timeout', message: 'No answer.', reference: null };

const event = {
  id: 'WH-2WR32451HC0233532-67976317FL4543714',
  event_type: 'PAYMENT.CAPTURE.COMPLETED',
  create_time: '2026-11-20T11:59:00.123Z',
  resource: {
    id: '42311647XV020574X',
    custom_id: 'pay_mine',
    amount: { currency_code: 'EUR', value: '1.00' },
    supplementary_data: { related_ids: { order_id: '5O190127TN364715T' } },
  },
};
const body = Buffer.from(JSON.stringify(event));

let root: Certified;
let leaf: Certified;

beforeAll(async () => {
  root = await Certified.root({ commonName: 'Root' });
  leaf = await root.issue({ commonName });
});

interface Signing {
  readonly body?: Buffer;
  readonly webhookId?: string;
  readonly by?: Certified;
  readonly time?: string;
}

/** A delivery as PayPal makes it, and with what is wrong with it. */
function deliver({ by = leaf, webhookId = WEBHOOK_ID, ...given }: Signing = {}): RawNotification {
  const { body: bytes = body, time = '2026-11-20T11:59:01Z' } = given;
  const id = '071f7d20-1584-11e7-abf0-6b62a8a99ac4';
  const headers = {
    'paypal-transmission-id': id,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': by.sign(`${id}|${time}|${webhookId}|${crc32(bytes)}`),
    'paypal-cert-url': `${PLACE}CERT-1`,
    'paypal-auth-algo': 'SHA256withRSA',
  };
  return { body: bytes, headers };
}

const silence: PayPalReply = { kind: 'unknown', trouble };

function answer(status: number, answered: unknown): PayPalReply {
  return { kind: 'answer', status, body: answered, headers: {} };
}

interface Served {
  /** The certificate at the address; null: it cannot be had. */
  readonly served?: Certified | null;
  /** What is known of the address where that is not a certificate. */
  readonly lookup?: CertificateLookup;
  readonly isKept?: boolean;
  readonly reply?: PayPalReply | (() => Promise<PayPalReply>);
}

/** Notifications where PayPal keeps this certificate and answers questions like this. */
function listen({ served = leaf, isKept = false, lookup, reply = silence }: Served = {}) {
  const questions: string[] = [];
  const client = {
    verifySignature: (question: string) => {
      questions.push(question);
      return typeof reply === 'function' ? reply() : Promise.resolve(reply);
    },
    listEvents: () => Promise.resolve(silence),
  };
  const certificates = served && readCertificates(served.pem);
  const found: CertificateLookup = certificates
    ? { kind: 'found', certificates }
    : { kind: 'unreachable' };
  let nowMs = now.getTime();
  const notifications = new PayPalNotifications(
    {
      client,
      certificates: {
        at: () => Promise.resolve(lookup ?? found),
        kept: ({ name }) => (isKept && name === 'CERT-1' ? certificates : null),
      },
      clock: { now: () => new Date(nowMs) },
    },
    {
      id: WEBHOOK_ID,
      places: [PLACE],
      trust: { commonName, anchors: readCertificates(root.pem) ?? [] },
    },
  );
  return { notifications, questions, turn: (ms: number) => (nowMs += ms) };
}

const genuine = {
  verdict: 'genuine',
  notification: { eventId: event.id, paymentIds: ['5O190127TN364715T'], references: ['pay_mine'] },
};

describe('a delivery of PayPal', () => {
  it('is genuine by its certificate, without asking anybody', async () => {
    const { notifications, questions } = listen();
    expect(await notifications.verify(deliver())).toMatchObject(genuine);
    expect(questions).toEqual([]);
  });

  it('is genuine however old it is, because PayPal repeats it for days', async () => {
    const old = deliver({ time: '2026-11-17T12:00:00Z' });
    expect(await listen().notifications.verify(old)).toMatchObject(genuine);
  });

  it('is taken byte by byte: empty objects and 1.0 stay what they are', async () => {
    const odd = Buffer.from(`{ "id":"WH-1","event_type":"A.B","resource":{"a":1.0,"b":{}}}\n`);
    expect(await listen().notifications.verify(deliver({ body: odd }))).toMatchObject({
      verdict: 'genuine',
      notification: { body: odd.toString() },
    });
  });

  it.each([['{"id":7}'], ['[]'], ['nonsense'], ['']])(
    'that says %j is unreadable',
    async (text) => {
      const odd = deliver({ body: Buffer.from(text) });
      expect(await listen().notifications.verify(odd)).toMatchObject({ verdict: 'unreadable' });
    },
  );

  it('whose bytes are no text is unreadable', async () => {
    const odd = deliver({ body: Buffer.from([0x22, 0xff, 0x22]) });
    expect(await listen().notifications.verify(odd)).toMatchObject({ verdict: 'unreadable' });
  });
});

describe('a forgery', () => {
  it.each<[string, () => RawNotification]>([
    ['for another webhook', () => deliver({ webhookId: 'WEBHOOK_ID' })],
    ['with one byte changed', () => ({ ...deliver(), body: Buffer.from(`${body.toString()} `) })],
    [
      'with the time of another delivery',
      () => withHeader('paypal-transmission-time', '2026-11-20T11:59:02Z'),
    ],
    ['with the id of another delivery', () => withHeader('paypal-transmission-id', 'other')],
    ['with an id that holds a bar', () => withHeader('paypal-transmission-id', 'a|b')],
    ['with another algorithm', () => withHeader('paypal-auth-algo', 'SHA1withRSA')],
    ['with a signature that is none', () => withHeader('paypal-transmission-sig', 'none')],
    [
      'with a certificate elsewhere',
      () => withHeader('paypal-cert-url', 'https://evil.example/CERT-1'),
    ],
    ['without an id', () => withHeader('paypal-transmission-id', undefined)],
    ['without a time', () => withHeader('paypal-transmission-time', undefined)],
    ['without a signature', () => withHeader('paypal-transmission-sig', undefined)],
    ['without a certificate', () => withHeader('paypal-cert-url', undefined)],
    ['without an algorithm', () => withHeader('paypal-auth-algo', undefined)],
  ])('%s is refused, and nobody is asked', async (_what, forge) => {
    const { notifications, questions } = listen();
    expect(await notifications.verify(forge())).toMatchObject({ verdict: 'forged' });
    expect(questions).toEqual([]);
  });

  it('that keeps the checksum has a genuine signature, and gets nothing but ids out of it', async () => {
    const resource = { ...event.resource, custom_id: 'pay_other', amount: { value: '9999.00' } };
    const forged = withEqualChecksum(
      JSON.stringify({ ...event, resource, padding: FREE_LETTERS }),
      body,
    );
    expect(forged.toString()).toContain('9999.00');
    const verdict = await listen().notifications.verify({ ...deliver(), body: forged });
    expect(verdict).toEqual({
      verdict: 'genuine',
      notification: {
        eventId: event.id,
        eventType: event.event_type,
        kind: 'payment',
        paymentIds: ['5O190127TN364715T'],
        objectIds: ['42311647XV020574X'],
        references: ['pay_other'],
        transmissionId: deliver().headers['paypal-transmission-id'],
        body: forged.toString(),
        occurredAt: new Date(event.create_time),
      },
    });
  });
});

describe('a certificate that decides nothing', () => {
  const cases: [string, () => Promise<Certified | null>][] = [
    ['cannot be had', () => Promise.resolve(null)],
    [
      'is of another authority',
      async () => (await Certified.root({ commonName: 'Root' })).issue({ commonName }),
    ],
    ['is signed by itself', () => Certified.root({ commonName })],
    ['is over', () => root.issue({ commonName, notAfter: new Date('2026-11-20T11:59:59Z') })],
    [
      'names another host',
      () => root.issue({ commonName: 'messageverificationcerts.sandbox.paypal.com' }),
    ],
  ];

  it.each(cases)('because it %s leaves it to PayPal', async (_why, make) => {
    const served = await make();
    const delivery = deliver({ by: served ?? leaf });
    const verdictFor = (reply: PayPalReply) =>
      listen({ served, reply }).notifications.verify(delivery);
    expect(await verdictFor(answer(200, { verification_status: 'SUCCESS' }))).toMatchObject(
      genuine,
    );
    expect(await verdictFor(answer(200, { verification_status: 'FAILURE' }))).toMatchObject({
      verdict: 'forged',
    });
    expect(await verdictFor(silence)).toEqual({ verdict: 'undecided', trouble });
  });

  it.each<[string, PayPalReply]>([
    ['another word', answer(200, { verification_status: 'MAYBE' })],
    ['success under another status', answer(202, { verification_status: 'SUCCESS' })],
    ['an error', answer(500, { name: 'INTERNAL_SERVER_ERROR' })],
    ['a refusal of the question', answer(400, { name: 'VALIDATION_ERROR' })],
    ['no token', { kind: 'denied', trouble }],
    ['nothing, for it was not sent', { kind: 'not_sent', trouble, retryAfterS: 5 }],
  ])('leaves it open when PayPal answers %s', async (_what, reply) => {
    const { notifications } = listen({ served: null, reply });
    expect(await notifications.verify(deliver())).toMatchObject({ verdict: 'undecided' });
  });

  it('sends PayPal the delivery as it came', async () => {
    const odd = Buffer.from(`{"id":"WH-1","event_type":"A.B","n":1.0,"e":{},"é":"\\u00e9"}\n`);
    const { notifications, questions } = listen({ served: null });
    const delivery = deliver({ body: odd });
    await notifications.verify(delivery);
    expect(questions[0]).toContain(`"webhook_event":${odd.toString()}}`);
    expect(parseJson(questions[0] ?? '')).toEqual({
      auth_algo: 'SHA256withRSA',
      cert_url: delivery.headers['paypal-cert-url'],
      transmission_id: delivery.headers['paypal-transmission-id'],
      transmission_sig: delivery.headers['paypal-transmission-sig'],
      transmission_time: delivery.headers['paypal-transmission-time'],
      webhook_id: WEBHOOK_ID,
      webhook_event: parseJson(odd.toString()),
    });
  });

  it.each(['{}, "webhook_id": "MINE"', '{"id":', '', '\ufeff{}'])(
    'asks nobody about a body that is not one JSON value: %j',
    async (text) => {
      const reply = answer(200, { verification_status: 'SUCCESS' });
      const { notifications, questions } = listen({ served: null, reply });
      const delivery = deliver({ body: Buffer.from(text) });
      expect(await notifications.verify(delivery)).toMatchObject({ verdict: 'forged' });
      expect(questions).toEqual([]);
    },
  );
});

describe('strangers', () => {
  const success = answer(200, { verification_status: 'SUCCESS' });
  const made = (i: number) => withHeader('paypal-cert-url', `${PLACE}CERT-made-up-${i}`);
  const crowded = { verdict: 'undecided', trouble: { code: 'too_many_deliveries' } };

  it('who make up a certificate are refused, and PayPal is not asked', async () => {
    const { notifications, questions } = listen({ lookup: { kind: 'absent' }, reply: success });
    expect(await notifications.verify(made(1))).toMatchObject({ verdict: 'forged' });
    expect(questions).toEqual([]);
  });

  it('who make up too many are sent away, and PayPal is not asked', async () => {
    const { notifications, questions } = listen({ lookup: { kind: 'crowded' }, reply: success });
    expect(await notifications.verify(made(1))).toMatchObject(crowded);
    expect(questions).toEqual([]);
  });

  it('make us ask PayPal twice a second at most', async () => {
    const { notifications, questions, turn } = listen({ served: null, reply: success });
    const ask = async (times: number) => {
      for (let i = 0; i < times; i++) await notifications.verify(made(i));
    };
    await ask(20);
    expect(questions).toHaveLength(5);
    expect(await notifications.verify(made(1))).toMatchObject(crowded);
    turn(1_000);
    await ask(20);
    expect(questions).toHaveLength(7);
  });

  it('wait for one another when PayPal is asked, and only a few of them', async () => {
    const answers: (() => void)[] = [];
    const reply = () => new Promise<PayPalReply>((resolve) => answers.push(() => resolve(success)));
    const { notifications, questions, turn } = listen({ served: null, reply });
    const verdicts = Array.from({ length: 5 }, (_one, i) => notifications.verify(made(i)));
    turn(60_000);
    expect(await notifications.verify(made(9))).toMatchObject(crowded);
    for (let i = 0; i < 5; i++) {
      expect(questions).toHaveLength(i + 1);
      answers.at(-1)?.();
      await verdicts[i];
      await Promise.resolve();
    }
  });

  it('do not hold up what the kept certificate decides', async () => {
    const never = () => new Promise<PayPalReply>(() => undefined);
    const { notifications, questions } = listen({
      isKept: true,
      lookup: { kind: 'unreachable' },
      reply: never,
    });
    for (let i = 0; i < 100; i++) void notifications.verify(made(i));
    expect(await notifications.verify(made(100))).toMatchObject(crowded);
    expect(await notifications.verify(deliver())).toMatchObject(genuine);
    expect(questions.length).toBeLessThanOrEqual(1);
  });
});

function withHeader(name: string, value: string | undefined): RawNotification {
  const delivery = deliver();
  return { ...delivery, headers: { ...delivery.headers, [name]: value } };
}
