import {
  type HoldCaptureOrder,
  type HoldOps,
  type PaymentProvider,
  type ProviderPayment,
} from '../../src/providers/payment-provider';
import { type ProviderCallLine } from '../../src/providers/provider-http';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { Money } from '../../src/shared/money/money';
import {
  anOrder,
  controlOf,
  done,
  openPayPal,
  press,
  startPayPal,
  waitUntil,
} from './paypal.support';
import { askedAfter, TOO_LATE_MS } from './suite/patience';

/** Holds of the PayPal adapter against the simulator, over real HTTP: neither knows the other's code. */

const DAY_S = 86_400;
const TEN = Money.of(1000n, 'EUR');
const FOUR = Money.of(400n, 'EUR');
const SOME_TEXT: unknown = expect.any(String);
const lines: ProviderCallLine[] = [];

let sandbox: RunningSandbox;
let paypal: PaymentProvider;
let holds: HoldOps;
let control: ReturnType<typeof controlOf>;

beforeAll(async () => {
  sandbox = await startPayPal();
  control = controlOf(sandbox.url);
});

beforeEach(async () => {
  // The clock moves between tests, so each takes a token of its own time.
  paypal = openPayPal(sandbox.url, lines);
  if (!paypal.holds) throw new Error('the adapter cannot hold money');
  holds = paypal.holds;
  await control.reset();
});

afterAll(() => sandbox.close());

describe('authorizing', () => {
  it('holds the money of an agreed order and takes none', async () => {
    const { created, authorization } = await agreed();
    const held = done(await holds.authorize(authorization));
    expect(held).toMatchObject({
      providerId: created.providerId,
      state: 'authorized',
      providerState: 'CREATED',
      amount: TEN,
      reference: created.reference,
      captures: [],
      payerAgreed: false,
      checkoutUrl: null,
      paidAt: null,
      hold: { holdId: SOME_TEXT, state: 'held', amount: TEN },
    });
    const { honoredUntil, expiresAt } = held.hold ?? {};
    const daysBetween = (Number(expiresAt) - Number(honoredUntil)) / DAY_S / 1000;
    expect(daysBetween).toBe(26);
    expect(await control.moneyIn(created.providerId)).toEqual([]);
    const read = done(await paypal.payments.read(created.providerId));
    expect(read).toEqual({ ...held, raw: read.raw });
  });

  it('before the payer agreed is refused, and it is the payer’s turn', async () => {
    const { authorization } = await create();
    expect(await holds.authorize(authorization)).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'payer', code: 'ORDER_NOT_APPROVED' },
    });
  });

  it('again, with the same key and with another one, shows the same hold', async () => {
    const { authorization } = await agreed();
    const first = done(await holds.authorize(authorization));
    const again = done(await holds.authorize(authorization));
    const anew = done(await holds.authorize({ ...authorization, key: `${authorization.key}-2` }));
    expect([again.hold, anew.hold]).toEqual([first.hold, first.hold]);
  });

  it('an order that was made to be captured is refused or unknown, and nothing is held', async () => {
    const { authorization } = await agreed('automatic');
    const answer = await holds.authorize(authorization);
    expect(['refused', 'unknown']).toContain(answer.outcome);
    expect(done(await paypal.payments.read(authorization.providerId))).not.toHaveProperty('hold');
  });

  it.each([
    ['a dropped answer', { kind: 'drop_after' }],
    ['a server error', { kind: 'error_after', status: 500 }],
    ['an answer that comes too late', { kind: 'delay', delay_ms: TOO_LATE_MS }],
    ['an answer that is no JSON', { kind: 'garbage' }],
  ])('with %s is unknown, and settled by the repeat', async (_what, distortion) => {
    const { authorization } = await agreed();
    await control.fault('POST', '/authorize', distortion);
    const asked = askedAfter(distortion.kind, () => holds.authorize(authorization));
    expect(await asked).toMatchObject({ outcome: 'unknown' });
    await waitUntil(async () => {
      const read = done(await paypal.payments.read(authorization.providerId));
      return read.hold !== undefined;
    });
    const repeated = done(await holds.authorize(authorization));
    expect(repeated).toMatchObject({ state: 'authorized', hold: { state: 'held' } });
  });

  it('shows an amount that is not what was ordered as it came', async () => {
    const { authorization } = await agreed();
    await control.fault('POST', '/authorize', { kind: 'wrong_amount' });
    const odd = done(await holds.authorize(authorization));
    expect(odd.amount?.equals(TEN)).toBe(false);
    expect(odd.hold?.amount.equals(TEN)).toBe(false);
  });
});

