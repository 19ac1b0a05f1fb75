import { PAYPAL, startTestApp, type TestApp } from './app';
import { type Answer, eventually } from './http';
import { moveOperation, newestOperation, uuidOf } from './integration-parts';
import { type CallMatch, type ScriptedProxy, startScriptedProxy } from './integration-proxy';
import * as payments from './payments';
import { textOf } from './read';
import { type Fault, type Gateway, sandboxOf } from './sandbox';

export const CREATE = { method: 'POST', path_contains: '/v2/checkout/orders' };
export const CAPTURE = { method: 'POST', path_contains: '/capture' };
export const READ = { method: 'GET', path_contains: '/v2/checkout/orders' };

/** The same calls as the proxy tells them apart. */
export const AT_PROXY = {
  capture: { method: 'POST', path: /\/capture$/ },
  read: { method: 'GET', path: /\/v2\/checkout\/orders\// },
} satisfies Record<string, CallMatch>;

/** PayPal's words for an order that it does not know. */
export const ORDER_GONE = {
  status: 404,
  body: {
    name: 'RESOURCE_NOT_FOUND',
    message: 'The specified resource does not exist.',
    debug_id: 'f1e2d3c4b5a69',
    details: [{ issue: 'INVALID_RESOURCE_ID' }],
  },
};

export interface LossyWorld {
  readonly app: TestApp;
  readonly proxy: ScriptedProxy;
  close(): Promise<void>;
}

/** The app with the proxy between it and PayPal; `paypal_now` forgets orders at once (no window to agree). */
export async function startLossyWorld(): Promise<LossyWorld> {
  const proxy = await startScriptedProxy();
  try {
    const app = await startTestApp({
      settings: (sandboxUrl) => {
        const address = `${proxy.before(sandboxUrl)}/paypal`;
        return {
          PROVIDERS: 'paypal,paypro,paypal_now',
          PAYPAL__BASE_URL: address,
          PAYPAL_NOW__TYPE: 'paypal',
          PAYPAL_NOW__CLIENT_ID: PAYPAL.clientId,
          PAYPAL_NOW__CLIENT_SECRET: PAYPAL.secret,
          PAYPAL_NOW__MODE: 'sandbox',
          PAYPAL_NOW__BASE_URL: address,
          PAYPAL_NOW__APPROVAL_WINDOW_HOURS: '0',
        };
      },
    });
    return { app, proxy, close: () => app.close().finally(() => proxy.close()) };
  } catch (error) {
    await proxy.close();
    throw error;
  }
}

/** Out of the sweeper's sight, as in the seconds before its turn. */
export async function hide(app: TestApp, id: string): Promise<void> {
  const pause = `next_attempt_at = now() + interval '1 hour'`;
  await moveOperation(app, id, `${pause}, lease_until = now() - interval '1 second'`);
}

/** The payment of a command whose outcome nobody knows; it is left alone until a test goes on. */
export async function lost(app: TestApp, answer: Answer): Promise<string> {
  payments.expectStatus(answer, 202);
  const id = textOf(answer.body, 'id');
  await hide(app, id);
  return id;
}

export function failNext(
  app: TestApp,
  gateway: Gateway,
  fault: { readonly kind: string; readonly match: Fault['match']; readonly times?: number },
): Promise<unknown> {
  const { kind, match = {}, times = 1 } = fault;
  return sandboxOf(app).fault(gateway, { kind, times, match });
}

/** A capture that PayPal never got. */
export async function lostCapture(app: TestApp, changes: object = {}): Promise<string> {
  const { id } = await payments.makePressed(app, 'paypal', 'pay', changes);
  await failNext(app, 'paypal', { kind: 'drop_before', match: CAPTURE });
  return lost(app, await payments.command(app, id, 'approve'));
}

/** Lets the sweeper have its turn, until it made so many attempts and gave up for now. */
export async function sweptTo(app: TestApp, id: string, attempts: number) {
  await moveOperation(app, id, 'next_attempt_at = now()');
  return eventually(
    () => newestOperation(app, id),
    (seen) => seen?.['attempts'] === attempts && seen['is_leased'] === false,
  );
}

/** What the ledger holds for a payment, and the provider's own ledger. */
export async function moneyOf(app: TestApp, id: string) {
  const sql = 'SELECT cause_id FROM customers.ledger_transactions WHERE payment_id = $1';
  const booked = await app.query(sql, [uuidOf(id)]);
  return { booked: booked.length, taken: (await sandboxOf(app).ledgerOf(id)).length };
}

export const ONCE = { booked: 1, taken: 1 };
