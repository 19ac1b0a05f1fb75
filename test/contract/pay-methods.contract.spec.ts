import { Money } from '../../src/shared/money/money';
import { type PaymentProvider } from '../../src/providers/payment-provider';
import { type ProviderPayMethod } from '../../src/providers/provider-parts';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { openPayPal } from './paypal.support';
import { callsSeen, configure, control, done, lines, order, startPaypro } from './paypro.support';
import { askedAfter, TOO_LATE_MS } from './suite/patience';

let sandbox: RunningSandbox;
let provider: PaymentProvider;

beforeAll(async () => {
  sandbox = await startPaypro();
});

afterAll(() => sandbox.close());

beforeEach(async () => {
  // A fresh one, so that no test meets the circuit breaker of another.
  provider = configure(sandbox);
  await control(sandbox, { method: 'DELETE', path: 'calls' });
});

const euros = (minor: bigint) => Money.of(minor, 'EUR');

/** The next look at the pay methods goes wrong. */
async function misbehave(kind: string, more: object = {}): Promise<void> {
  const match = { method: 'GET', path_contains: '/pay_methods' };
  const body = { gateway: 'paypro', match, times: 1, kind, ...more };
  await control(sandbox, { method: 'POST', path: 'faults', body });
}

async function listed(): Promise<readonly ProviderPayMethod[]> {
  const result = await provider.payMethods?.list();
  if (!result) throw new Error('PayPro lists its pay methods');
  return done(result);
}

describe('the pay methods of a PayPro account', () => {
  it('come in one call, with the limits of each', async () => {
    expect(await listed()).toContainEqual({
      id: 'ideal',
      name: 'iDEAL',
      currencies: ['EUR'],
      minimum: euros(10n),
      maximum: euros(5_000_000n),
    });
    expect(await callsSeen(sandbox)).toEqual(['GET /pay_methods']);
    expect(lines.at(-1)).toMatchObject({ purpose: 'pay_methods', outcome: 'answer', status: 200 });
  });

  it('are among the words that the adapter takes', async () => {
    const ids = (await listed()).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(provider.capabilities.payMethods).toEqual(expect.arrayContaining(ids));
  });

  it('have the limits that PayPro holds a new payment to', async () => {
    for (const { id, minimum, maximum } of await listed()) {
      if (minimum === null || maximum === null) throw new Error(`${id} has limits`);
      const outcomeOf = async (minor: bigint) => {
        const asked = order({ payMethods: [id], amount: euros(minor) });
        return (await provider.payments.create(asked)).outcome;
      };
      expect([id, await outcomeOf(minimum.minor), await outcomeOf(maximum.minor)]).toEqual([
        id,
        'done',
        'done',
      ]);
      expect([
        id,
        await outcomeOf(minimum.minor - 1n),
        await outcomeOf(maximum.minor + 1n),
      ]).toEqual([id, 'refused', 'refused']);
    }
  });

  it.each(['drop_after', 'error_before', 'garbage'])('are not known after %s', async (kind) => {
    await misbehave(kind);
    expect(await provider.payMethods?.list()).toMatchObject({ outcome: 'unknown' });
  });

  it('are not known while no answer comes', async () => {
    await misbehave('delay', { delay_ms: TOO_LATE_MS });
    const asked = askedAfter('delay', async () => provider.payMethods?.list());
    expect(await asked).toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'timeout' },
    });
  });

  it('are kept from a wrong key', async () => {
    const stranger = configure(sandbox, 'pp_nobody');
    expect(await stranger.payMethods?.list()).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'merchant' },
    });
  });
});

describe('the pay methods of a PayPal account', () => {
  it('are no part of the adapter: PayPal has no call that lists them', () => {
    expect(openPayPal(sandbox.url, []).payMethods).toBeUndefined();
  });
});
