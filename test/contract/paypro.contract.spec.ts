import { textAt, valueAt } from '../../src/shared/json';
import { Money } from '../../src/shared/money/money';
import {
  type CreateOrder,
  type PaymentProvider,
  type ProviderPayment,
} from '../../src/providers/payment-provider';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import {
  act,
  callsSeen,
  configure,
  control,
  done,
  KEY,
  lines,
  order,
  startPaypro,
} from './paypro.support';

/** What PayPro has beyond the contract of every provider (`suite/`), over real HTTP against the simulator. */

let sandbox: RunningSandbox;
let provider: PaymentProvider;
let startedAt: Date;

beforeAll(async () => {
  sandbox = await startPaypro();
});

afterAll(() => sandbox.close());

beforeEach(async () => {
  // A fresh one, so that no test meets the circuit breaker of another.
  provider = configure(sandbox);
  startedAt = new Date();
  await forgetCalls();
});

const forgetCalls = () => control(sandbox, { method: 'DELETE', path: 'calls' });

/** The next call of this method misbehaves once. */
async function misbehave(method: string, kind: string, more: object = {}): Promise<void> {
  const match = { method, path_contains: '/payments' };
  const body = { gateway: 'paypro', match, times: 1, kind, ...more };
  await control(sandbox, { method: 'POST', path: 'faults', body });
}

async function moveTo(state: string, { providerId }: ProviderPayment): Promise<void> {
  const path = `paypro/payments/${providerId}`;
  await control(sandbox, { method: 'POST', path, body: { state } });
}

const create = async (more: Partial<CreateOrder> = {}) =>
  done(await provider.payments.create(order(more)));

const read = async ({ providerId }: ProviderPayment) =>
  done(await provider.payments.read(providerId));

const find = async (reference: string) =>
  provider.payments.find?.({ reference, createdAfter: startedAt });

const cancel = async ({ providerId }: ProviderPayment) =>
  provider.payments.cancel?.({ providerId, key: 'v1.cancel.1' });

describe('creating a payment', () => {
  it('gives a pay page and carries our reference and metadata', async () => {
    const asked = order();
    const payment = done(await provider.payments.create(asked));
    expect(payment).toMatchObject({
      state: 'open',
      amount: asked.amount,
      reference: asked.reference,
      payMethod: 'ideal',
      captures: [],
      paidAt: null,
    });
    expect(payment.checkoutUrl).toMatch(/^http/);
    expect(await read(payment)).toEqual(payment);
    expect(payment.raw).toMatchObject({
      description: 'Two chairs',
      return_url: 'https://shop.example/thanks',
      cancel_url: 'https://shop.example/cart',
      metadata: { order: 'A-1', nested: { lines: [1, 2] }, kassa_payment: asked.reference },
      locale: 'nl',
    });
  });

  it('needs nothing but an amount', async () => {
    const bare = { description: null, returnUrl: null, cancelUrl: null, locale: null };
    const payment = await create({ ...bare, payMethods: [], metadata: {} });
    expect(payment.raw).toMatchObject({
      description: `Payment ${payment.reference}`,
      return_url: null,
      cancel_url: null,
      pay_method: null,
    });
  });

  it('makes a second payment when it is repeated, because PayPro recognises no repeat', async () => {
    const asked = order();
    const first = done(await provider.payments.create(asked));
    const second = done(await provider.payments.create(asked));
    expect(second.providerId).not.toBe(first.providerId);
    expect(provider.capabilities.repeat.createMs).toBe(0);
  });

  // The documented limits of iDEAL.
  it.each([10n, 5_000_000n])('brings %s cents there and back', async (minor) => {
    const amount = Money.of(minor, 'EUR');
    const payment = await create({ amount });
    expect(payment.amount).toEqual(amount);
    expect((await read(payment)).amount).toEqual(amount);
  });

  it.each([9n, 5_000_001n])('is refused for %s cents, which iDEAL does not take', async (minor) => {
    const asked = order({ amount: Money.of(minor, 'EUR') });
    expect(await provider.payments.create(asked)).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request' },
    });
    expect(await find(asked.reference)).toMatchObject({ outcome: 'not_found' });
  });

  it('is refused with the parameter that PayPro names', async () => {
    const result = await provider.payments.create(order({ payMethods: ['cowrie-shells'] }));
    expect(result).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'invalid_request' },
    });
    expect(JSON.stringify(result)).toContain('(pay_methods)');
  });
});

