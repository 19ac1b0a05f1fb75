import { textAt } from '../../src/shared/json';
import { type PaymentProvider } from '../../src/providers/payment-provider';
import { type MandateOps, type MandateOrder } from '../../src/providers/provider-parts';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { act, callsSeen, configure, control, done, order, startPaypro } from './paypro.support';
import { askedAfter } from './suite/patience';

let sandbox: RunningSandbox;
let provider: PaymentProvider;
let mandates: MandateOps;

beforeAll(async () => {
  sandbox = await startPaypro();
});

afterAll(() => sandbox.close());

beforeEach(async () => {
  // Fresh ones, so that no test meets the circuit breaker of another.
  provider = configure(sandbox);
  if (!provider.mandates) throw new Error('PayPro has mandates');
  mandates = provider.mandates;
  await control(sandbox, { method: 'DELETE', path: 'calls' });
});

const NAMELESS = {
  ...{ email: null, firstName: null, lastName: null, companyName: null, address: null },
  ...{ postal: null, city: null, country: null, vatNumber: null, phoneNumber: null },
};

async function newCustomer(): Promise<string> {
  const made = await provider.customers?.create(NAMELESS);
  if (!made) throw new Error('PayPro has customers');
  return done(made).providerCustomer;
}

const wish = (providerCustomer: string, changes: Partial<MandateOrder> = {}): MandateOrder => ({
  providerCustomer,
  iban: 'NL91ABNA0417164300',
  accountHolderName: 'S. de Vries',
  ...changes,
});

const make = async (customer: string) => done(await mandates.create(wish(customer)));

/** The next call of this method about mandates misbehaves once. */
async function misbehave(method: string, kind: string, path_contains = '/mandates'): Promise<void> {
  const body = { gateway: 'paypro', match: { method, path_contains }, times: 1, kind };
  await control(sandbox, { method: 'POST', path: 'faults', body });
}

/** A first payment of a customer that has been paid, and the mandate that it left. */
async function signed(payMethod: string) {
  const providerCustomer = await newCustomer();
  const first = { providerCustomer, setupMandate: true, payMethods: [payMethod] };
  const payment = done(await provider.payments.create(order(first)));
  expect(payment.mandate).toBeNull();
  await act(payment, 'pay');
  const { mandate } = done(await provider.payments.read(payment.providerId));
  return { providerCustomer, mandateId: mandate ?? '' };
}

const charge = (mandate: string) =>
  order({ mandate, providerCustomer: 'CUIGNORED00000', payMethods: [] });

