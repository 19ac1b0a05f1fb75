import fc from 'fast-check';
import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';

/** Enough to reach every rule of the fields; a failure prints the seed and the smallest body. */
const RUNS = 300;
const SEED = Number(process.env['KASSA_TEST_SEED'] ?? Date.now() % 2 ** 31);

const PAYMENT_FIELDS = [
  'amount',
  'currency',
  'provider',
  'customer',
  'description',
  'return_url',
  'cancel_url',
  'pay_methods',
  'metadata',
  'setup_mandate',
  'mandate',
  'locale',
  'auto_approve',
];
const CUSTOMER_FIELDS = ['name', 'email', 'country', 'vat_number', 'locale', 'metadata', 'owners'];

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('EUR', 'USD', 'HUF', 'paypal', 'paypro', 'nl-NL', 'https://shop.example/a?b#c'),
);
const anyValue = fc.oneof(
  anyText,
  fc.integer(),
  fc.integer({ min: 1, max: 999_999_999_999 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(anyText, { maxLength: 5 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Mostly known fields with strange values, sometimes unknown ones. */
function bodies(fields: readonly string[], good: object) {
  const key = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...fields) }, anyText);
  const changes = fc.dictionary(key, anyValue, { maxKeys: 5 });
  const changed = changes.map((some) => ({ ...good, ...some }));
  return fc.oneof({ weight: 3, arbitrary: changed }, changes, fc.jsonValue({ maxDepth: 5 }));
}

describe(`random bodies (KASSA_TEST_SEED=${SEED})`, () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  async function neverFails(path: string, body: unknown): Promise<void> {
    const { status, text } = await call(app, 'POST', path, { key: app.keys.staff, body });
    if (status >= 500) throw new Error(`${status}: ${text}`);
  }

  it('make a payment or are refused, and never fail', async () => {
    const arbitrary = bodies(PAYMENT_FIELDS, payments.paymentBody(app, { provider: 'paypal' }));
    const property = fc.asyncProperty(arbitrary, (body) => neverFails('/api/payments', body));
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });

  it('make a customer or are refused, and never fail', async () => {
    const arbitrary = bodies(CUSTOMER_FIELDS, { name: 'Walter' });
    const property = fc.asyncProperty(arbitrary, (body) => neverFails('/api/customers', body));
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });

  it('broke no promise', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
