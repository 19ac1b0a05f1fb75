import { valueAt } from '../../src/shared/json';
import { PAYPRO_KEY, startTestApp, type TestApp } from '../support/app';
import { bookedFor, chargebackIs, chargebackOf, takersOf, toldOf } from '../support/chargebacks';
import { call, eventually } from '../support/http';
import {
  appliedNotificationsOf,
  endJobPauses,
  listen,
  notificationsOf,
  runJob,
} from '../support/notifications';
import {
  captureIdOf,
  command,
  expectProblem,
  expectStatus,
  makePaid,
  makePressed,
  show,
  story,
} from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, numberOf, objectOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

let app: TestApp;
let sandbox: ReturnType<typeof sandboxOf>;
let takers: ReturnType<typeof takersOf>;

beforeAll(async () => {
  app = await startTestApp();
  sandbox = sandboxOf(app);
  takers = takersOf(app);
  await listen(app);
});

afterEach(() => sandbox.dropFaults());

afterAll(() => app.close());

/** A paid PayPal payment and the capture that took its money. */
async function paidAtPaypal() {
  const { id } = await makePaid(app, 'paypal');
  return { id, captureId: await captureIdOf(app, id) };
}

const balanceOf = async (): Promise<number> => {
  const path = `/api/customers/${app.customers.user}`;
  const seen = await call(app, 'GET', path, { key: app.keys.user });
  const euros = listOf(seen.body, 'balances').find((one) => textOf(one, 'currency') === 'EUR');
  return euros === undefined ? 0 : numberOf(euros, 'amount');
};

const stateOf = async (id: string) => textOf((await show(app, id)).body, 'state');

describe('a dispute at PayPal', () => {
  it('is open, on the timeline, an event, and takes nothing', async () => {
    const { id, captureId } = await paidAtPaypal();
    const before = await balanceOf();
    const dispute = await takers.dispute(captureId, { amount: '4.00', reason: 'UNAUTHORISED' });
    const shown = await chargebackIs(app, dispute, 'open');
    expect(shown).toMatchObject({
      type: 'chargeback',
      payment: id,
      provider: 'paypal',
      provider_state: 'OPEN',
      amount: 400,
      amount_decimal: '4.00',
      taken_amount: 0,
      currency: 'EUR',
      reason: 'UNAUTHORISED',
      conflict: null,
    });
    expect(textOf(shown, 'id')).toMatch(/^chg_[0-9a-z]{26}$/);
    expect(await toldOf(app, dispute)).toEqual(['chargeback.opened']);
    expect(await story(app, id)).toEqual(
      expect.arrayContaining(['fact: chargeback OPEN', 'chargeback: open']),
    );
    expect(await stateOf(id)).toBe('paid');
    expect([await balanceOf(), await bookedFor(app, dispute)]).toEqual([before, []]);
  });

  it('that is lost takes the money once, by its reversal', async () => {
    const { id, captureId } = await paidAtPaypal();
    const before = await balanceOf();
    const dispute = await takers.dispute(captureId, { amount: '4.00' });
    await chargebackIs(app, dispute, 'open');
    await takers.moveDispute(dispute, { outcome: 'RESOLVED_BUYER_FAVOUR' });
    const lost = await chargebackIs(app, dispute, 'lost');
    expect(lost).toMatchObject({ provider_state: 'RESOLVED_BUYER_FAVOUR', taken_amount: 0 });
    const path = `/api/payments/${id}/chargebacks`;
    const both = await eventually(
      async () => listOf((await call(app, 'GET', path, { key: app.keys.user })).body, 'data'),
      (all) => all.length === 2,
    );
    const reversal = both.find((one) => textOf(one, 'provider_chargeback_id') !== dispute);
    expect(reversal).toMatchObject({ state: 'lost', amount: 400, taken_amount: 400 });
    const reversalId = textOf(reversal, 'provider_chargeback_id');
    expect(await bookedFor(app, reversalId)).toEqual([`paypal:${reversalId} -400`]);
    expect(await bookedFor(app, dispute)).toEqual([]);
    expect(await balanceOf()).toBe(before - 400);
    expect(await toldOf(app, dispute)).toEqual(['chargeback.opened', 'chargeback.lost']);
    expect(await toldOf(app, reversalId)).toEqual(['chargeback.lost']);
    expect(await stateOf(id)).toBe('paid');
  });

  it('that is won leaves the money where it is', async () => {
    const { captureId } = await paidAtPaypal();
    const before = await balanceOf();
    const dispute = await takers.dispute(captureId);
    await chargebackIs(app, dispute, 'open');
    await takers.moveDispute(dispute, { status: 'UNDER_REVIEW' });
    await eventually(
      () => chargebackOf(app, dispute),
      (one) => valueAt(one, 'provider_state') === 'UNDER_REVIEW',
    );
    await takers.moveDispute(dispute, { outcome: 'RESOLVED_SELLER_FAVOUR' });
    await chargebackIs(app, dispute, 'won');
    expect(await toldOf(app, dispute)).toEqual(['chargeback.opened', 'chargeback.won']);
    expect([await balanceOf(), await bookedFor(app, dispute)]).toEqual([before, []]);
  });

  it('whose notifications come in the wrong order ends as the provider shows it', async () => {
    const { captureId } = await paidAtPaypal();
    const match = { event_type: 'CUSTOMER.DISPUTE.CREATED' };
    await takers.misnotify('paypal', 'notify_reorder', { match });
    const dispute = await takers.dispute(captureId);
    await takers.moveDispute(dispute, { outcome: 'RESOLVED_SELLER_FAVOUR' });
    await chargebackIs(app, dispute, 'won');
    const seen = await appliedNotificationsOf(app, dispute, 2);
    expect(seen.map(({ state }) => state)).toEqual(['applied', 'applied']);
    expect(await chargebackOf(app, dispute)).toMatchObject({ state: 'won' });
    expect((await toldOf(app, dispute)).at(-1)).toBe('chargeback.won');
  });
});

