import { type CustomerDetails, type CustomerOps } from '../../src/providers/provider-parts';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { callsSeen, configure, control, done, KEY, order, startPaypro } from './paypro.support';
import { askedAfter } from './suite/patience';

let sandbox: RunningSandbox;
let customers: CustomerOps;

beforeAll(async () => {
  sandbox = await startPaypro();
});

afterAll(() => sandbox.close());

beforeEach(async () => {
  // Fresh ones, so that no test meets the circuit breaker of another.
  customers = opsWith(KEY);
  await control(sandbox, { method: 'DELETE', path: 'calls' });
});

function opsWith(key: string): CustomerOps {
  const { customers: ops } = configure(sandbox, key);
  if (!ops) throw new Error('PayPro has customers');
  return ops;
}

const SANNE: CustomerDetails = {
  email: 'sanne@example.com',
  firstName: 'Sanne',
  lastName: 'de Vries',
  companyName: null,
  address: 'Keizersgracht 1',
  postal: '1015 CN',
  city: 'Amsterdam',
  country: 'NL',
  vatNumber: null,
  phoneNumber: '+31 20 123 4567',
};

const NOBODY: CustomerDetails = {
  ...SANNE,
  ...{ email: null, firstName: null, lastName: null, address: null, postal: null },
  ...{ city: null, country: null, phoneNumber: null },
};

async function shown(id: string): Promise<unknown> {
  const headers = { Authorization: `Bearer ${KEY}` };
  const response = await fetch(`${sandbox.url}/paypro/customers/${id}`, { headers });
  return response.json();
}

const make = async (details = SANNE) => done(await customers.create(details)).providerCustomer;

/** The next call of this method about customers misbehaves once. */
async function misbehave(method: string, kind: string, more: object = {}): Promise<void> {
  const match = { method, path_contains: '/customers' };
  const body = { gateway: 'paypro', match, times: 1, kind, ...more };
  await control(sandbox, { method: 'POST', path: 'faults', body });
}

describe('a customer at PayPro', () => {
  it('is made with everything that is known', async () => {
    const id = await make();
    expect(id).toMatch(/^CU/);
    expect(await shown(id)).toMatchObject({
      email: 'sanne@example.com',
      first_name: 'Sanne',
      last_name: 'de Vries',
      company_name: null,
      address: 'Keizersgracht 1',
      postal: '1015 CN',
      city: 'Amsterdam',
      country: 'NL',
      vat_number: null,
      phone_number: '+31 20 123 4567',
    });
  });

  it('is made where nothing is known', async () => {
    expect(await shown(await make(NOBODY))).toMatchObject({ email: null, country: null });
  });

  it('pays', async () => {
    const providerCustomer = await make();
    const payment = done(await configure(sandbox).payments.create(order({ providerCustomer })));
    expect(payment.providerCustomer).toBe(providerCustomer);
  });

  it('is changed, and loses what is not known any more', async () => {
    const id = await make();
    done(await customers.update(id, { ...NOBODY, city: 'Utrecht' }));
    expect(await shown(id)).toMatchObject({ city: 'Utrecht', email: null, first_name: null });
    done(await customers.update(id, { ...NOBODY, city: 'Utrecht' }));
  });

  it('is made twice when it is sent twice, because PayPro recognises no repeat', async () => {
    expect(await make()).not.toBe(await make());
  });

  it('is refused with details that PayPro does not take', async () => {
    const odd = { ...SANNE, country: 'nl' };
    expect(await customers.create(odd)).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'invalid_request' },
    });
    expect(await customers.update(await make(), odd)).toMatchObject({ outcome: 'refused' });
  });

  it('is not found where PayPro never gave it', async () => {
    expect(await customers.update('CUNEVERGIVEN00', SANNE)).toMatchObject({ outcome: 'not_found' });
    expect(await callsSeen(sandbox)).toEqual(['PATCH /customers/CUNEVERGIVEN00']);
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
    const id = await make();
    await control(sandbox, { method: 'DELETE', path: 'calls' });
    await misbehave('POST', kind);
    expect(await askedAfter(kind, () => customers.create(SANNE))).toMatchObject({ outcome });
    await misbehave('PATCH', kind);
    expect(await askedAfter(kind, () => customers.update(id, SANNE))).toMatchObject({ outcome });
    expect(await callsSeen(sandbox)).toEqual(['POST /customers', `PATCH /customers/${id}`]);
  });

  it('is not made with a key that PayPro does not know', async () => {
    expect(await opsWith('pp_nobody').create(SANNE)).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'merchant' },
    });
  });
});
