import {
  type CaptureOrder,
  type CreateOrder,
  type PaymentProvider,
  type ProviderPayment,
} from '../../src/providers/payment-provider';
import { type ProviderCallLine } from '../../src/providers/provider-http';
import { type PayPalDialect } from '../../src/providers/paypal/paypal.dialects';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { Money } from '../../src/shared/money/money';
import {
  anOrder,
  CLIENT_ID,
  CLIENT_SECRET,
  controlOf,
  done,
  freePort,
  openPayPal,
  press,
  waitUntil,
  startPayPal,
} from './paypal.support';
import { DIALECTS } from './paypal-dialects.support';
import { askedAfter, TOO_LATE_MS } from './suite/patience';

/**
 * What PayPal has beyond the contract of every provider (`suite/`): the adapter against the simulator, in both dialects and
 * over real HTTP. Neither knows the other's code.
 */

const SOME_TEXT: unknown = expect.any(String);
const SOME_DATE: unknown = expect.any(Date);

let dialect: PayPalDialect = 'orders_v2';
let sandbox: RunningSandbox;
let paypal: PaymentProvider;
let control: ReturnType<typeof controlOf>;
const lines: ProviderCallLine[] = [];

beforeAll(async () => {
  sandbox = await startPayPal();
  control = controlOf(sandbox.url);
});

beforeEach(async () => {
  paypal = open();
  await control.reset();
});

afterAll(() => sandbox.close());

