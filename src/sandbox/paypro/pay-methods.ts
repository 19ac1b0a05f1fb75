import { type Answer } from '../http/answer';
import { type JsonObject } from '../http/json';
import { type Sandbox } from '../sandbox';

interface PayMethod {
  name: string;
  minimum: number;
  maximum: number;
}

/** The account's pay methods. The limits of iDEAL and direct debit are documented; the others are ours. */
export const PAY_METHODS: ReadonlyMap<string, PayMethod> = new Map([
  ['ideal', { name: 'iDEAL', minimum: 10, maximum: 5_000_000 }],
  ['bancontact', { name: 'Bancontact', minimum: 10, maximum: 1_000_000 }],
  ['creditcard', { name: 'Credit card', minimum: 100, maximum: 1_000_000 }],
  ['direct-debit', { name: 'Direct Debit', minimum: 10, maximum: 5_000_000 }],
  ['bank-transfer', { name: 'Bank transfer', minimum: 10, maximum: 5_000_000 }],
  ['paypal', { name: 'PayPal', minimum: 10, maximum: 1_000_000 }],
  ['klarna-paynow', { name: 'Sofort', minimum: 10, maximum: 500_000 }],
  ['afterpay', { name: 'Riverty', minimum: 500, maximum: 100_000 }],
]);

/** The API knows this one too, but the simulated account has not switched it on. */
export const DISABLED_PAY_METHODS = ['ideal-qr'];

/** `GET /pay_methods`: https://docs.paypro.nl/reference/api/pay-methods/ */
export function listPayMethods(sandbox: Sandbox): Answer {
  const data = [...PAY_METHODS].map(([id, { minimum, maximum }]) => ({
    ...payMethodView(id),
    currencies: ['EUR'],
    minimum_amount: minimum,
    maximum_amount: maximum,
    details: {},
  }));
  const links = { self: `${sandbox.publicUrl()}/paypro/pay_methods` };
  return { status: 200, body: { type: 'list', data, count: data.length, _links: links } };
}

export function payMethodView(id: string): JsonObject {
  return { id, type: 'pay_method', name: PAY_METHODS.get(id)?.name ?? id };
}
