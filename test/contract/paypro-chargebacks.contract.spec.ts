import { type PaymentProvider } from '../../src/providers/payment-provider';
import { type ChargebackOps } from '../../src/providers/provider-parts';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { textAt } from '../../src/shared/json';
import { Money } from '../../src/shared/money/money';
import { act, configure, control, done, KEY, lines, order, startPaypro } from './paypro.support';
import { askedAfter } from './suite/patience';

/** Chargebacks of the PayPro adapter against the simulator, over real HTTP: neither knows the other's code. */

const SOME_DATE: unknown = expect.any(Date);
const SOME_OBJECT: unknown = expect.any(Object);
const eur = (minor: bigint): Money => Money.of(minor, 'EUR');

let sandbox: RunningSandbox;
let provider: PaymentProvider;

beforeAll(async () => {
  sandbox = await startPaypro();
});

afterAll(() => sandbox.close());

beforeEach(async () => {
  // A fresh one, so that no test meets the circuit breaker of another.
  provider = configure(sandbox);
  await control(sandbox, { method: 'DELETE', path: 'faults' });
});

function chargebacks(of = provider): ChargebackOps {
  if (!of.chargebacks) throw new Error('the adapter reads no chargebacks');
  return of.chargebacks;
}

/** A payment of 10.50 by direct debit that the payer's bank takes money back of. */
async function chargedBack(wish: object = {}) {
  const asked = order({ payMethods: ['direct-debit'] });
  const payment = done(await provider.payments.create(asked));
  await act(payment, 'pay');
  const path = `paypro/payments/${payment.providerId}/chargebacks`;
  const made = await control(sandbox, { method: 'POST', path, body: wish });
  return { payment, id: textAt(made, 'id') ?? '' };
}

async function move(id: string, state: string): Promise<void> {
  await control(sandbox, { method: 'POST', path: `paypro/chargebacks/${id}`, body: { state } });
}

/** The next read of a chargeback misbehaves once. */
async function misbehave(kind: string, more: object = {}): Promise<void> {
  const match = { method: 'GET', path_contains: '/chargebacks/' };
  const body = { gateway: 'paypro', match, times: 1, kind, ...more };
  await control(sandbox, { method: 'POST', path: 'faults', body });
}

describe('a chargeback', () => {
  it('has taken its amount and names the payment and the reason', async () => {
    const { payment, id } = await chargedBack({ amount: 300, reason: 'MD06' });
    expect(done(await chargebacks().read(id))).toEqual({
      chargebackId: id,
      state: 'lost',
      providerState: 'completed',
      amount: eur(300n),
      taken: eur(300n),
      paymentId: payment.providerId,
      captureIds: [],
      reason: 'MD06',
      createdAt: SOME_DATE,
      raw: SOME_OBJECT,
    });
  });

  it('takes nothing before it is completed, and gives all back when it is reversed', async () => {
    const { id } = await chargedBack({ state: 'pending' });
    const open = { state: 'open', providerState: 'pending', amount: eur(1050n), taken: eur(0n) };
    expect(done(await chargebacks().read(id))).toMatchObject(open);
    await move(id, 'completed');
    expect(done(await chargebacks().read(id))).toMatchObject({ state: 'lost', taken: eur(1050n) });
    await move(id, 'reversed');
    expect(done(await chargebacks().read(id))).toMatchObject({ state: 'won', taken: eur(0n) });
  });

  it('in a word that nobody knows is shown, and has taken nobody knows what', async () => {
    const { id } = await chargedBack();
    await misbehave('unknown_state');
    const odd = done(await chargebacks().read(id));
    expect(odd).toMatchObject({ state: 'unknown', taken: null });
    expect(odd.providerState).not.toBe('completed');
  });

  it('shows an amount as it came', async () => {
    const { id } = await chargedBack();
    await misbehave('wrong_amount');
    expect(done(await chargebacks().read(id)).amount).toEqual(eur(1051n));
  });
});

describe('reading a chargeback', () => {
  it('that PayPro does not hold finds nothing', async () => {
    const nothing = { outcome: 'not_found' };
    expect(await chargebacks().read('PCNEVERGIVEN00')).toMatchObject(nothing);
  });

  it.each([
    ['a dropped answer', 'drop_after', {}],
    ['a server error', 'error_before', { status: 500 }],
    ['silence', 'hang_after', {}],
    ['an answer that is no JSON', 'garbage', {}],
  ])('is unknown after %s, and known after the next answer', async (_trouble, kind, more) => {
    const { id } = await chargedBack();
    await misbehave(kind, more);
    const asked = askedAfter(kind, () => chargebacks().read(id));
    expect(await asked).toMatchObject({ outcome: 'unknown' });
    expect(done(await chargebacks().read(id)).chargebackId).toBe(id);
  });

  it('too often was not sent', async () => {
    const { id } = await chargedBack();
    await misbehave('rate_limit', { retry_after_seconds: 7 });
    const notSent = { outcome: 'not_sent', retryAfterS: 7 };
    expect(await chargebacks().read(id)).toMatchObject(notSent);
  });

  it('with a key that is refused is the merchant’s business', async () => {
    const { id } = await chargedBack();
    await misbehave('unauthorized');
    const merchants = { outcome: 'refused', refusal: { kind: 'merchant' } };
    expect(await chargebacks().read(id)).toMatchObject(merchants);
    expect(JSON.stringify(lines)).not.toContain(KEY);
  });
});
