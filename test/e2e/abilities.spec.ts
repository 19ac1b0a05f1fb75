import { readId } from '../../src/shared/id';
import { textAt } from '../../src/shared/json';
import {
  type Account,
  ACCOUNTS,
  changesSent,
  declaredBy,
  madeFor,
  moneyOf,
  settingsOf,
} from '../support/abilities';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call, eventually } from '../support/http';
import { listen, notificationsOf } from '../support/notifications';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

/** What each account declares at `GET /api/providers` is done; what it does not declare is refused unsent. */

type Proof = (account: Account) => Promise<void>;

let app: TestApp;
let sandbox: ReturnType<typeof sandboxOf>;

beforeAll(async () => {
  app = await startTestApp({ settings: settingsOf });
  sandbox = sandboxOf(app);
  await listen(app);
});

afterEach(() => sandbox.dropFaults());
afterAll(() => app?.close());

/** One proof for each word that an account can declare. */
const PROOFS: Readonly<Record<string, Proof>> = {
  'approve: capture': async ({ name }) => {
    const { id, providerId } = await payments.makePressed(app, name, 'pay');
    expect(await sandbox.ledgerOf(providerId)).toEqual([]);
    payments.expectStatus(await payments.command(app, id, 'approve'), 200);
    expect(await moneyOf(app, providerId)).toBe('capture 10.00');
  },
  'approve: read_back': async ({ name }) => {
    const { id, providerId } = await payments.makePressed(app, name, 'pay');
    expect(await moneyOf(app, providerId)).toBe('capture 10.00');
    await sandbox.clearCalls();
    const approved = await payments.command(app, id, 'approve');
    expect(textOf(approved.body, 'state')).toBe('paid');
    expect(await changesSent(app)).toEqual([]);
  },
  'cancel: provider': async ({ name }) => {
    const { id, providerId, checkoutUrl } = await payments.makePayment(app, name);
    const canceled = await payments.command(app, id, 'cancel');
    expect(canceled.body).toMatchObject({ state: 'canceled', canceled_via: 'provider' });
    await expectUnpayable(checkoutUrl, providerId);
  },
  'cancel: local': async ({ name }) => {
    const { id, providerId, checkoutUrl } = await payments.makePayment(app, name);
    await sandbox.clearCalls();
    const canceled = await payments.command(app, id, 'cancel');
    expect(canceled.body).toMatchObject({ state: 'canceled', canceled_via: 'local' });
    await pressOnPayPage(checkoutUrl, 'pay');
    payments.expectStatus(await payments.command(app, id, 'approve'), 409);
    expect(await changesSent(app)).toEqual([]);
    expect(await sandbox.ledgerOf(providerId)).toEqual([]);
  },
  'holds: true': async ({ name }) => {
    const wish = { capture_method: 'manual' };
    const { id, providerId } = await payments.makePressed(app, name, 'pay', wish);
    const held = await payments.command(app, id, 'approve');
    expect(held.body).toMatchObject({ state: 'authorized', captured_amount: 0 });
    expect(await sandbox.ledgerOf(providerId)).toEqual([]);
    payments.expectStatus(
      await payments.command(app, id, 'capture', { body: { amount: 250 } }),
      200,
    );
    expect(await moneyOf(app, providerId)).toBe('capture 2.50');
    const rest = await payments.command(app, id, 'cancel');
    expect(rest.body).toMatchObject({ state: 'paid', canceled_via: 'void' });
    expect(await moneyOf(app, providerId)).toBe('capture 2.50');
  },
  'holds: false': (account) => expectRefused(account, { capture_method: 'manual' }),
  'refund: true': async ({ name, gateway }) => {
    const { id, providerId } = await payments.makePaid(app, name);
    await sandbox.clearCalls();
    const path = `/api/payments/${id}/refunds`;
    const made = await call(app, 'POST', path, { key: app.keys.user, body: { amount: 250 } });
    payments.expectStatus(made, 201);
    expect((await changesSent(app)).map((sent) => sent.path)).toEqual([
      expect.stringMatching(/\/refunds?$/),
    ]);
    // PayPro's goes its way over days; PayPal's is there at once.
    if (gateway === 'paypal')
      expect(await moneyOf(app, providerId)).toBe('capture 10.00,refund 2.50');
  },
  'refund: false': async ({ name }) => {
    const { id } = await payments.makePaid(app, name);
    await sandbox.clearCalls();
    const refused = await call(app, 'POST', `/api/payments/${id}/refunds`, {
      key: app.keys.user,
      body: {},
    });
    payments.expectProblem(refused, 422, 'unsupported_by_provider');
    expect(await changesSent(app)).toEqual([]);
  },
  'setup_mandate: true': async ({ name }) => {
    expect(await makeMandate(name)).toMatch(/^MD/);
  },
  'setup_mandate: false': (account) => expectRefused(account, { setup_mandate: true }),
  // Whether a mandate is sent with its customer is another rule, and no other rule sends anything.
  'mandate: false': async ({ name }) => {
    await sandbox.clearCalls();
    const asked = [{}, { customer: undefined }].map(async (changes) => {
      const body = payments.paymentBody(app, {
        provider: name,
        mandate: 'MD6ULYXJ4HP9RJ',
        ...changes,
      });
      const refused = await call(app, 'POST', '/api/payments', { key: app.keys.staff, body });
      payments.expectStatus(refused, 422);
      return textOf(refused.body, 'code');
    });
    expect(await Promise.all(asked)).toContain('unsupported_by_provider');
    expect(await changesSent(app)).toEqual([]);
  },
  'mandate: true': async ({ name, createPath }) => {
    const mandate = await makeMandate(name);
    await sandbox.clearCalls();
    const made = await payments.create(app, { provider: name, mandate });
    payments.expectStatus(made, 201);
    expect((await changesSent(app)).map(({ path }) => path)).toEqual([createPath]);
    expect(await madeFor(app, textOf(made.body, 'id'))).toBe(1);
    expect(textOf(made.body, 'state')).toMatch(/^(?:processing|paid)$/);
  },
  'customers: true': async ({ name }) => {
    const made = await call(app, 'POST', '/api/customers', {
      key: app.keys.user,
      body: { name: 'Maude', email: `maude-${name}@example.com` },
    });
    const customer = textOf(made.body, 'id');
    await sandbox.clearCalls();
    await payments.makePayment(app, name, { customer });
    const paths = (await changesSent(app)).map(({ path }) => path);
    expect(paths).toEqual(['/customers', '/payments']);
  },
  'customers: false': async ({ name, createPath }) => {
    await sandbox.clearCalls();
    await payments.makePayment(app, name);
    expect((await changesSent(app)).map(({ path }) => path)).toEqual([createPath]);
  },
  'pay_method_limits: true': async (account) => {
    const listed = await payMethods(account.name);
    payments.expectStatus(listed, 200);
    expect(listOf(listed.body, 'data')).not.toHaveLength(0);
    await expectRefused(account, { pay_methods: ['ideal'], amount: 5_000_001 });
  },
  'pay_method_limits: false': async ({ name }) => {
    await sandbox.clearCalls();
    payments.expectProblem(await payMethods(name), 422, 'unsupported_by_provider');
    expect((await sandbox.calls()).filter(({ path }) => path.includes('methods'))).toEqual([]);
  },
  'notifications: true': async ({ name }) => {
    const { providerId } = await payments.makePressed(app, name, 'pay');
    await eventually(
      () => notificationsOf(app, providerId),
      (heard) => heard.some(({ state }) => state === 'applied'),
    );
  },
  'notifications: false': async ({ name }) => {
    await sandbox.clearCalls();
    const told = await call(app, 'POST', `/api/notifications/${name}`, { body: { id: 'EV1' } });
    payments.expectProblem(told, 404, 'notifications_not_configured');
    expect(await changesSent(app)).toEqual([]);
  },
  'find_by_reference: true': async (account) => {
    await loseAnswer(account, 'drop_after');
    const reads = (await sandbox.calls()).filter(
      ({ method, path }) => method === 'GET' && path.startsWith(account.createPath),
    );
    expect(reads).not.toHaveLength(0);
  },
  'find_by_reference: false': async (account) => {
    await loseAnswer(account, 'drop_after');
    const lists = (await sandbox.calls()).filter(
      ({ method, path }) => method === 'GET' && path === account.createPath,
    );
    expect(lists).toEqual([]);
  },
  'return_ids: ours': async ({ name }) => {
    const { id, back } = await comeBack(name);
    expect(back.getAll('paymentId')).toEqual([id]);
  },
  'return_ids: theirs': async ({ name }) => {
    const { id, providerId, back } = await comeBack(name);
    expect(back.getAll('paymentId')).toEqual([providerId]);
    expect([...back.values()]).not.toContain(id);
  },
  'needs_return_urls: true': (account) =>
    expectRefused(account, { return_url: undefined, cancel_url: undefined }),
  'needs_return_urls: false': async ({ name }) => {
    await payments.makePayment(app, name, { return_url: undefined, cancel_url: undefined });
  },
  'repeat.create_s: some': async (account) => {
    const creates = await loseAnswer(account, 'drop_after');
    expect(creates.length).toBeGreaterThan(1);
    expect(new Set(creates.map(({ requestId }) => requestId)).size).toBe(1);
  },
  'repeat.create_s: none': async (account) => {
    expect(await loseAnswer(account, 'drop_after')).toHaveLength(1);
  },
  'repeat.capture_s: some': async ({ name }) => {
    const { id, providerId } = await payments.makePressed(app, name, 'pay');
    await sandbox.clearCalls();
    await sandbox.fault('paypal', { kind: 'drop_before', match: { method: 'POST' } });
    payments.expectStatus(await payments.command(app, id, 'approve'), 202);
    expect(textOf((await payments.settled(app, id)).body, 'state')).toBe('paid');
    const sent = await changesSent(app);
    expect(sent.length).toBeGreaterThan(1);
    expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(1);
    expect(await moneyOf(app, providerId)).toBe('capture 10.00');
  },
  'repeat.capture_s: none': async ({ name }) => {
    const { id } = await payments.makePressed(app, name, 'pay');
    await sandbox.clearCalls();
    payments.expectStatus(await payments.command(app, id, 'approve'), 200);
    expect(await changesSent(app)).toEqual([]);
  },
  'repeat.cancel_s: some': async ({ name, gateway }) => {
    const { id, providerId, checkoutUrl } = await payments.makePayment(app, name);
    await sandbox.clearCalls();
    await sandbox.fault(gateway, { kind: 'drop_before', match: { method: 'DELETE' } });
    await payments.command(app, id, 'cancel');
    expect(textOf((await payments.settled(app, id)).body, 'state')).toBe('canceled');
    expect((await changesSent(app)).length).toBeGreaterThan(1);
    await expectUnpayable(checkoutUrl, providerId);
  },
  'repeat.cancel_s: none': async ({ name }) => {
    const { id } = await payments.makePayment(app, name);
    await sandbox.clearCalls();
    payments.expectStatus(await payments.command(app, id, 'cancel'), 200);
    expect(await changesSent(app)).toEqual([]);
  },
  'approval_window_s: some': async ({ name }) => {
    expect(await stateAfterWindow(name)).toEqual(['open', 'expired']);
  },
  'approval_window_s: none': async ({ name }) => {
    const { id } = await payments.makePayment(app, name);
    await makeOlder(id);
    expect(textOf((await payments.command(app, id, 'refresh')).body, 'state')).toBe('open');
  },
};