describe('capturing a hold', () => {
  it('takes a part, then the rest, each with its own id and reference', async () => {
    const { part } = await held();
    const first = done(await holds.capture(part({ amount: FOUR })));
    expect(first).toMatchObject({
      state: 'authorized',
      providerState: 'PARTIALLY_CAPTURED',
      amount: TEN,
      captures: [{ state: 'completed', amount: FOUR }],
      hold: { state: 'held', amount: TEN },
    });
    const rest = part({ amount: Money.of(600n, 'EUR'), isFinal: true });
    const second = done(await holds.capture(rest));
    expect(second).toMatchObject({ state: 'paid', hold: { state: 'captured' } });
    const [one, two] = second.captures;
    expect(one?.captureId).not.toBe(two?.captureId);
    expect(two?.reference).toBe(rest.reference);
    expect(second.paidAt).toBeInstanceOf(Date);
    expect(await control.moneyIn(second.providerId)).toHaveLength(2);
  });

  it('is over with a part that is called final', async () => {
    const { part } = await held();
    const last = done(await holds.capture(part({ amount: FOUR, isFinal: true })));
    expect(last).toMatchObject({ state: 'paid', captures: [{ amount: FOUR }] });
  });

  it.each([
    ['a dropped answer', { kind: 'drop_after' }],
    ['a server error', { kind: 'error_after', status: 500 }],
    ['an answer that is no JSON', { kind: 'garbage' }],
    ['an answer that comes too late', { kind: 'delay', delay_ms: TOO_LATE_MS }],
  ])('with %s is unknown, and taken once by the repeat', async (_what, distortion) => {
    const { part, providerId } = await held();
    const order = part({ amount: FOUR });
    await control.fault('POST', '/capture', distortion);
    const asked = askedAfter(distortion.kind, () => holds.capture(order));
    expect(await asked).toMatchObject({ outcome: 'unknown' });
    await waitUntil(async () => (await control.moneyIn(providerId)).length === 1);
    const read = done(await paypal.payments.read(providerId));
    expect(read.captures).toMatchObject([{ reference: order.reference, amount: FOUR }]);
    expect(done(await holds.capture(order)).captures).toHaveLength(1);
    expect(await control.moneyIn(providerId)).toHaveLength(1);
  });

  it('that never arrived is unknown, and taken by the repeat', async () => {
    const { part, providerId } = await held();
    await control.fault('POST', '/capture', { kind: 'drop_before' });
    const order = part({ amount: FOUR });
    expect(await holds.capture(order)).toMatchObject({ outcome: 'unknown' });
    expect(await control.moneyIn(providerId)).toEqual([]);
    expect(done(await holds.capture(order)).captures).toHaveLength(1);
  });

  it('is unknown when the order cannot be read after it, and done when it is repeated', async () => {
    const { part, providerId } = await held();
    const order = part({ amount: FOUR });
    await control.fault('GET', providerId, { kind: 'drop_before' });
    expect(await holds.capture(order)).toMatchObject({ outcome: 'unknown' });
    expect(done(await holds.capture(order)).captures).toHaveLength(1);
    expect(await control.moneyIn(providerId)).toHaveLength(1);
  });

  it.each([
    ['more than PayPal lets go', Money.of(1151n, 'EUR'), 'MAX_CAPTURE_AMOUNT_EXCEEDED', 'request'],
    ['another currency', Money.of(100n, 'USD'), 'AUTH_CAPTURE_CURRENCY_MISMATCH', 'request'],
  ])('of %s is refused', async (_what, amount, code, kind) => {
    const { part, providerId } = await held();
    const refused = await holds.capture(part({ amount }));
    expect(refused).toMatchObject({ outcome: 'refused', refusal: { kind, code } });
    expect(await control.moneyIn(providerId)).toEqual([]);
  });

  it('of a fraction of a forint is refused without a call', async () => {
    const { part } = await held();
    await control.reset();
    const refused = await holds.capture(part({ amount: Money.of(150n, 'HUF') }));
    expect(refused).toMatchObject({ refusal: { code: 'amount_not_supported' } });
    expect(await control.calls()).toEqual([]);
  });

  it('that is declined is refused, shown as failed, and may be tried anew', async () => {
    const { part, providerId } = await held('decline');
    const order = part({ amount: FOUR });
    for (const answer of [await holds.capture(order), await holds.capture(order)]) {
      expect(answer).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'payer', code: 'CAPTURE_DECLINED' },
      });
    }
    const read = done(await paypal.payments.read(providerId));
    expect(read).toMatchObject({ state: 'authorized', captures: [{ state: 'failed' }] });
  });

  it('that is under way is pending, and the payment processing once nothing is held', async () => {
    const { part, providerId } = await held('pending');
    const under = done(await holds.capture(part({ amount: TEN, isFinal: true })));
    expect(under).toMatchObject({ state: 'processing', captures: [{ state: 'pending' }] });
    await control.settle(under.captures[0]?.captureId ?? '', 'COMPLETED');
    expect(done(await paypal.payments.read(providerId))).toMatchObject({ state: 'paid' });
  });

  it('a word that nobody knows is shown and not interpreted', async () => {
    const { providerId } = await held();
    await control.fault('GET', providerId, { kind: 'unknown_state' });
    const odd = done(await paypal.payments.read(providerId));
    expect(odd).toMatchObject({ state: 'unknown', hold: { state: 'unknown' } });
  });
});

