import { PAYPRO_KEY, type TestApp } from './app';
import { type Answer, call } from './http';
import * as payments from './payments';
import { pressOnPayPage } from './pay-page';
import { textOf } from './read';

/** The bank account of PayPro's documentation. */
export const IBAN = 'NL91 ABNA 0417 1643 00';
export const ACCOUNT = { iban: IBAN, account_holder_name: 'S. de Vries' };

/** Asks the simulated PayPro as another program with our key would. */
export function asPaypro(
  app: TestApp,
  {
    method,
    path,
    body,
  }: { readonly method: string; readonly path: string; readonly body?: object },
): Promise<Answer> {
  return call({ url: app.sandboxUrl }, method, `/paypro${path}`, { key: PAYPRO_KEY, body });
}

/** A customer of `keys.user` that no other test knows. */
export async function newCustomer(app: TestApp): Promise<string> {
  const made = await call(app, 'POST', '/api/customers', {
    key: app.keys.user,
    body: { name: 'Sanne de Vries' },
  });
  payments.expectStatus(made, 201);
  return textOf(made.body, 'id');
}

export function askForMandate(
  app: TestApp,
  customer: string,
  {
    body = ACCOUNT,
    headers = {},
  }: { body?: object; headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const path = `/api/customers/${customer}/mandates`;
  return call(app, 'POST', path, { key: app.keys.user, body, headers });
}

/** An approved direct-debit mandate of a bank account. */
export async function makeMandate(app: TestApp, customer: string): Promise<string> {
  const made = await askForMandate(app, customer);
  payments.expectStatus(made, 201);
  return textOf(made.body, 'id');
}

/** The mandate that a first payment by card leaves; charging it takes the money at once. */
export async function makeCardMandate(app: TestApp, customer: string): Promise<string> {
  const wish = { customer, setup_mandate: true, pay_methods: ['creditcard'] };
  const { id, checkoutUrl } = await payments.makePayment(app, 'paypro', wish);
  await pressOnPayPage(checkoutUrl, 'pay');
  const paid = await payments.command(app, id, 'approve');
  payments.expectStatus(paid, 200);
  return textOf(paid.body, 'mandate');
}

export interface Charge {
  readonly customer: string;
  readonly mandate: string;
}

interface Changes {
  readonly headers?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A payment that is charged on a mandate; without the addresses that nobody is sent to. */
export function charge(
  app: TestApp,
  { customer, mandate }: Charge,
  { headers = {}, ...changes }: Changes = {},
): Promise<Answer> {
  const body = { amount: 1000, currency: 'EUR', customer, mandate, provider: 'paypro', ...changes };
  return call(app, 'POST', '/api/payments', { key: app.keys.user, body, headers });
}
