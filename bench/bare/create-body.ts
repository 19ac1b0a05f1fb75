import { type JsonObject } from '../../src/shared/json';
import { Refused } from './refused';

const FIELDS = new Set(
  (
    'amount currency provider customer description return_url cancel_url pay_methods metadata ' +
    'setup_mandate mandate locale auto_approve'
  ).split(' '),
);
/** Currencies that PayPal takes with cents; the bench uses no other. */
const CURRENCIES = new Set(
  'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD'.split(' '),
);
const AMOUNT_MAX = 999_999_999_999;
const METADATA_BYTES_MAX = 8 * 1024;

export interface CreateBody {
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly description: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly metadata: JsonObject;
  readonly locale: string | null;
}

/** Checks by hand what the bench's requests hold; what only other requests would hold is refused. */
export function readCreateBody(body: unknown): CreateBody {
  if (!isObject(body)) throw new Refused(400, 'Send an object.');
  for (const name of Object.keys(body)) {
    if (!FIELDS.has(name)) throw new Refused(422, `There is no field ${name}.`);
  }
  const { amount, currency, customer, provider } = body;
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount < 1 || amount > AMOUNT_MAX)
    throw new Refused(422, 'Send an amount in minor units.');
  if (typeof currency !== 'string' || !CURRENCIES.has(currency))
    throw new Refused(422, 'Send a currency.');
  if (typeof customer !== 'string') throw new Refused(422, 'Send a customer.');
  if (provider !== 'paypal') throw new Refused(422, 'Send paypal as the provider.');
  if (body['pay_methods'] || body['setup_mandate'] || body['mandate'] || body['auto_approve'])
    throw new Refused(422, 'The bare server makes plain payments only.');
  return {
    amount,
    currency,
    customer,
    description: text(body['description'], 255),
    returnUrl: url(body['return_url']),
    cancelUrl: url(body['cancel_url']),
    metadata: metadata(body['metadata']),
    locale: text(body['locale'], 35),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown, max: number): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && value.length <= max && !value.includes('\0')) return value;
  throw new Refused(422, `Send a text of at most ${max} characters.`);
}

function url(value: unknown): string | null {
  const found = text(value, 2_000);
  if (found === null) return null;
  if (!/^https?:\/\/[^@]+$/.test(found) || !URL.canParse(found) || found.includes('paymentId='))
    throw new Refused(422, 'Send an absolute URL.');
  return found;
}

function metadata(value: unknown): JsonObject {
  if (value === undefined || value === null) return {};
  if (isObject(value) && JSON.stringify(value).length <= METADATA_BYTES_MAX) return value;
  throw new Refused(422, 'Send a small object as metadata.');
}