describe('voiding a hold', () => {
  it('sets it free', async () => {
    const { whole } = await held();
    const free = done(await holds.void(whole));
    expect(free).toMatchObject({ state: 'canceled', hold: { state: 'released' } });
    expect(free.providerState).toBe('VOIDED');
  });

  it('again changes nothing and calls nothing', async () => {
    const { whole } = await held();
    done(await holds.void(whole));
    await control.reset();
    expect(done(await holds.void(whole))).toMatchObject({
      state: 'canceled',
    });
    expect((await control.calls()).filter((call) => call.includes('/void'))).toEqual([]);
  });

  it('keeps what was captured', async () => {
    const { part, whole } = await held();
    done(await holds.capture(part({ amount: FOUR })));
    expect(done(await holds.void(whole))).toMatchObject({
      state: 'paid',
      hold: { state: 'released' },
      captures: [{ amount: FOUR }],
    });
  });

  it('of which all was captured is refused', async () => {
    const { part, whole } = await held();
    done(await holds.capture(part({ amount: TEN, isFinal: true })));
    expect(await holds.void(whole)).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'final', code: 'PREVIOUSLY_CAPTURED' },
    });
  });

  it.each(['drop_after', 'drop_before', 'error_after'])(
    'after %s is unknown, and settled by the repeat',
    async (kind) => {
      const { whole } = await held();
      await control.fault('POST', '/void', { kind });
      expect(await holds.void(whole)).toMatchObject({ outcome: 'unknown' });
      expect(done(await holds.void(whole)).state).toBe('canceled');
    },
  );
});

describe('the end of a hold', () => {
  it('is renewed from the fourth day on, under the same key once', async () => {
    const { part, providerId, holdId, key, whole } = await held();
    const renewal = { providerId, holdId, key: `${key}-r`, amount: TEN };
    expect(await holds.renew(renewal)).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'REAUTHORIZATION_NOT_SUPPORTED' },
    });
    await later(4);
    await control.fault('POST', '/reauthorize', { kind: 'drop_after' });
    expect(await holds.renew(renewal)).toMatchObject({ outcome: 'unknown' });
    const renewed = done(await holds.renew(renewal));
    expect(renewed).toMatchObject({ state: 'authorized', hold: { state: 'held', amount: TEN } });
    expect(renewed.hold?.holdId).not.toBe(holdId);
    const now = part({ amount: FOUR, holdId: renewed.hold?.holdId ?? '' });
    expect(done(await holds.capture(now))).toMatchObject({ state: 'authorized' });
    expect(done(await holds.void(whole))).toMatchObject({ state: 'paid' });
  });

  it('comes after 29 days, as expired or paid with what was captured', async () => {
    const [none, some] = [await held(), await held()];
    done(await holds.capture(some.part({ amount: FOUR })));
    await later(29);
    const expired = done(await paypal.payments.read(none.providerId));
    expect(expired).toMatchObject({ state: 'expired', hold: { state: 'expired' } });
    expect(done(await paypal.payments.read(some.providerId))).toMatchObject({ state: 'paid' });
    expect(await holds.capture(none.part({ amount: FOUR }))).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'final', code: 'AUTHORIZATION_EXPIRED' },
    });
    expect(done(await holds.void(none.whole)).state).toBe('expired');
  });
});

async function create(captureMethod: 'manual' | 'automatic' = 'manual') {
  const order = anOrder({ captureMethod });
  const created = done(await paypal.payments.create(order));
  const { providerId } = created;
  const authorization = { providerId, key: `${order.key}-a`, amount: order.amount };
  return { order, created, authorization };
}

async function agreed(captureMethod: 'manual' | 'automatic' = 'manual', action = 'pay') {
  const made = await create(captureMethod);
  await press(made.created, action);
  return made;
}

async function held(action = 'pay') {
  const { order, authorization } = await agreed('manual', action);
  const { providerId, hold }: ProviderPayment = done(await holds.authorize(authorization));
  const holdId = hold?.holdId ?? '';
  let slot = 0;
  const part = (changes: Pick<HoldCaptureOrder, 'amount'> & Partial<HoldCaptureOrder>) => {
    slot += 1;
    const ids = { reference: `${order.reference}-${slot}`, key: `${order.key}-c${slot}` };
    return { providerId, holdId, ...ids, isFinal: false, ...changes };
  };
  const { reference, amount } = order;
  const whole = { providerId, key: 'void', reference, amount };
  return { providerId, holdId, key: order.key, part, whole };
}

async function later(days: number): Promise<void> {
  const response = await fetch(`${sandbox.url}/_sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance_seconds: days * DAY_S }),
  });
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
  const opened = openPayPal(sandbox.url, lines).holds;
  if (!opened) throw new Error('the adapter cannot hold money');
  holds = opened;
}
