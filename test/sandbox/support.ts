import { isList } from '../../src/sandbox/http/json';
import {
  type RunningSandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/start-sandbox';
import { type Receiver, startReceiver } from './receiver';
import { linkOf, type Reply, send, text } from './reply.wire';

export const ACCOUNT = { clientId: 'client-one', secret: 'secret-one' };
export const OTHER_ACCOUNT = { clientId: 'client-two', secret: 'secret-two' };
export const KEY = 'pp_0123456789abcdefghijABCDEFGHIJ01';
export const OTHER_KEY = 'pp_anotheranotheranotheranother0001';

export function start(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  return startSandbox({
    host: '127.0.0.1',
    port: 0,
    paypalAccounts: [ACCOUNT, OTHER_ACCOUNT],
    payproKeys: [KEY, OTHER_KEY],
    ...options,
  });
}

export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Reply>;

const json = { 'content-type': 'application/json' };

function sender(base: string, fixed: Record<string, string>): Send {
  return (method, path, body, headers = {}) =>
    send(base + path, {
      method,
      headers: { ...json, ...fixed, ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
}

export function tokenCall(url: string, { clientId, secret } = ACCOUNT): Promise<Reply> {
  return send(`${url}/paypal/v1/oauth2/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
}

export async function paypalClient(url: string, account = ACCOUNT): Promise<Send> {
  const { body } = await tokenCall(url, account);
  return sender(`${url}/paypal`, { authorization: `Bearer ${text(body['access_token'])}` });
}

export function payproClient(url: string, key = KEY): Send {
  return sender(`${url}/paypro`, { authorization: `Bearer ${key}` });
}

export function control(url: string): Send {
  return sender(`${url}/_sandbox`, {});
}

/** Presses a button of a pay page. */
export function press(pageUrl: string, action: string): Promise<Reply> {
  return send(pageUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ action }).toString(),
  });
}

export function anOrder(changes: object = {}): Record<string, unknown> {
  return {
    intent: 'CAPTURE',
    purchase_units: [
      { amount: { currency_code: 'EUR', value: '12.50' }, custom_id: 'our-1', invoice_id: 'INV-1' },
    ],
    application_context: {
      return_url: 'http://shop.test/back?cart=7&x=a%20b',
      cancel_url: 'http://shop.test/cancel',
    },
    ...changes,
  };
}

export function aUnit(value: unknown, currency: unknown = 'EUR', more: object = {}): object {
  return { purchase_units: [{ amount: { currency_code: currency, value }, ...more }] };
}

/** A payment of PayPal's Payments v1. */
export function aSale(changes: object = {}, total: unknown = '12.50', currency: unknown = 'EUR') {
  return {
    intent: 'sale',
    payer: { payment_method: 'paypal' },
    transactions: [{ amount: { total, currency }, custom: 'our-1', invoice_number: 'INV-1' }],
    redirect_urls: {
      return_url: 'http://shop.test/back?cart=7&x=a%20b',
      cancel_url: 'http://shop.test/cancel',
    },
    ...changes,
  };
}

export function aPayment(changes: object = {}): Record<string, unknown> {
  return {
    amount: 1250,
    currency: 'EUR',
    description: 'Two books',
    return_url: 'http://shop.test/back?order=7',
    cancel_url: 'http://shop.test/cancel?order=7',
    metadata: { order_id: 'our-1' },
    ...changes,
  };
}

/** An order that the payer has agreed to and that is captured. */
export async function captured(call: Send, changes: object = {}) {
  const { body } = await call('POST', '/v2/checkout/orders', anOrder(changes));
  await press(linkOf(body, 'approve'), 'pay');
  const orderId = text(body['id']);
  const done = await call('POST', `/v2/checkout/orders/${orderId}/capture`);
  const capture = done.body['purchase_units']?.['0']?.['payments']?.['captures']?.['0'];
  const id = text(capture?.['id']);
  return { orderId, id, path: `/v2/payments/captures/${id}` };
}

/** A payment of Payments v1 whose page the payer has left by one of its buttons. */
export async function approvedV1(call: Send, { action = 'pay', body = aSale() } = {}) {
  const { body: payment } = await call('POST', '/v1/payments/payment', body);
  const page = linkOf(payment, 'approval_url');
  const { headers } = await press(page, action);
  const id = text(payment['id']);
  const path = `/v1/payments/payment/${id}`;
  const back = new URL(headers.get('location') ?? page);
  return { id, path, page, back, payer: { payer_id: back.searchParams.get('PayerID') ?? '' } };
}

/** A sale of Payments v1: approved by the payer and carried out. */
export async function soldV1(call: Send, { action = 'pay', body = aSale() } = {}) {
  const payment = await approvedV1(call, { action, body });
  const done = await call('POST', `${payment.path}/execute`, payment.payer);
  const sale = done.body['transactions']?.['0']?.['related_resources']?.['0']?.['sale'];
  const id = text(sale?.['id']);
  return { payment, done, sale, id, path: `/v1/payments/sale/${id}` };
}

/** A payment at PayPro that somebody has paid. */
export async function paid(call: Send, changes: object = {}) {
  const { body } = await call('POST', '/payments', aPayment(changes));
  await press(text(body['_links']?.['checkout']), 'pay');
  const id = text(body['id']);
  return { id, path: `/payments/${id}` };
}

/** The movements that speak of an id. */
export async function ledgerOf(url: string, id: string): Promise<unknown[]> {
  const entries: unknown = JSON.parse((await control(url)('GET', '/ledger')).text);
  if (!isList(entries)) throw new Error('the ledger is a list');
  return entries.filter((entry) => JSON.stringify(entry).includes(id));
}

/** A simulator and the shop that one gateway tells what happens. */
export interface ShopWorld {
  sandbox: RunningSandbox;
  manage: Send;
  shop: Receiver;
  close(): Promise<void>;
}

export async function startWithShop(gateway: 'paypal' | 'paypro'): Promise<ShopWorld> {
  const sandbox = await start();
  const manage = control(sandbox.url);
  const shop = await startReceiver();
  const account = gateway === 'paypal' ? ACCOUNT.clientId : KEY;
  await manage('POST', '/webhooks', { gateway, account, url: shop.url });
  const close = async (): Promise<void> => {
    await sandbox.close();
    await shop.close();
  };
  return { sandbox, manage, shop, close };
}
