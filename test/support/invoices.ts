import { readId } from '../../src/shared/id';
import { PAYPAL, type TestApp } from './app';
import { type Answer, call } from './http';
import { CANCEL_URL, expectStatus, RETURN_URL } from './payments';
import { textOf } from './read';

/** An issuer that the law is content with. */
export const ISSUER_SETTINGS = {
  INVOICE_ISSUER_NAME: 'Kassa BV',
  INVOICE_ISSUER_ADDRESS: 'Damrak 1',
  INVOICE_ISSUER_POSTAL: '1012 LG',
  INVOICE_ISSUER_CITY: 'Amsterdam',
  INVOICE_ISSUER_COUNTRY: 'NL',
  INVOICE_ISSUER_VAT_NUMBER: 'NL123456789B01',
  INVOICE_ISSUER_REGISTRATION_NUMBER: '12345678',
  INVOICE_ISSUER_IBAN: 'NL91ABNA0417164300',
};

export const ADDRESS = {
  address: 'Keizersgracht 1',
  postal: '1015 CN',
  city: 'Amsterdam',
  country: 'NL',
};

/** A month of a plan: EUR 100.00 and 21.00 VAT. */
export const PLAN_LINE = {
  description: 'Premium plan',
  quantity: '1',
  unit: 'month',
  unit_price: '100.00',
  vat_category: 'S',
  vat_rate: '21',
};

/** What Peppol needs of a customer besides: a VAT number to reach it by. */
export const REACHABLE = { vat_number: 'NL987654321B01' };

/** A customer of `keys.user` with an address. */
export async function newCustomer(app: TestApp, changes: object = {}): Promise<string> {
  const body = { name: 'Walter Lebowski', ...ADDRESS, ...changes };
  const made = await call(app, 'POST', '/api/customers', { key: app.keys.user, body });
  expectStatus(made, 201);
  return textOf(made.body, 'id');
}

interface Sent {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function draft(app: TestApp, changes: object = {}, sent: Sent = {}): Promise<Answer> {
  const body = { customer: app.customers.user, currency: 'EUR', lines: [PLAN_LINE], ...changes };
  return call(app, 'POST', '/api/invoices', { key: app.keys.staff, body, ...sent });
}

export function command(
  app: TestApp,
  id: string,
  verb: 'issue' | 'credit' | 'pay',
  { body = {}, ...sent }: Sent & { readonly body?: object } = {},
): Promise<Answer> {
  return call(app, 'POST', `/api/invoices/${id}/${verb}`, { key: app.keys.staff, body, ...sent });
}

export function show(app: TestApp, id: string, key = app.keys.staff): Promise<Answer> {
  return call(app, 'GET', `/api/invoices/${id}`, { key });
}

export async function makeDraft(app: TestApp, changes: object = {}): Promise<string> {
  const made = await draft(app, changes);
  expectStatus(made, 201);
  return textOf(made.body, 'id');
}

/** An issued invoice of EUR 121.00, unless the changes say otherwise. */
export async function makeIssued(app: TestApp, changes: object = {}): Promise<string> {
  const id = await makeDraft(app, changes);
  expectStatus(await command(app, id, 'issue'), 200);
  return id;
}

/** What a shop sends to have an invoice paid. */
export const payBody = (provider = 'paypal') => ({
  provider,
  return_url: RETURN_URL,
  cancel_url: CANCEL_URL,
});

/** The UUID behind `inv_…`. */
export function invoiceUuid(id: string): string {
  const uuid = readId('inv', id);
  if (uuid === null) throw new Error(`${id} is no invoice's id`);
  return uuid;
}

/** Types of the events of an invoice, oldest first. */
export async function eventsOf(app: TestApp, id: string): Promise<readonly unknown[]> {
  const rows = await app.query(
    'SELECT type FROM platform.events WHERE subject_id = $1 ORDER BY subject_seq, id',
    [invoiceUuid(id)],
  );
  return rows.map(({ type }) => type);
}

/** What the customer's balance is in EUR, in minor units; 0 where nothing was booked. */
export async function balanceOf(app: TestApp, customer: string): Promise<number> {
  const shown = await call(app, 'GET', `/api/customers/${customer}`, { key: app.keys.staff });
  expectStatus(shown, 200);
  const [row] = await app.query(
    `SELECT coalesce(sum(e.amount_minor), 0)::int AS minor FROM customers.ledger_entries e
     WHERE e.customer_id = $1 AND e.currency = 'EUR'`,
    [readId('cus', customer)],
  );
  return Number(row?.['minor']);
}

/** A capture at PayPal that nobody of us sent: the merchant's own, in the dashboard. */
export async function captureElsewhere(app: TestApp, orderId: string): Promise<void> {
  const at = `${app.sandboxUrl}/paypal`;
  const basic = Buffer.from(`${PAYPAL.clientId}:${PAYPAL.secret}`).toString('base64');
  const asked = await fetch(`${at}/v1/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const token = textOf(await asked.json(), 'access_token');
  const taken = await fetch(`${at}/v2/checkout/orders/${orderId}/capture`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  if (!taken.ok) throw new Error(`no capture: ${await taken.text()}`);
}

/** Gives the customer of `keys.user` an address, which the law asks for. */
export async function completeCustomer(app: TestApp): Promise<void> {
  const path = `/api/customers/${app.customers.user}`;
  expectStatus(await call(app, 'PATCH', path, { key: app.keys.user, body: ADDRESS }), 200);
}
