import { type TestApp } from './app';
import { valueAt } from '../../src/shared/json';
import { type Answer, call, eventually } from './http';
import { type PayAction, pressOnPayPage } from './pay-page';
import { listOf, textOf } from './read';

export const RETURN_URL = 'https://shop.example/return';
export const CANCEL_URL = 'https://shop.example/cancel';

export type Provider = 'paypal' | 'paypro';

/** A body for `POST /api/payments` that either provider takes. */
export function paymentBody(app: TestApp, changes: object = {}): object {
  return {
    amount: 1000,
    currency: 'EUR',
    customer: app.customers.user,
    description: 'Order 1234',
    return_url: RETURN_URL,
    cancel_url: CANCEL_URL,
    ...changes,
  };
}

export interface Made {
  readonly id: string;
  readonly checkoutUrl: string;
  readonly providerId: string;
}

/** A payment that waits for its payer. */
export async function makePayment(
  app: TestApp,
  provider: string,
  changes: object = {},
): Promise<Made> {
  const made = await create(app, { provider, ...changes });
  expectStatus(made, 201);
  return {
    id: textOf(made.body, 'id'),
    checkoutUrl: textOf(made.body, 'checkout_url'),
    providerId: textOf(made.body, 'provider_payment_id'),
  };
}

/** The same after the payer pressed a button. */
export async function makePressed(
  app: TestApp,
  provider: string,
  action: PayAction,
  changes: object = {},
): Promise<Made> {
  const made = await makePayment(app, provider, changes);
  await pressOnPayPage(made.checkoutUrl, action);
  return made;
}

export async function makePaid(app: TestApp, provider: string): Promise<Made> {
  const made = await makePressed(app, provider, 'pay');
  expectStatus(await command(app, made.id, 'approve'), 200);
  return made;
}

/** A payment at PayPal whose money is held. */
export async function makeHeld(
  app: TestApp,
  changes: object = {},
  action: PayAction = 'pay',
): Promise<Made> {
  const made = await makePressed(app, 'paypal', action, { capture_method: 'manual', ...changes });
  expectStatus(await command(app, made.id, 'approve'), 200);
  return made;
}

export function create(
  app: TestApp,
  changes: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const body = paymentBody(app, changes);
  return call(app, 'POST', '/api/payments', { key: app.keys.user, body, headers });
}

export function show(app: TestApp, id: string): Promise<Answer> {
  return call(app, 'GET', `/api/payments/${id}`, { key: app.keys.user });
}

export function command(
  app: TestApp,
  id: string,
  verb: 'approve' | 'capture' | 'reauthorize' | 'cancel' | 'refresh',
  options: { readonly body?: object; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  return call(app, 'POST', `/api/payments/${id}/${verb}`, { key: app.keys.user, ...options });
}

/** What the timeline tells, as `kind: what`, oldest first. */
export async function story(app: TestApp, id: string): Promise<readonly string[]> {
  const told = await call(app, 'GET', `/api/payments/${id}/timeline`, { key: app.keys.user });
  expectStatus(told, 200);
  return listOf(told.body, 'data').map((one) => `${textOf(one, 'kind')}: ${textOf(one, 'what')}`);
}

/** The provider's id of the only capture. */
export async function captureIdOf(app: TestApp, id: string): Promise<string> {
  const told = await call(app, 'GET', `/api/payments/${id}/timeline`, { key: app.keys.user });
  const facts = listOf(told.body, 'data').filter((one) => textOf(one, 'kind') === 'fact');
  const fact = facts.find((one) => textOf(one, 'what').startsWith('capture '));
  return textOf(fact, 'details', 'ref');
}

/** As if the pause before the sweeper's next look were over; nobody waits in real time for that. */
export async function endPauses(app: TestApp): Promise<void> {
  await app.query(
    `UPDATE payments.operations SET next_attempt_at = now()
     WHERE state = 'unsettled' AND lease_until <= now() AND next_attempt_at > now()`,
  );
}

/** The payment once the sweeper has settled what was unsettled, pauses left out. */
export function settled(app: TestApp, id: string): Promise<Answer> {
  return eventually(
    async () => {
      await endPauses(app);
      return show(app, id);
    },
    ({ body }) => valueAt(body, 'operation') === null,
  );
}

/** Fails with the whole answer, which says more than two numbers. */
export function expectStatus(answer: Answer, ...statuses: readonly number[]): void {
  if (statuses.includes(answer.status)) return;
  throw new Error(`expected ${statuses.join(' or ')}, got ${answer.status}: ${answer.text}`);
}

/** A refusal as documented: its status and code, and a sentence. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  const { status: seen, body } = answer;
  expect({ status: seen, body }).toMatchObject({ status, body: { code, status } });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(textOf(body, 'detail')).toMatch(/^.{10,}[.!?)]$/s);
}