const NAMES = [...new Set(Object.keys(PROOFS).map((proof) => proof.split(':')[0] ?? ''))];

describe.each(ACCOUNTS)('the account $name', (account) => {
  it.each(NAMES)('is as good as its word about %s', async (name) => {
    const word = (await declaredBy(app, account.name)).get(name);
    const proof = PROOFS[`${name}: ${String(word)}`];
    if (!proof) throw new Error(`nothing proves "${name}: ${String(word)}"`);
    await proof(account);
  });

  it('declares nothing that is not looked at here', async () => {
    expect([...(await declaredBy(app, account.name)).keys()].sort()).toEqual([...NAMES].sort());
  });

  it('takes each currency and pay method that it lists, and no other', async () => {
    const listed = await call(app, 'GET', `/api/providers`, { key: app.keys.staff });
    const shown = listOf(listed.body, 'data').find((one) => textOf(one, 'id') === account.name);
    for (const currency of listOf(shown, 'currencies')) {
      const code = textOf(currency, 'currency');
      await payments.makePayment(app, account.name, { currency: code, amount: 10_000 });
    }
    await expectRefused(account, { currency: 'KWD' });
    await expectRefused(account, { pay_methods: ['barter'] });
  });
});

it('keeps the promises of every answer', () => {
  expect(brokenPromises(app)).toEqual([]);
});