describe('the life of a payment', () => {
  it('ends paid, with one capture of the whole amount', async () => {
    const payment = await create();
    await act(payment, 'pay');
    const paid = await read(payment);
    expect(paid).toMatchObject({ state: 'paid', providerState: 'paid', checkoutUrl: null });
    expect(paid.captures).toEqual([
      { captureId: payment.providerId, state: 'completed', amount: payment.amount },
    ]);
    expect(paid.paidAt).toBeInstanceOf(Date);
  });

  it.each([
    ['decline', 'failed'],
    ['cancel', 'canceled'],
    ['expire', 'expired'],
  ])('ends when the payer chose %s: %s', async (action, state) => {
    const payment = await create();
    await act(payment, action);
    expect(await read(payment)).toMatchObject({ state, checkoutUrl: null, captures: [] });
  });

  it.each([
    ['processing', 'processing', 0],
    ['completed', 'paid', 1],
  ])('knows the word %s', async (word, state, captures) => {
    const payment = await create({ payMethods: ['direct-debit'] });
    await moveTo('processing', payment);
    if (word === 'completed') {
      await moveTo('paid', payment);
      await moveTo(word, payment);
    }
    const now = await read(payment);
    expect(now).toMatchObject({ state, providerState: word });
    expect(now.captures).toHaveLength(captures);
  });
});

describe('canceling a payment', () => {
  it('cancels it, and once more without complaint', async () => {
    const payment = await create();
    expect(await cancel(payment)).toMatchObject({ outcome: 'done', value: { state: 'canceled' } });
    expect(await cancel(payment)).toMatchObject({ outcome: 'done', value: { state: 'canceled' } });
    expect((await read(payment)).state).toBe('canceled');
  });

  it.each(['pay', 'decline', 'expire'])(
    'is finally refused after the payer chose %s',
    async (action) => {
      const payment = await create();
      await act(payment, action);
      const before = await read(payment);
      expect(await cancel(payment)).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'final' },
      });
      expect(await read(payment)).toEqual(before);
    },
  );
});

describe('looking for a payment', () => {
  it('is sure when it was never made', async () => {
    const asked = order();
    await misbehave('POST', 'drop_before');
    expect(await provider.payments.create(asked)).toMatchObject({ outcome: 'unknown' });
    expect(await find(asked.reference)).toMatchObject({ outcome: 'not_found' });
    expect(await callsSeen(sandbox)).toEqual(['POST /payments', 'GET /payments?limit=100']);
  });

  it('reads as many pages as it takes', async () => {
    const first = await create();
    for (let i = 0; i < 205; i++) await create();
    await forgetCalls();
    expect(await find(first.reference ?? '')).toMatchObject({
      outcome: 'done',
      value: { providerId: first.providerId },
    });
    expect(await callsSeen(sandbox)).toHaveLength(3);
  });
});

describe('trouble with a create', () => {
  it('a limit on calls is a promise that nothing was done', async () => {
    await misbehave('POST', 'rate_limit', { retry_after_seconds: 9 });
    const asked = order();
    expect(await provider.payments.create(asked)).toMatchObject({
      outcome: 'not_sent',
      retryAfterS: 9,
    });
    expect(await find(asked.reference)).toMatchObject({ outcome: 'not_found' });
  });

  it('a key that is no longer accepted is for the owner of the account', async () => {
    await misbehave('POST', 'unauthorized');
    expect(await provider.payments.create(order())).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'merchant' },
    });
  });
});

describe('the account', () => {
  it('is checked by its key', async () => {
    expect(await provider.check()).toEqual({ outcome: 'done', value: null });
    const stranger = configure(sandbox, 'pp_wrong');
    const refused = { outcome: 'refused', refusal: { kind: 'merchant' } };
    expect(await stranger.check()).toMatchObject(refused);
    expect(await stranger.payments.create(order())).toMatchObject(refused);
    expect(await stranger.payments.read('PP1')).toMatchObject(refused);
  });

  it("names the id that PayPro's support asks for", async () => {
    const result = await provider.payments.read('PPNEVERGIVEN00');
    expect(textAt(valueAt(result, 'trouble'), 'reference')).toMatch(/\S/);
  });
});

describe('the log', () => {
  it('holds a line for every call and nothing secret', async () => {
    const before = lines.length;
    await cancel(await create());
    await find('pay_whoever');
    await configure(sandbox, 'pp_wrong').check();
    const purposes = lines.slice(before).map(({ purpose }) => purpose);
    expect(purposes.slice(0, 2)).toEqual(['create', 'cancel']);
    expect(new Set(purposes.slice(2, -1))).toEqual(new Set(['find']));
    expect(purposes.at(-1)).toBe('check');
    const text = JSON.stringify(lines);
    for (const secret of [KEY, 'pp_wrong', 'cursor', 'limit=', 'Two chairs', 'shop.example']) {
      expect(text).not.toContain(secret);
    }
  });
});
