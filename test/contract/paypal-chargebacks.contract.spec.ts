import { type PaymentProvider } from '../../src/providers/payment-provider';
import { type ProviderCallLine } from '../../src/providers/provider-http';
import { type ChargebackOps } from '../../src/providers/provider-parts';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { textAt } from '../../src/shared/json';
import { Money } from '../../src/shared/money/money';
import { aRefund, openRefunds, takeMoney } from './paypal-refunds.support';
import { CLIENT_SECRET, controlOf, done, openPayPal, startPayPal } from './paypal.support';
import { askedAfter } from './suite/patience';

/** Disputes and reversals of the PayPal adapter against the simulator, over real HTTP: neither knows the other's code. */

const SOME_DATE: unknown = expect.any(Date);
const SOME_OBJECT: unknown = expect.any(Object);
const eur = (minor: bigint): Money => Money.of(minor, 'EUR');

let sandbox: RunningSandbox;
let paypal: PaymentProvider;
let control: ReturnType<typeof controlOf>;
const lines: ProviderCallLine[] = [];

beforeAll(async () => {
  sandbox = await startPayPal();
  control = controlOf(sandbox.url);
});

beforeEach(async () => {
  paypal = openPayPal(sandbox.url, lines);
  await control.reset();
});

afterAll(() => sandbox.close());

function chargebacks(provider = paypal): ChargebackOps {
  if (!provider.chargebacks) throw new Error('the adapter reads no chargebacks');
  return provider.chargebacks;
}

const idIn = (answer: unknown): string => textAt(answer, 'id') ?? '';

async function disputed(wish: object = {}) {
  const paid = await takeMoney(paypal);
  const id = idIn(await control.dispute(paid.captureId, { amount: '4.00', ...wish }));
  return { ...paid, id };
}

async function reversed(amount = '2.50') {
  const paid = await takeMoney(paypal);
  return { ...paid, id: idIn(await control.reverse(paid.captureId, amount)) };
}

describe('a dispute', () => {
  it('names the capture, the amount and the reason, and has taken nothing', async () => {
    const { id, captureId } = await disputed({ reason: 'UNAUTHORISED' });
    expect(done(await chargebacks().read(id))).toEqual({
      chargebackId: id,
      state: 'open',
      providerState: 'OPEN',
      amount: eur(400n),
      taken: eur(0n),
      paymentId: null,
      captureIds: [captureId],
      reason: 'UNAUTHORISED',
      createdAt: SOME_DATE,
      raw: SOME_OBJECT,
    });
  });

  it.each([
    [{ status: 'UNDER_REVIEW' }, 'UNDER_REVIEW', 'open'],
    [{ outcome: 'RESOLVED_BUYER_FAVOUR' }, 'RESOLVED_BUYER_FAVOUR', 'lost'],
    [{ outcome: 'RESOLVED_SELLER_FAVOUR' }, 'RESOLVED_SELLER_FAVOUR', 'won'],
  ])('after %j is %s: %s', async (change, providerState, state) => {
    const { id } = await disputed();
    await control.moveDispute(id, change);
    const shown = { state, providerState, taken: eur(0n) };
    expect(done(await chargebacks().read(id))).toMatchObject(shown);
  });

  it('in a word that nobody knows is shown and not interpreted', async () => {
    const { id } = await disputed();
    await control.fault('GET', '/disputes/', { kind: 'unknown_state' });
    const odd = { state: 'unknown', providerState: 'SOMETHING_NEW' };
    expect(done(await chargebacks().read(id))).toMatchObject(odd);
  });
});

describe('a reversal', () => {
  it('has taken its amount of the capture', async () => {
    const { id, captureId } = await reversed();
    expect(done(await chargebacks().read(id))).toEqual({
      chargebackId: id,
      state: 'lost',
      providerState: 'COMPLETED',
      amount: eur(250n),
      taken: eur(250n),
      paymentId: null,
      captureIds: [captureId],
      reason: null,
      createdAt: SOME_DATE,
      raw: SOME_OBJECT,
    });
  });

  it('shows an amount as it came', async () => {
    const { id } = await reversed();
    await control.fault('GET', '/refunds/', { kind: 'wrong_amount' });
    expect(done(await chargebacks().read(id)).amount).toEqual(eur(251n));
  });

  it('in a word that nobody knows has taken nobody knows what', async () => {
    const { id } = await reversed();
    await control.fault('GET', '/refunds/', { kind: 'unknown_state' });
    expect(done(await chargebacks().read(id))).toMatchObject({ state: 'unknown', taken: null });
  });

  it('is none where the refund is one that we asked for', async () => {
    const paid = await takeMoney(paypal);
    const refund = done(await openRefunds(sandbox.url, lines).refund(aRefund(paid)));
    expect(await chargebacks().read(refund.refundId)).toMatchObject({
      outcome: 'not_found',
      trouble: { code: 'own_refund' },
    });
  });
});

describe.each([
  ['a dispute', '/disputes/', disputed, 'PP-D-000000000'],
  ['a reversal', '/refunds/', reversed, '0AAAAAAAAAAAAAAAA'],
] as const)('reading %s', (_what, path, make, nobody) => {
  it('that PayPal does not hold finds nothing', async () => {
    expect(await chargebacks().read(nobody)).toMatchObject({
      outcome: 'not_found',
      trouble: { code: 'INVALID_RESOURCE_ID' },
    });
  });

  it.each([
    ['a dropped answer', { kind: 'drop_after' }],
    ['a server error', { kind: 'error_before', status: 500 }],
    ['a service that is away', { kind: 'error_before', status: 503 }],
    ['silence', { kind: 'hang_after' }],
    ['an answer that is no JSON', { kind: 'garbage' }],
  ])('is unknown after %s, and known after the next answer', async (_trouble, distortion) => {
    const { id } = await make();
    await control.fault('GET', path, distortion);
    const asked = askedAfter(distortion.kind, () => chargebacks().read(id));
    expect(await asked).toMatchObject({ outcome: 'unknown' });
    expect(done(await chargebacks().read(id)).chargebackId).toBe(id);
  });

  it('too often was not sent', async () => {
    const { id } = await make();
    await control.fault('GET', path, { kind: 'rate_limit', retry_after_seconds: 7 });
    const notSent = { outcome: 'not_sent', retryAfterS: 7 };
    expect(await chargebacks().read(id)).toMatchObject(notSent);
  });

  it('with credentials that are refused is the merchant’s business', async () => {
    const { id } = await make();
    const wrong = openPayPal(sandbox.url, lines, { CLIENT_SECRET: 'wrong' });
    const merchants = { outcome: 'refused', refusal: { kind: 'merchant' } };
    expect(await chargebacks(wrong).read(id)).toMatchObject(merchants);
  });

  it('keeps no person and logs no secret', async () => {
    const { id } = await make();
    const { raw } = done(await chargebacks().read(id));
    expect(JSON.stringify([raw, lines])).not.toMatch(/"buyer"|bearer|basic|A21AA/i);
    expect(JSON.stringify(lines)).not.toContain(CLIENT_SECRET);
  });
});