/** 422, nothing sent, nothing stored. */
async function expectRefused({ name }: Account, changes: object): Promise<void> {
  const count = async () => (await app.query('SELECT count(*) FROM payments.payments'))[0];
  const before = await count();
  await sandbox.clearCalls();
  const refused = await payments.create(app, { provider: name, ...changes });
  payments.expectProblem(refused, 422, 'unsupported_by_provider');
  expect(await changesSent(app)).toEqual([]);
  expect(await count()).toEqual(before);
}

/** The id of the mandate that a paid payment left behind. */
async function makeMandate(provider: string): Promise<string> {
  const { id } = await payments.makePressed(app, provider, 'pay', { setup_mandate: true });
  return textOf((await payments.command(app, id, 'approve')).body, 'mandate');
}

/** The creates that were sent for one payment whose answer got lost; the gateway holds it once. */
async function loseAnswer({ name, gateway, createPath }: Account, kind: string) {
  // Its customer is made before, so that the fault hits nothing else.
  await payments.makePayment(app, name);
  await sandbox.clearCalls();
  await sandbox.fault(gateway, { kind, match: { method: 'POST', path_contains: createPath } });
  const made = await payments.create(app, { provider: name });
  payments.expectStatus(made, 202);
  const id = textOf(made.body, 'id');
  const words = await declaredBy(app, name);
  const isFound =
    words.get('find_by_reference') === 'true' || words.get('repeat.create_s') === 'some';
  // Nobody holds the link of a payment that cannot be found: after a day it is given up.
  if (!isFound) await makeCreateOlder(id);
  const { body } = await payments.settled(app, id);
  expect(textOf(body, 'state')).toBe(isFound ? 'open' : 'failed');
  expect(await madeFor(app, id)).toBe(1);
  return (await changesSent(app)).filter(({ path }) => path === createPath);
}