describe('a reversal at PayPal', () => {
  it('takes a part of the money, however often it is told', async () => {
    const { id, captureId } = await paidAtPaypal();
    const before = await balanceOf();
    const match = { event_type: 'PAYMENT.CAPTURE.REVERSED' };
    await takers.misnotify('paypal', 'notify_duplicate', { match });
    await takers.misnotify('paypal', 'notify_forge', { match });
    const reversal = await takers.reverse(captureId, { amount: '2.50' });
    const lost = await chargebackIs(app, reversal, 'lost');
    expect(lost).toMatchObject({ amount: 250, taken_amount: 250, provider_state: 'COMPLETED' });
    await appliedNotificationsOf(app, reversal);
    expect(await bookedFor(app, reversal)).toEqual([`paypal:${reversal} -250`]);
    expect(await balanceOf()).toBe(before - 250);
    const moves = (await story(app, id)).filter((line) => line === 'chargeback: lost');
    expect(moves).toHaveLength(1);
  });
});

describe('a chargeback at PayPro', () => {
  it('takes the money at once, and gives it back when it is reversed', async () => {
    const { id, providerId } = await makePaid(app, 'paypro');
    const before = await balanceOf();
    const chargeback = await takers.chargeBack(providerId, { amount: 300, reason: 'MD06' });
    const lost = await chargebackIs(app, chargeback, 'lost');
    expect(lost).toMatchObject({
      payment: id,
      provider_state: 'completed',
      amount: 300,
      taken_amount: 300,
      reason: 'MD06',
    });
    expect(await balanceOf()).toBe(before - 300);
    await takers.moveChargeback(chargeback, 'reversed');
    await lookAgainAt(chargeback);
    expect(await chargebackOf(app, chargeback)).toMatchObject({ state: 'won', taken_amount: 0 });
    expect(await bookedFor(app, chargeback)).toEqual([
      `paypro:${chargeback} -300`,
      `paypro:${chargeback}:2 300`,
    ]);
    expect(await balanceOf()).toBe(before);
    expect(await toldOf(app, chargeback)).toEqual(['chargeback.lost', 'chargeback.won']);
    expect(await stateOf(id)).toBe('paid');
  });

  it.each([
    ['completed', 'lost', -1000],
    ['reversed', 'won', 0],
  ])('that is open is looked at again, and is %s: %s', async (word, state, change) => {
    const { providerId } = await makePaid(app, 'paypro');
    const before = await balanceOf();
    const chargeback = await takers.chargeBack(providerId, { state: 'pending' });
    await chargebackIs(app, chargeback, 'open');
    expect(await balanceOf()).toBe(before);
    await takers.moveChargeback(chargeback, word);
    for (let look = 0; look < 2; look++) await lookAgainAt(chargeback);
    expect(await chargebackOf(app, chargeback)).toMatchObject({ state });
    expect(await balanceOf()).toBe(before + change);
    expect(await toldOf(app, chargeback)).toEqual(['chargeback.opened', `chargeback.${state}`]);
  });

  it('whose payment we did not know to be paid is booked all the same', async () => {
    const made = await makePressed(app, 'paypro', 'pay_no_return');
    const chargeback = await takers.chargeBack(made.providerId);
    await chargebackIs(app, chargeback, 'lost');
    expect(await bookedFor(app, chargeback)).toEqual([`paypro:${chargeback} -1000`]);
  });

  it('in a word that nobody knows is kept, shown, and moves no money', async () => {
    const { id, providerId } = await makePaid(app, 'paypro');
    await sandbox.fault('paypro', {
      kind: 'unknown_state',
      match: { method: 'GET', path_contains: '/chargebacks/' },
    });
    const chargeback = await takers.chargeBack(providerId);
    const odd = await chargebackIs(app, chargeback, 'open');
    expect(odd).toMatchObject({ conflict: 'unknown_state', taken_amount: 0 });
    expect(odd['provider_state']).not.toBe('completed');
    expect(await bookedFor(app, chargeback)).toEqual([]);
    expect(app.log).toContainEqual(
      expect.objectContaining({ level: 'warn', payment: id, problem: 'unknown_state' }),
    );
    await lookAgainAt(chargeback);
    expect(await chargebackOf(app, chargeback)).toMatchObject({ state: 'lost', conflict: null });
    expect(await bookedFor(app, chargeback)).toEqual([`paypro:${chargeback} -1000`]);
  });

  it('that cannot be asked about at first is asked about again', async () => {
    const { providerId } = await makePaid(app, 'paypro');
    const match = { method: 'GET', path_contains: '/chargebacks/' };
    await sandbox.fault('paypro', { kind: 'error_before', match });
    const chargeback = await takers.chargeBack(providerId);
    await chargebackIs(app, chargeback, 'lost');
    expect(await bookedFor(app, chargeback)).toHaveLength(1);
  });

  it('of a payment that is none of ours is tried again, and then left to people', async () => {
    const chargeback = await takers.chargeBack(await foreignPayment());
    const [tried] = await eventually(
      () => notificationsOf(app, chargeback),
      ([one]) => (one?.error ?? null) !== null,
    );
    expect(tried).toMatchObject({ state: 'pending' });
    expect(tried?.error).toMatch(/^No payment/);
    await app.query(
      `UPDATE providers.notifications SET created_at = created_at - interval '25 hours' WHERE $1 = ANY(object_ids)`,
      [chargeback],
    );
    await eventually(
      async () => {
        await endJobPauses(app);
        return notificationsOf(app, chargeback);
      },
      ([one]) => one?.state === 'unmatched',
    );
    expect(await chargebackOf(app, chargeback)).toBeNull();
    expect(await bookedFor(app, chargeback)).toEqual([]);
  });

  /** A payment that somebody made at the gateway by hand, and that was paid. */
  async function foreignPayment(): Promise<string> {
    const body = { amount: 500, currency: 'EUR', description: 'By hand', pay_methods: ['ideal'] };
    const there = { url: app.sandboxUrl };
    const made = await call(there, 'POST', '/paypro/payments', { key: PAYPRO_KEY, body });
    expectStatus(made, 201);
    const id = textOf(made.body, 'id');
    await sandbox.setPayproState(id, 'paid');
    return id;
  }
});