describe('a mandate at PayPro', () => {
  it('is made of a bank account, and can be read and listed', async () => {
    const customer = await newCustomer();
    const made = await make(customer);
    expect(made).toMatchObject({
      state: 'approved',
      providerState: 'approved',
      providerCustomer: customer,
      payMethod: 'direct-debit',
    });
    expect(made.createdAt).toBeInstanceOf(Date);
    expect(done(await mandates.read(made.mandateId))).toEqual(made);
    const second = await make(customer);
    expect(done(await mandates.list(customer))).toEqual([second, made]);
  });

  it.each([
    ['ideal', 'direct-debit'],
    ['creditcard', 'creditcard'],
  ])('comes from a first payment by %s, for %s', async (first, later) => {
    const { providerCustomer, mandateId } = await signed(first);
    expect(done(await mandates.list(providerCustomer))).toMatchObject([
      { mandateId, state: 'approved', payMethod: later },
    ]);
  });

  it('shows a state that nobody knows as unknown', async () => {
    const { mandateId } = await make(await newCustomer());
    await misbehave('GET', 'unknown_state');
    expect(done(await mandates.read(mandateId))).toMatchObject({ state: 'unknown' });
  });

  it('is listed over more pages than one, or not at all', async () => {
    const customer = await newCustomer();
    for (let count = 0; count < 101; count++) await make(customer);
    expect(done(await mandates.list(customer))).toHaveLength(101);
    await misbehave('GET', 'garbage', 'cursor=');
    expect(await mandates.list(customer)).toMatchObject({ outcome: 'unknown' });
  });

  it('is refused for a customer and an account that PayPro does not take', async () => {
    const refused = { outcome: 'refused', refusal: { kind: 'request', code: 'invalid_request' } };
    expect(await mandates.create(wish('CUNEVERGIVEN00'))).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'provider_customer_unknown' },
    });
    const odd = wish(await newCustomer(), { iban: 'NL00' });
    expect(await mandates.create(odd)).toMatchObject(refused);
  });

  it('is not found where PayPro never gave it, nor are those of nobody', async () => {
    expect(await mandates.read('MDNEVERGIVEN00')).toMatchObject({ outcome: 'not_found' });
    expect(await mandates.list('CUNEVERGIVEN00')).toMatchObject({ outcome: 'not_found' });
  });

  it.each([
    ['drop_before', 'unknown'],
    ['drop_after', 'unknown'],
    ['hang_after', 'unknown'],
    ['error_before', 'unknown'],
    ['error_after', 'unknown'],
    ['garbage', 'unknown'],
    ['unauthorized', 'refused'],
    ['rate_limit', 'not_sent'],
  ])('is sent once, with %s: %s', async (kind, outcome) => {
    const customer = await newCustomer();
    await control(sandbox, { method: 'DELETE', path: 'calls' });
    await misbehave('POST', kind);
    const asked = askedAfter(kind, () => mandates.create(wish(customer)));
    expect(await asked).toMatchObject({ outcome });
    expect(await callsSeen(sandbox)).toEqual(['POST /mandates']);
  });
});

describe('a charge on a mandate at PayPro', () => {
  it('is paid at once by card, without a pay page', async () => {
    const { mandateId, providerCustomer } = await signed('creditcard');
    const asked = charge(mandateId);
    const charged = done(await provider.payments.create(asked));
    expect(charged).toMatchObject({
      state: 'paid',
      checkoutUrl: null,
      reference: asked.reference,
      mandate: mandateId,
      providerCustomer,
      captures: [{ captureId: charged.providerId, state: 'completed', amount: asked.amount }],
    });
    expect(await callsSeen(sandbox)).toContain('POST /payments');
  });

  it('is on its way by direct debit, and found by our reference', async () => {
    const asked = charge((await make(await newCustomer())).mandateId);
    const charged = done(await provider.payments.create(asked));
    expect(charged).toMatchObject({ state: 'processing', captures: [], checkoutUrl: null });
    const search = { reference: asked.reference, createdAfter: new Date(Date.now() - 60_000) };
    expect(await provider.payments.find?.(search)).toEqual({ outcome: 'done', value: charged });
  });

  it('takes the money twice when it is sent twice', async () => {
    const { mandateId } = await signed('creditcard');
    const asked = charge(mandateId);
    const first = done(await provider.payments.create(asked));
    expect(done(await provider.payments.create(asked)).providerId).not.toBe(first.providerId);
    expect(provider.capabilities.repeat.createMs).toBe(0);
  });

  it('is refused on a mandate that is not approved', async () => {
    const { mandateId } = await make(await newCustomer());
    const path = `paypro/mandates/${mandateId}`;
    await control(sandbox, { method: 'POST', path, body: { state: 'pending' } });
    expect(done(await mandates.read(mandateId))).toMatchObject({ state: 'pending' });
    expect(await provider.payments.create(charge(mandateId))).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request' },
    });
  });

  it('that PayPro makes by itself names its subscription or plan', async () => {
    const { mandateId, providerCustomer } = await signed('creditcard');
    const path = `paypro/mandates/${mandateId}/payments`;
    const made = await control(sandbox, { method: 'POST', path, body: { amount: 900 } });
    const shown = done(await provider.payments.read(textAt(made, 'id') ?? ''));
    expect(shown).toMatchObject({
      state: 'paid',
      reference: null,
      providerCustomer,
      mandate: mandateId,
      installmentPlan: null,
    });
    expect(shown.subscription).toMatch(/^PS/);
  });
});