describe.each(DIALECTS)('by %s', (_name, words) => {
  beforeEach(() => {
    dialect = words.dialect;
    paypal = open();
  });

  describe('creating', () => {
    it('gives a checkout URL and travels with our reference', async () => {
      const order = anOrder({ description: 'Ten euros', locale: 'nl-NL' });
      const created = done(await paypal.payments.create(order));
      expect(created).toMatchObject({
        state: 'open',
        providerState: words.created,
        amount: order.amount,
        reference: order.reference,
        payerAgreed: false,
        payerId: null,
        token: tokenOf(created),
        captures: [],
        payMethod: 'paypal',
        paidAt: null,
      });
      expect(created.checkoutUrl).toContain(`token=${tokenOf(created)}`);
      const read = done(await paypal.payments.read(created.providerId));
      expect(read).toEqual({ ...created, raw: read.raw });
    });

    it.each([
      ['EUR', 'minimumMinor'],
      ['EUR', 'maximumMinor'],
      ['JPY', 'minimumMinor'],
      ['JPY', 'maximumMinor'],
      ['HUF', 'minimumMinor'],
      ['HUF', 'maximumMinor'],
    ] as const)('and paying in %s brings the %s back unchanged', async (currency, limit) => {
      const amount = Money.of(paypal.capabilities.currencies[currency]?.[limit] ?? 0n, currency);
      const { paid } = await payNew({ amount });
      expect(paid.amount).toEqual(amount);
      expect(paid.captures).toEqual([expect.objectContaining({ amount, state: 'completed' })]);
    });

    it('refuses a fraction of a forint without a single call', async () => {
      const refused = await paypal.payments.create(anOrder({ amount: Money.of(100_050n, 'HUF') }));
      expect(refused).toMatchObject({ outcome: 'refused', refusal: { kind: 'request' } });
      expect(await control.calls()).toEqual([]);
    });
  });

  describe('capturing', () => {
    it('before the payer agreed is refused, and it is the payer’s turn', async () => {
      const { capture } = await create();
      expect(await paypal.payments.capture?.(capture)).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'payer', code: words.notAgreed },
      });
      expect(await control.moneyIn(capture.providerId)).toEqual([]);
    });

    it('after the payer agreed takes the money', async () => {
      const { order, capture, created } = await create();
      await press(created, 'pay');
      const agreed = done(await paypal.payments.read(created.providerId));
      expect(agreed).toMatchObject({
        state: 'open',
        providerState: words.agreed,
        payerAgreed: true,
      });
      expect(agreed.payerId).toMatch(/^[2-9A-HJ-NP-Z]{13}$/);

      const paid = await captureNow(capture);
      expect(paid).toMatchObject({
        providerId: created.providerId,
        state: 'paid',
        amount: order.amount,
        reference: order.reference,
        payerId: agreed.payerId,
        payerAgreed: false,
        checkoutUrl: null,
        paidAt: SOME_DATE,
      });
      expect(paid.captures).toEqual([
        { captureId: SOME_TEXT, state: 'completed', amount: order.amount },
      ]);
      expect(await control.moneyIn(capture.providerId)).toHaveLength(1);
    });

    it('again, with the same key and with another one, shows the same capture', async () => {
      const { capture, paid } = await payNew();
      const repeated = await captureNow(capture);
      const anew = await captureNow({ ...capture, key: `${capture.key}-2` });
      expect(repeated.captures).toEqual(paid.captures);
      expect(anew.captures).toEqual(paid.captures);
      expect(anew).toMatchObject({ state: 'paid', reference: paid.reference });
      expect(await control.moneyIn(capture.providerId)).toHaveLength(1);
    });

    it('after a decline is refused; the payer may come back and pay', async () => {
      const { capture, created } = await create();
      await press(created, 'decline');
      expect(await paypal.payments.capture?.(capture)).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'payer', code: 'INSTRUMENT_DECLINED' },
      });
      expect(done(await paypal.payments.read(created.providerId)).state).toBe('open');
      await press(created, 'pay');
      expect((await captureNow({ ...capture, key: `${capture.key}-2` })).state).toBe('paid');
    });

    it('an eCheck is processing until it is settled', async () => {
      const { capture, created } = await create();
      await press(created, 'pending');
      const pending = await captureNow(capture);
      expect(pending).toMatchObject({
        state: 'processing',
        providerState: words.pending,
        paidAt: null,
      });
      expect(pending.captures).toEqual([
        expect.objectContaining({ state: 'pending', amount: capture.amount }),
      ]);
      expect(await control.moneyIn(capture.providerId)).toEqual([]);

      await control.settle(pending.captures[0]?.captureId ?? '', 'COMPLETED');
      const settled = done(await paypal.payments.read(created.providerId));
      expect(settled).toMatchObject({ state: 'paid', paidAt: SOME_DATE });
      expect(await control.moneyIn(capture.providerId)).toHaveLength(1);
    });

    it.each([
      ['an answer that comes too late', { kind: 'delay', delay_ms: TOO_LATE_MS }],
      ['an answer that is no JSON', { kind: 'garbage' }],
    ])('with %s is unknown, never a failure', async (_what, distortion) => {
      const { capture, created } = await create();
      await press(created, 'pay');
      await control.fault('POST', words.capture, distortion);
      const asked = askedAfter(distortion.kind, async () => paypal.payments.capture?.(capture));
      expect(await asked).toMatchObject({ outcome: 'unknown' });
      await waitUntil(async () => (await control.moneyIn(capture.providerId)).length === 1);
      expect(done(await paypal.payments.read(created.providerId)).state).toBe('paid');
      expect((await captureNow(capture)).captures).toHaveLength(1);
      expect(await control.moneyIn(capture.providerId)).toHaveLength(1);
    });

    it('from two tabs takes the money once', async () => {
      const { capture, created } = await create();
      await press(created, 'pay');
      const both = await Promise.all([
        captureNow(capture),
        captureNow({ ...capture, key: `${capture.key}-2` }),
      ]);
      expect(both[0].captures).toEqual(both[1].captures);
      expect(await control.moneyIn(capture.providerId)).toHaveLength(1);
    });

    it('with too many requests was not sent', async () => {
      const { capture, created } = await create();
      await press(created, 'pay');
      await control.fault('POST', words.capture, { kind: 'rate_limit', retry_after_seconds: 7 });
      expect(await paypal.payments.capture?.(capture)).toMatchObject({
        outcome: 'not_sent',
        trouble: { code: 'RATE_LIMIT_REACHED' },
        retryAfterS: 7,
      });
      expect(await control.moneyIn(capture.providerId)).toEqual([]);
    });

    it('shows an amount that is not what was ordered as it came', async () => {
      const { capture, created } = await create();
      await press(created, 'pay');
      await control.fault('POST', words.capture, { kind: 'wrong_amount' });
      const odd = await captureNow(capture);
      expect(odd.captures[0]?.amount.equals(capture.amount)).toBe(false);
    });
  });

  describe('reading', () => {
    it('an order that expired finds nothing', async () => {
      const { created } = await create();
      await press(created, 'expire');
      expect(await paypal.payments.read(created.providerId)).toMatchObject({
        outcome: 'not_found',
        trouble: { code: 'INVALID_RESOURCE_ID', reference: SOME_TEXT },
      });
    });

    it('an order that the payer left stays open', async () => {
      const { created } = await create();
      await press(created, 'cancel');
      expect(done(await paypal.payments.read(created.providerId)).state).toBe('open');
    });
  });

  describe('credentials and connections', () => {
    it('a wrong secret is the merchant’s business, and no order is made', async () => {
      const wrong = open({ CLIENT_SECRET: 'wrong' });
      const expected = {
        outcome: 'refused',
        refusal: { kind: 'merchant', code: 'invalid_client', reference: SOME_TEXT },
      };
      expect(await wrong.payments.create(anOrder())).toMatchObject(expected);
      expect(await wrong.check()).toMatchObject(expected);
      expect(await control.calls()).not.toContainEqual(expect.stringContaining(words.payments));
    });

    it('a token is fetched once for many calls', async () => {
      await Promise.all([1, 2, 3].map(() => paypal.payments.create(anOrder())));
      const tokens = (await control.calls()).filter((call) => call.includes('oauth2'));
      expect(tokens).toHaveLength(1);
    });

    it('a token that is refused is replaced once, with the same request id', async () => {
      await paypal.check();
      const order = anOrder();
      await control.fault('POST', words.payments, { kind: 'unauthorized' });
      expect(await paypal.payments.create(order)).toMatchObject({ outcome: 'done' });
      const creates = (await control.calls()).filter((call) => call.includes(words.payments));
      expect(creates).toEqual(Array(2).fill(`POST ${words.payments} ${order.key}`));
    });

    it('a token that is refused twice is the merchant’s business', async () => {
      await control.fault('POST', words.payments, { kind: 'unauthorized' }, 2);
      expect(await paypal.payments.create(anOrder())).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'merchant' },
      });
      expect((await control.calls()).filter((call) => call.includes(words.payments))).toHaveLength(
        2,
      );
    });

    it.each([
      ['fails', { kind: 'error_before', status: 503 }],
      ['is silent', { kind: 'drop_before' }],
    ])('a token endpoint that %s means that nothing was sent', async (_what, distortion) => {
      await control.fault('POST', 'oauth2', distortion);
      expect(await paypal.payments.create(anOrder())).toMatchObject({ outcome: 'not_sent' });
      expect(await control.calls()).not.toContainEqual(expect.stringContaining(words.payments));
    });

    it('a refused connection means that nothing was sent', async () => {
      const nobody = open({ BASE_URL: `http://127.0.0.1:${await freePort()}` });
      expect(await nobody.payments.create(anOrder())).toMatchObject({
        outcome: 'not_sent',
        trouble: { code: 'ECONNREFUSED' },
        retryAfterS: 5,
      });
    });
  });

  describe('what is logged', () => {
    it('holds no secret, no token and nothing of the payer', async () => {
      const { paid, capture } = await payNew();
      const wrong = open({ CLIENT_SECRET: `${CLIENT_SECRET}-wrong` });
      const refused = await wrong.payments.capture?.(capture);
      const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');
      const told = JSON.stringify([lines, paid.raw, refused]);
      expect(lines.map(({ purpose }) => purpose)).toContain('capture');
      expect(told).not.toContain(CLIENT_SECRET);
      expect(told).not.toContain(basic);
      expect(told).not.toMatch(/bearer|basic|A21AA|email|surname|given_name|@/i);
    });
  });
});

async function create(changes: Partial<CreateOrder> = {}) {
  const order = anOrder(changes);
  const created = done(await paypal.payments.create(order));
  const { providerId } = created;
  const capture = { providerId, key: `${order.key}-c`, amount: order.amount };
  return { order, created, capture };
}

async function payNew(changes: Partial<CreateOrder> = {}) {
  const { created, capture } = await create(changes);
  await press(created, 'pay');
  return { capture, paid: await captureNow(capture) };
}

async function captureNow(order: CaptureOrder): Promise<ProviderPayment> {
  const result = await paypal.payments.capture?.(order);
  if (!result) throw new Error('the adapter cannot capture');
  return done(result);
}

function open(settings: Readonly<Record<string, string>> = {}): PaymentProvider {
  return openPayPal(sandbox.url, lines, { API: dialect, ...settings });
}

/** What the browser brings back as `token`: the order itself, or the payer's session of Payments v1. */
function tokenOf({ providerId, token }: ProviderPayment): string {
  return dialect === 'orders_v2' ? providerId : (token ?? 'none');
}