describe('who may see a chargeback', () => {
  let chargeback: string;
  let id: string;
  let payment: string;
  beforeAll(async () => {
    const made = await makePaid(app, 'paypro');
    payment = made.id;
    chargeback = await takers.chargeBack(made.providerId);
    id = textOf(await chargebackIs(app, chargeback, 'lost'), 'id');
  });

  const get = (path: string, key: string) => call(app, 'GET', path, { key });
  const idsIn = (body: unknown) => listOf(body, 'data').map((one) => textOf(one, 'id'));

  it('is its owner and staff; for others there is none', async () => {
    const path = `/api/chargebacks/${id}`;
    for (const key of [app.keys.user, app.keys.staff]) {
      const shown = await get(path, key);
      expect(shown).toMatchObject({ status: 200, body: { id, payment } });
    }
    expectProblem(await get(path, app.keys.other), 404, 'chargeback_not_found');
    const listed = await get('/api/chargebacks', app.keys.other);
    expect(listed).toMatchObject({ status: 200, body: { count: 0 } });
    const ofPayment = `/api/payments/${payment}/chargebacks`;
    expectProblem(await get(ofPayment, app.keys.other), 404, 'payment_not_found');
    expect(idsIn((await get(ofPayment, app.keys.user)).body)).toEqual([id]);
    expectStatus(await call(app, 'GET', path), 401);
  });

  it('finds it by state, payment and provider', async () => {
    const found = async (query: string) =>
      idsIn((await get(`/api/chargebacks?limit=100&${query}`, app.keys.staff)).body);
    expect(await found(`payment=${payment}`)).toEqual([id]);
    expect(await found('state=lost&provider=paypro')).toContain(id);
    expect(await found('state=won')).not.toContain(id);
    expect(await found('provider=paypal')).not.toContain(id);
  });

  it('leaves those that a person has to look at in a list of their own until they fit', async () => {
    const made = await makePaid(app, 'paypro');
    const match = { method: 'GET', path_contains: '/chargebacks/' };
    await sandbox.fault('paypro', { kind: 'unknown_state', match });
    const taken = await takers.chargeBack(made.providerId);
    const odd = textOf(await chargebackIs(app, taken, 'open'), 'id');
    const found = async (query: string, key = app.keys.staff) =>
      idsIn((await get(`/api/chargebacks?limit=100&${query}`, key)).body);
    for (const key of [app.keys.user, app.keys.staff]) {
      const [waiting, others] = [
        await found('conflict=true', key),
        await found('conflict=false', key),
      ];
      expect([waiting.includes(odd), others.includes(odd)]).toEqual([true, false]);
      expect([waiting.includes(id), others.includes(id)]).toEqual([false, true]);
    }
    expect(await found('conflict=true', app.keys.other)).toEqual([]);
    expect(await found(`conflict=true&payment=${made.id}`)).toEqual([odd]);
    expect(await found(`conflict=true&payment=${payment}`)).toEqual([]);
    await lookAgainAt(taken);
    expect(await found('conflict=true')).not.toContain(odd);
    expect(await found('conflict=false')).toContain(odd);
  });

  it('walks through the list page by page, newest first', async () => {
    const seen: string[] = [];
    let next: string | null = '/api/chargebacks?limit=2';
    while (next !== null) {
      const page = await get(next, app.keys.staff);
      expectStatus(page, 200);
      seen.push(...idsIn(page.body));
      const link = valueAt(page.body, '_links', 'next');
      const url: URL | null = typeof link === 'string' ? new URL(link) : null;
      next = url && url.pathname + url.search;
    }
    expect(seen).toContain(id);
    expect(new Set(seen).size).toBe(seen.length);
    const [{ count } = { count: '0' }] = await app.query(
      'SELECT count(*)::text AS count FROM payments.chargebacks',
    );
    expect(String(seen.length)).toBe(count);
  });

  it('is told what is wrong with a question', async () => {
    const { staff } = app.keys;
    const wrong = ['state=gone', 'payment=x', 'provider=No!', 'conflict=maybe', 'limit=0', 'foo=1'];
    for (const query of wrong) {
      expectProblem(await get(`/api/chargebacks?${query}`, staff), 422, 'invalid_request');
    }
    expectProblem(await get('/api/chargebacks/x', staff), 404, 'chargeback_not_found');
    expectProblem(await get(`/api/chargebacks/${payment}`, staff), 404, 'chargeback_not_found');
  });

  it('sees what the API document describes', async () => {
    const document = (await call(app, 'GET', '/docs/openapi.json')).body;
    const path = ['components', 'schemas', 'ChargebackResponse', 'properties'];
    const shown = objectOf((await get(`/api/chargebacks/${id}`, app.keys.user)).body);
    expect(Object.keys(shown).sort()).toEqual(Object.keys(objectOf(document, ...path)).sort());
  });
});

it('keeps the promises that hold for every answer', async () => {
  expect(brokenPromises(app)).toEqual([]);
  const { id } = await makePaid(app, 'paypro');
  expectStatus(await command(app, id, 'refresh'), 200);
});

/** As if the time of the next look had come. */
async function lookAgainAt(providerId: string): Promise<void> {
  await app.query(
    'UPDATE payments.chargebacks SET next_look_at = now() WHERE provider_chargeback_id = $1',
    [providerId],
  );
  await runJob(app, 'watch-chargebacks');
}
