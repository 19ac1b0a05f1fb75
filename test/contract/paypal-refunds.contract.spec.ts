import { type PaymentProvider } from '../../src/providers/payment-provider';
import { type RefundOps } from '../../src/providers/provider-parts';
import { type ProviderCallLine } from '../../src/providers/provider-http';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { Money } from '../../src/shared/money/money';
import { aRefund, openRefunds, takeMoney } from './paypal-refunds.support';
import {
  CLIENT_SECRET,
  controlOf,
  done,
  openPayPal,
  waitUntil,
  startPayPal,
} from './paypal.support';
import { REFUND_DIALECTS } from './paypal-dialects.support';
import { askedAfter, TOO_LATE_MS } from './suite/patience';

/** Refunds of the PayPal adapter against the simulator, in both dialects and over real HTTP: neither knows the other's code. */

const SOME_TEXT: unknown = expect.any(String);
const SOME_DATE: unknown = expect.any(Date);
const eur = (minor: bigint): Money => Money.of(minor, 'EUR');

let sandbox: RunningSandbox;
let paypal: PaymentProvider;
let refunds: RefundOps;
let control: ReturnType<typeof controlOf>;
const lines: ProviderCallLine[] = [];

beforeAll(async () => {
  sandbox = await startPayPal();
  control = controlOf(sandbox.url);
});

beforeEach(async () => {
  await control.reset();
});

afterAll(() => sandbox.close());

/** The simulator's switch speaks the newer words of both. */
const SETTLED = { completed: 'COMPLETED', failed: 'FAILED', cancelled: 'CANCELLED' } as const;

