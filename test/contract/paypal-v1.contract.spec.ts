import { type PaymentProvider, type ProviderPayment } from '../../src/providers/payment-provider';
import { type PayPalDialect } from '../../src/providers/paypal/paypal.dialects';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { pressOnPayPage } from '../support/pay-page';
import { anOrder, controlOf, done, openPayPal, press, startPayPal } from './paypal.support';

/** What Payments v1 does unlike Orders v2, and what becomes of payments of both in one account. */

const CREATE = '/v1/payments/payment';

let sandbox: RunningSandbox;
let paypal: PaymentProvider;
let control: ReturnType<typeof controlOf>;

beforeAll(async () => {
  sandbox = await startPayPal();
  control = controlOf(sandbox.url);
});

beforeEach(async () => {
  paypal = open('payments_v1');
  await control.reset();
});

afterAll(() => sandbox.close());

describe('Payments v1', () => {
  it('brings the payer back with its own ids, and with the token alone after canceling', async () => {
    const { created, checkoutUrl } = await create();
    expect(created.providerId).toMatch(/^PAYID-[A-Z0-9]{24}$/);
    expect(created.token).toMatch(/^EC-[A-Z0-9]{17}$/);
    const canceled = await pressOnPayPage(checkoutUrl, 'cancel');
    expect(parametersOf(canceled)).toEqual([['token', created.token]]);
    const agreed = await pressOnPayPage(checkoutUrl, 'pay');
    const { payerId } = done(await paypal.payments.read(created.providerId));
    expect(parametersOf(agreed)).toEqual([
      ['paymentId', created.providerId],
      ['token', created.token],
      ['PayerID', payerId],
    ]);
  });

  it('promises nothing about a repeated create', async () => {
    await control.fault('POST', CREATE, { kind: 'drop_after' });
    expect(await paypal.payments.create(anOrder())).toMatchObject({ outcome: 'unknown' });
    const { repeat, findByReference } = paypal.capabilities;
    expect({ createMs: repeat.createMs, findByReference }).toEqual({
      createMs: 0,
      findByReference: false,
    });
  });

  it.each([{ returnUrl: null }, { cancelUrl: null }])(
    'is not asked for a payment with %j',
    async (changes) => {
      expect(await paypal.payments.create(anOrder(changes))).toMatchObject({
        outcome: 'refused',
        refusal: { kind: 'request', code: 'return_urls_missing' },
      });
      expect(await control.calls()).toEqual([]);
    },
  );

  it('is not asked to execute what was executed before', async () => {
    const { created, capture } = await create();
    await press(created, 'pay');
    const paid = await captureNow(paypal, capture);
    await control.reset();
    const again = await captureNow(paypal, { ...capture, key: `${capture.key}-2` });
    expect(again.captures).toEqual(paid.captures);
    expect(await control.calls()).toEqual([`GET ${CREATE}/${capture.providerId}`]);
  });

  it('is asked to execute with the payer whom it shows', async () => {
    const { created, capture } = await create();
    await press(created, 'pay');
    await control.reset();
    await captureNow(paypal, capture);
    expect(await control.calls()).toEqual([
      `GET ${CREATE}/${capture.providerId}`,
      `POST ${CREATE}/${capture.providerId}/execute ${capture.key}`,
    ]);
  });
});

describe('an account whose dialect was changed', () => {
  it.each<[PayPalDialect, PayPalDialect]>([
    ['orders_v2', 'payments_v1'],
    ['payments_v1', 'orders_v2'],
  ])('finishes payments of %s while it speaks %s', async (before, after) => {
    const { created, capture } = await create(open(before));
    await press(created, 'pay');
    const changed = open(after);
    expect(done(await changed.payments.read(created.providerId)).payerAgreed).toBe(true);
    expect(await captureNow(changed, capture)).toMatchObject({ state: 'paid' });
    expect(await control.moneyIn(capture.providerId)).toHaveLength(1);
  });
});

function open(dialect: PayPalDialect): PaymentProvider {
  return openPayPal(sandbox.url, [], { API: dialect });
}

async function create(provider = paypal) {
  const order = anOrder();
  const created = done(await provider.payments.create(order));
  const { providerId, checkoutUrl } = created;
  if (checkoutUrl === null) throw new Error('the payer has nowhere to go');
  return {
    created,
    checkoutUrl,
    capture: { providerId, key: `${order.key}-c`, amount: order.amount },
  };
}

async function captureNow(
  { payments }: PaymentProvider,
  order: Awaited<ReturnType<typeof create>>['capture'],
): Promise<ProviderPayment> {
  const result = await payments.capture?.(order);
  if (!result) throw new Error('the adapter cannot capture');
  return done(result);
}

function parametersOf({ location }: { location: string | null }): readonly [string, string][] {
  return [...new URL(location ?? '').searchParams];
}