/** What the payer's browser brings back. */
async function comeBack(provider: string) {
  const made = await payments.makePayment(app, provider);
  const { location } = await pressOnPayPage(made.checkoutUrl, 'pay');
  return { ...made, back: new URL(location ?? '').searchParams };
}

async function expectUnpayable(checkoutUrl: string, providerId: string): Promise<void> {
  expect((await pressOnPayPage(checkoutUrl, 'pay')).status).toBeGreaterThanOrEqual(400);
  expect(await sandbox.ledgerOf(providerId)).toEqual([]);
}

function payMethods(account: string): Promise<Answer> {
  return call(app, 'GET', `/api/providers/${account}/pay-methods`, { key: app.keys.user });
}

/** A payment that is gone at the provider, looked at before and after the time that the payer has. */
async function stateAfterWindow(provider: string): Promise<readonly (string | null)[]> {
  const { id } = await payments.makePressed(app, provider, 'expire');
  const stateNow = async () => {
    await payments.command(app, id, 'refresh');
    return textAt((await payments.show(app, id)).body, 'state');
  };
  const early = await stateNow();
  await makeOlder(id);
  return [early, await stateNow()];
}

/** As if it had been made four days ago, which is more than any window. */
async function makeOlder(id: string): Promise<void> {
  const sql = `UPDATE payments.payments SET created_at = now() - interval '4 days' WHERE id = $1`;
  await app.query(sql, [readId('pay', id)]);
}

async function makeCreateOlder(id: string): Promise<void> {
  const sql = `UPDATE payments.operations SET first_sent_at = now() - interval '25 hours' WHERE payment_id = $1`;
  await app.query(sql, [readId('pay', id)]);
}