describe.each(REFUND_DIALECTS)('by %s', (_name, words) => {
  beforeEach(() => {
    paypal = openPayPal(sandbox.url, lines, { API: words.dialect });
    refunds = openRefunds(sandbox.url, lines, words);
  });

  describe('refunding', () => {
    it('gives all of it back under our reference', async () => {
      const paid = await takeMoney(paypal);
      const order = aRefund(paid);
      const refund = done(await refunds.refund(order));
      expect(refund).toEqual({
        refundId: SOME_TEXT,
        state: 'refunded',
        providerState: words.completed,
        amount: paid.amount,
        reference: order.reference,
        captureId: paid.captureId,
        createdAt: SOME_DATE,
      });
      expect(await control.moneyBack(paid.captureId)).toEqual(['EUR 10.00']);
      const ids = { refundId: refund.refundId, providerId: paid.providerId };
      expect(done(await refunds.read(ids))).toEqual(refund);
      expect(await refunds.list(paid.providerId)).toEqual({ outcome: 'done', value: [refund] });
    });

    it('in parts is several refunds, until nothing is left', async () => {
      const paid = await takeMoney(paypal);
      const parts = [];
      for (const minor of [250n, 250n, 500n]) {
        parts.push(done(await refunds.refund(aRefund(paid, { amount: eur(minor) }))));
      }
      expect(parts.map(({ amount }) => amount)).toEqual([eur(250n), eur(250n), eur(500n)]);
      expect(await refunds.list(paid.providerId)).toEqual({ outcome: 'done', value: parts });
      expect(await control.moneyBack(paid.captureId)).toEqual(['EUR 2.50', 'EUR 2.50', 'EUR 5.00']);
    });

    it.each([
      ['HUF', 100_000n, 'HUF 1000'],
      ['JPY', 1000n, 'JPY 1000'],
    ])('in %s brings the amount back unchanged', async (currency, minor, moved) => {
      const amount = Money.of(minor, currency);
      const paid = await takeMoney(paypal, { amount });
      expect(done(await refunds.refund(aRefund(paid))).amount).toEqual(amount);
      expect(await control.moneyBack(paid.captureId)).toEqual([moved]);
    });

    it('a fraction of a forint is refused without a single call', async () => {
      const paid = await takeMoney(paypal, { amount: Money.of(100_000n, 'HUF') });
      await control.reset();
      const refused = await refunds.refund(aRefund(paid, { amount: Money.of(50n, 'HUF') }));
      expect(refused).toMatchObject({ outcome: 'refused', refusal: { kind: 'request' } });
      expect(await control.calls()).toEqual([]);
    });

    it('shows an amount that is not what was asked for as it came', async () => {
      const paid = await takeMoney(paypal);
      await control.fault('POST', '/refund', { kind: 'wrong_amount' });
      const odd = done(await refunds.refund(aRefund(paid)));
      expect(odd.amount).toEqual(eur(1001n));
    });

    it('a word that nobody knows is shown and not interpreted', async () => {
      const paid = await takeMoney(paypal);
      await control.fault('POST', '/refund', { kind: 'unknown_state' });
      const odd = done(await refunds.refund(aRefund(paid)));
      expect(odd).toMatchObject({ state: 'unknown', providerState: words.strange });
    });
  });

  describe('a refund that is refused', () => {
    it('for more than is left moves no money', async () => {
      const paid = await takeMoney(paypal);
      await refunds.refund(aRefund(paid, { amount: eur(600n) }));
      expect(await refunds.refund(aRefund(paid, { amount: eur(401n) }))).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'request', code: words.tooMuch, reference: SOME_TEXT },
      });
      expect(await control.moneyBack(paid.captureId)).toEqual(['EUR 6.00']);
    });

    it('because all of it went back by hand is final', async () => {
      const paid = await takeMoney(paypal);
      await control.refundByHand(paid.captureId);
      expect(await refunds.refund(aRefund(paid))).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'final', code: words.nothingLeft },
      });
      expect(await control.moneyBack(paid.captureId)).toEqual(['EUR 10.00']);
    });

    it('and cannot be told from one of ours stays unknown', async () => {
      const paid = await takeMoney(paypal);
      await control.refundByHand(paid.captureId);
      await control.fault('GET', paid.providerId, { kind: 'error_before', status: 503 });
      expect(await refunds.refund(aRefund(paid))).toMatchObject({
        outcome: 'unknown',
        trouble: { code: words.nothingLeft },
      });
    });

    it('while the money is still on its way', async () => {
      const paid = await takeMoney(paypal, { button: 'pending' });
      expect(await refunds.refund(aRefund(paid))).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'request', code: words.notYetIn },
      });
    });

    it('for a capture, a refund or an order that PayPal does not hold is not found', async () => {
      const paid = await takeMoney(paypal);
      const nothing = { outcome: 'not_found', trouble: { code: 'INVALID_RESOURCE_ID' } };
      const ids = { refundId: '0AAAAAAAAAAAAAAAA', providerId: paid.providerId };
      expect(await refunds.refund(aRefund(paid, { captureId: ids.refundId }))).toMatchObject(
        nothing,
      );
      expect(await refunds.read(ids)).toMatchObject(nothing);
      expect(await refunds.list(ids.refundId)).toMatchObject(nothing);
    });
  });

  describe('a refund that takes its time', () => {
    it.each([
      ['completed', 'refunded', ['EUR 10.00']],
      ['failed', 'failed', []],
      ['cancelled', 'canceled', []],
    ] as const)('is pending until it is %s', async (word, state, moved) => {
      const paid = await takeMoney(paypal);
      await control.fault('POST', '/refund', { kind: 'refund_pending' });
      const order = aRefund(paid);
      const pending = done(await refunds.refund(order));
      expect(pending).toMatchObject({ state: 'pending', providerState: words.pending });
      expect(await control.moneyBack(paid.captureId)).toEqual([]);

      await control.settleRefund(pending.refundId, SETTLED[word]);
      const settled = { ...pending, state, providerState: words[word] };
      const ids = { refundId: pending.refundId, providerId: paid.providerId };
      expect(done(await refunds.read(ids))).toEqual(settled);
      expect(done(await refunds.refund(order))).toEqual(settled);
      expect(await control.moneyBack(paid.captureId)).toEqual(moved);
    });
  });

  describe('a refund that is asked for again', () => {
    it('with the same key is one refund', async () => {
      const paid = await takeMoney(paypal);
      const order = aRefund(paid, { amount: eur(250n) });
      const first = done(await refunds.refund(order));
      expect(done(await refunds.refund(order))).toEqual(first);
      expect(await control.moneyBack(paid.captureId)).toEqual(['EUR 2.50']);
    });

    it('with another key is found by our reference once nothing is left', async () => {
      const paid = await takeMoney(paypal);
      const order = aRefund(paid);
      const first = done(await refunds.refund(order));
      expect(done(await refunds.refund({ ...order, key: `${order.key}-2` }))).toEqual(first);
      expect(await control.moneyBack(paid.captureId)).toEqual(['EUR 10.00']);
    });

    it.each([
      ['a dropped answer', { kind: 'drop_after' }],
      ['a server error', { kind: 'error_after', status: 500 }],
      ['a service that is away', { kind: 'error_after', status: 503 }],
      ['silence', { kind: 'hang_after' }],
      ['an answer that comes too late', { kind: 'delay', delay_ms: TOO_LATE_MS }],
      ['an answer that is no JSON', { kind: 'garbage' }],
    ])('after %s was unknown, and is there once', async (_what, distortion) => {
      const paid = await takeMoney(paypal);
      const order = aRefund(paid, { amount: eur(250n) });
      await control.fault('POST', '/refund', distortion);
      const asked = askedAfter(distortion.kind, () => refunds.refund(order));
      expect(await asked).toMatchObject({ outcome: 'unknown' });
      await waitUntil(async () => (await control.moneyBack(paid.captureId)).length === 1);
      const listed = await refunds.list(paid.providerId);
      expect(listed).toMatchObject({ outcome: 'done', value: [{ reference: order.reference }] });
      expect(listed).toEqual({ outcome: 'done', value: [done(await refunds.refund(order))] });
      expect(await control.moneyBack(paid.captureId)).toEqual(['EUR 2.50']);
    });

    it.each([
      ['a server error', { kind: 'error_before', status: 500 }],
      ['a dropped connection', { kind: 'drop_before' }],
    ])('after %s that let nothing through is made then', async (_what, distortion) => {
      const paid = await takeMoney(paypal);
      const order = aRefund(paid);
      await control.fault('POST', '/refund', distortion);
      expect(await refunds.refund(order)).toMatchObject({ outcome: 'unknown' });
      expect(await refunds.list(paid.providerId)).toEqual({ outcome: 'done', value: [] });
      expect(done(await refunds.refund(order)).state).toBe('refunded');
      expect(await control.moneyBack(paid.captureId)).toEqual(['EUR 10.00']);
    });
  });

  describe('refunds that others made', () => {
    it('are listed without a reference of ours', async () => {
      const paid = await takeMoney(paypal);
      const ours = done(await refunds.refund(aRefund(paid, { amount: eur(300n) })));
      await control.refundByHand(paid.captureId, '2.00');
      expect(await refunds.list(paid.providerId)).toMatchObject({
        outcome: 'done',
        value: [ours, { amount: eur(200n), reference: null, captureId: paid.captureId }],
      });
    });

    it.each([
      ['a server error', { kind: 'error_before', status: 500 }],
      ['garbage', { kind: 'garbage' }],
    ])('are unknown after %s, and not none', async (_what, distortion) => {
      const paid = await takeMoney(paypal);
      await control.fault('GET', paid.providerId, distortion);
      expect(await refunds.list(paid.providerId)).toMatchObject({ outcome: 'unknown' });
    });
  });

  describe('PayPal’s other answers to a refund', () => {
    it('too many requests: it was not sent', async () => {
      const paid = await takeMoney(paypal);
      await control.fault('POST', '/refund', { kind: 'rate_limit', retry_after_seconds: 7 });
      expect(await refunds.refund(aRefund(paid))).toMatchObject({
        outcome: 'not_sent',
        trouble: { code: 'RATE_LIMIT_REACHED' },
        retryAfterS: 7,
      });
      expect(await control.moneyBack(paid.captureId)).toEqual([]);
    });

    it('a token that is refused is replaced once, with the same request id', async () => {
      const paid = await takeMoney(paypal);
      const order = aRefund(paid);
      await control.fault('POST', '/refund', { kind: 'unauthorized' });
      expect(await refunds.refund(order)).toMatchObject({ outcome: 'done' });
      const calls = (await control.calls()).filter((call) => call.includes('/refund'));
      const call = `POST ${words.path(paid.captureId)} ${order.key}`;
      expect(calls).toEqual([call, call]);
      expect(await control.moneyBack(paid.captureId)).toEqual(['EUR 10.00']);
    });

    it('a token that is refused twice, or none, is the merchant’s business', async () => {
      const paid = await takeMoney(paypal);
      const merchants = { outcome: 'refused', refusal: { kind: 'merchant' } };
      await control.fault('POST', '/refund', { kind: 'unauthorized' }, 2);
      expect(await refunds.refund(aRefund(paid))).toMatchObject(merchants);
      const wrong = openRefunds(sandbox.url, lines, { ...words, clientSecret: 'wrong' });
      expect(await wrong.refund(aRefund(paid))).toMatchObject(merchants);
      expect(await control.moneyBack(paid.captureId)).toEqual([]);
    });

    it('nothing of it but the call is logged', async () => {
      const paid = await takeMoney(paypal);
      const words = { description: 'Sorry, Firstname Lastname', reason: 'Suspected fraud' };
      const refund = done(await refunds.refund(aRefund(paid, words)));
      const told = JSON.stringify([lines, { ...refund, amount: refund.amount.toString() }]);
      expect(lines.map(({ purpose }) => purpose)).toContain('refund');
      expect(told).not.toMatch(/Firstname|fraud|bearer|basic|A21AA/i);
      expect(told).not.toContain(CLIENT_SECRET);
    });
  });
});
