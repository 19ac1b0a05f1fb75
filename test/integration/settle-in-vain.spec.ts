import { startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/http';
import { hide, lost, lostCapture, READ, sweptTo } from '../support/integration-lost';
import { moveOperation, newestOperation, uuidOf } from '../support/integration-parts';
import { type ScriptedProxy, startScriptedProxy } from '../support/integration-proxy';
import * as mandates from '../support/mandates';
import * as payments from '../support/payments';
import { textOf } from '../support/read';
import * as reviews from '../support/reviews';
import { type Fault, type Gateway, sandboxOf } from '../support/sandbox';

const SEND = { method: 'POST', path_contains: '/payments' };
const LIST = { method: 'GET', path_contains: '/payments' };
const DELETE = { method: 'DELETE' };
const LIST_AT_PROXY = { method: 'GET', path: /\/payments\?/ };

/** As PayPro listed payments in 2023: any of them could be ours. */
const WITHOUT_METADATA = listed({ id: 'PPAB12CD34EF56' });

/** A list of one open payment. */
function listed({ id, reference }: { readonly id: string; readonly reference?: string }) {
  const metadata = reference === undefined ? {} : { metadata: { kassa_payment: reference } };
  const money = { amount: 1000, currency: 'EUR', created_at: new Date().toISOString() };
  return {
    status: 200,
    body: { data: [{ id, state: 'open', ...money, ...metadata }], _links: {} },
  };
}

/** As many attempts as a day brings. */
const OFTEN = 30;
const DAY = 24;
const WEEK = 7 * DAY;

interface Trouble {
  readonly gateway: Gateway;
  readonly kind: string;
  readonly match: NonNullable<Fault['match']>;
}

describe('an operation of which the provider does not say what became', () => {
  let app: TestApp;
  let proxy: ScriptedProxy;
  beforeAll(async () => {
    proxy = await startScriptedProxy();
    app = await startTestApp({
      settings: (sandboxUrl) => ({ PAYPRO__BASE_URL: `${proxy.before(sandboxUrl)}/paypro` }),
    });
  });
  afterAll(async () => {
    await app?.close();
    await proxy?.close();
  });
  afterEach(async () => {
    proxy.forget();
    await sandboxOf(app).dropFaults();
  });

  const fault = ({ gateway, kind, match }: Trouble, times = 1) =>
    sandboxOf(app).fault(gateway, { kind, match, times });

  const older = (id: string, hours: number, attempts = OFTEN) =>
    moveOperation(
      app,
      id,
      `attempts = ${attempts}, first_sent_at = first_sent_at - interval '${hours} hours'`,
    );

  async function lostCreate(): Promise<string> {
    await fault({ gateway: 'paypro', kind: 'drop_before', match: SEND });
    return lost(app, await payments.create(app, { provider: 'paypro' }));
  }

  async function lostCancel(): Promise<string> {
    const { id } = await payments.makePayment(app, 'paypro');
    await fault({ gateway: 'paypro', kind: 'drop_before', match: DELETE });
    return lost(app, await payments.command(app, id, 'cancel'));
  }

  const lists = { gateway: 'paypro', match: LIST } as const;
  const orders = { gateway: 'paypal', match: READ } as const;
  const cancels = { gateway: 'paypro', match: DELETE } as const;

  it.each([
    [WEEK, 'a create whose list cannot be read', lostCreate, { ...lists, kind: 'garbage' }, []],
    [
      DAY,
      'a capture whose order has a state that nobody knows',
      () => lostCapture(app),
      { ...orders, kind: 'unknown_state' },
      ['payment.approval_failed'],
    ],
    [
      WEEK,
      'a capture at an account that lets nobody in',
      () => lostCapture(app),
      { ...orders, kind: 'unauthorized' },
      ['payment.approval_failed'],
    ],
    [
      WEEK,
      'a cancel that is answered with nonsense',
      lostCancel,
      { ...cancels, kind: 'garbage' },
      ['payment.cancellation_failed'],
    ],
    [
      WEEK,
      'a cancel at an account that lets nobody in',
      lostCancel,
      { ...cancels, kind: 'unauthorized' },
      ['payment.cancellation_failed'],
    ],
  ])('waits for a person after %s hours, and not before: %s', async (...row) => {
    const [hours, , lose, trouble, told] = row;
    const id = await lose();
    await fault(trouble, 9);
    await older(id, hours - 1);
    expect(await sweptTo(app, id, OFTEN + 1)).toMatchObject({ state: 'unsettled' });
    expect(await failuresOf(id)).toEqual([]);
    await hide(app, id);
    await older(id, 2);
    expect(await sweptTo(app, id, OFTEN + 1)).toMatchObject({ state: 'needs_review' });
    expect(await failuresOf(id)).toEqual(told);
  });

  it('is tried for hours first where nobody tried for days, because we were away', async () => {
    const id = await lostCapture(app);
    await fault({ ...orders, kind: 'unknown_state' }, 9);
    await older(id, WEEK, 6);
    expect(await sweptTo(app, id, 7)).toMatchObject({ state: 'unsettled' });
    await hide(app, id);
    expect(await sweptTo(app, id, 8)).toMatchObject({ state: 'needs_review' });
  });

  it('is looked at once more where we were away, however often it was tried before', async () => {
    const id = await lostCapture(app);
    await fault({ ...orders, kind: 'unknown_state' }, 9);
    await older(id, WEEK);
    await moveOperation(app, id, `next_attempt_at = now() - interval '2 days'`);
    const looked = await eventually(
      () => newestOperation(app, id),
      (seen) => seen?.['attempts'] === OFTEN + 1 && seen['is_leased'] === false,
    );
    expect(looked).toMatchObject({ state: 'unsettled' });
    await hide(app, id);
    expect(await sweptTo(app, id, OFTEN + 2)).toMatchObject({ state: 'needs_review' });
  });

  async function failuresOf(id: string): Promise<readonly string[]> {
    const sql = `SELECT type FROM platform.events WHERE subject_id = $1 AND type LIKE '%_failed'`;
    return (await app.query(sql, [uuidOf(id)])).map((row) => textOf(row, 'type'));
  }

  it('is a create that no list can show: after a day a person may say that it failed', async () => {
    const id = await lostCreate();
    proxy.answer(LIST_AT_PROXY, WITHOUT_METADATA, 2);
    await older(id, DAY + 1);
    expect(await sweptTo(app, id, OFTEN + 1)).toMatchObject({
      state: 'needs_review',
      error_code: 'metadata_missing',
    });
    expect(await reviews.resolve(app, id, { decision: 'failed' })).toMatchObject({
      status: 200,
      body: { state: 'refused', payment_state: 'failed' },
    });
  });

  it('is a charge that no list can show: it may have taken money, and has not failed', async () => {
    const customer = await mandates.newCustomer(app);
    const mandate = await mandates.makeCardMandate(app, customer);
    await fault({ gateway: 'paypro', kind: 'drop_after', match: SEND });
    const id = await lost(app, await mandates.charge(app, { customer, mandate }));
    proxy.answer(LIST_AT_PROXY, WITHOUT_METADATA, 2);
    await older(id, DAY + 1);
    expect(await sweptTo(app, id, OFTEN + 1)).toMatchObject({ state: 'needs_review' });
    const refused = await reviews.resolve(app, id, { decision: 'failed' });
    payments.expectProblem(refused, 409, 'provider_cannot_tell');
    payments.expectProblem(
      await reviews.resolve(app, id, { decision: 'failed' }),
      409,
      'provider_shows_it',
    );
  });

  it('is one that our own defects keep from being recorded: after a week it waits, too', async () => {
    const { providerId } = await payments.makePayment(app, 'paypro');
    const id = await lostCreate();
    // PayPro shows, under our reference, a payment that another one of ours holds.
    proxy.answer(LIST_AT_PROXY, listed({ id: providerId, reference: id }), 2);
    await older(id, WEEK - 1);
    expect(await sweptTo(app, id, OFTEN + 1)).toMatchObject({ state: 'unsettled' });
    await hide(app, id);
    await older(id, 2);
    expect(await sweptTo(app, id, OFTEN + 1)).toMatchObject({
      state: 'needs_review',
      error_code: 'unexpected_error',
    });
  });
});
