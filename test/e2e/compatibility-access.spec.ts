import { startTestApp, type TestApp } from '../support/app';
import {
  APPROVE,
  ask,
  CANCEL,
  customerUrl,
  expectDetail,
  hexOf,
  orderOf,
  pathOf,
  PAYMENTS,
} from '../support/compatibility';
import {
  after,
  APPROVED,
  CANCELLED,
  makeAgreed,
  makeRefused,
  NO_APPROVE,
  NOBODY,
  STAGES,
} from '../support/compatibility-stages';
import { type Answer, call } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { getTarget } from '../support/raw-http';
import { listOf, objectOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const SOME_HEX = '019aa5c8fc0070008000000000000099';
const ANONYMOUS = 'Authentication credentials were not provided.';

describe('who may do what on the frozen routes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ settings: { PAYPAL__APPROVAL_WINDOW_HOURS: '0' } });
  });
  afterAll(() => app?.close());

  const keyOf = (who: 'owner' | 'staff' | 'other'): string =>
    who === 'owner' ? app.keys.user : app.keys[who];

  async function listedFor(key: string): Promise<readonly string[]> {
    const listed = await ask(app, 'GET', `${PAYMENTS}?page_size=300`, { key });
    payments.expectStatus(listed, 200);
    return listOf(listed.body).map((one) => textOf(one, 'uuid'));
  }

  /** What is shown, but for when it was last touched. */
  async function shownOf(id: string): Promise<object> {
    const { body } = await ask(app, 'GET', pathOf(id), { key: app.keys.staff });
    return { ...objectOf(body), modified: null };
  }

  describe.each(STAGES)('of a payment that is $state', ({ shown, make, ...stage }) => {
    const verbs = (['approve', 'cancel'] as const).flatMap((verb) =>
      (['owner', 'staff'] as const).map((who) => [verb, who] as const),
    );

    it(`show it as ${shown} to its owner and to staff, and to nobody else`, async () => {
      const { id } = await make(app);
      const uuid = hexOf(id);
      for (const who of ['owner', 'staff'] as const) {
        const seen = await ask(app, 'GET', pathOf(id), { key: keyOf(who) });
        const { amount = '10.00', state } = stage;
        const approval_url: unknown = state.startsWith('open')
          ? expect.stringContaining('token=')
          : '';
        expect(seen).toMatchObject({
          status: 200,
          body: { uuid, state: shown, amount, approval_url },
        });
        expect(await listedFor(keyOf(who))).toContain(uuid);
      }
      const foreign = await ask(app, 'GET', pathOf(id), { key: app.keys.other });
      expectDetail(foreign, 404, expect.any(String));
      expect(await listedFor(app.keys.other)).not.toContain(uuid);
      expectDetail(await ask(app, 'GET', pathOf(id)), 401, ANONYMOUS);
    });

    it.each(verbs)('%s it for the %s alone, and only if it may be', async (verb, who) => {
      const { id, payer } = await make(app);
      const before = await shownOf(id);
      const path = `${PAYMENTS}${verb}/`;
      const body = { payment_id: id, payer_id: payer };
      expectDetail(await ask(app, 'POST', path, { body }), 401, ANONYMOUS);
      const foreign = await ask(app, 'POST', path, { key: app.keys.other, body });
      expectDetail(foreign, 404, `Payment with id ${id} does not exist`);
      expect(await shownOf(id)).toEqual(before);

      const money = (await sandboxOf(app).ledgerOf(id)).length;
      const [status, detail] = stage[verb];
      expectDetail(await ask(app, 'POST', path, { key: keyOf(who), body }), status, detail);
      const isDone = status === 200;
      const done = verb === 'approve' ? 'Approved' : 'Cancelled';
      const now = await shownOf(id);
      expect(now).toMatchObject({ state: isDone ? done : shown });
      if (!isDone) expect(now).toEqual(before);
      const moved = isDone && verb === 'approve' ? 1 : 0;
      const entries = await sandboxOf(app).ledgerOf(id);
      expect(entries.filter(({ kind }) => kind === 'capture')).toHaveLength(money + moved);
    });
  });

  it('say why a payment erred, and nothing of one that is well', async () => {
    const refused = await makeRefused(app);
    expect(await shownOf(refused.id)).toMatchObject({
      error_message: expect.stringMatching(
        /^Unable to create payment because of backend error \S/,
      ) as string,
      approval_url: '',
    });
    const paid = await after(app, 'approve', await makeAgreed(app));
    expect(await shownOf(paid.id)).toMatchObject({ error_message: '' });
  });

  describe('a key', () => {
    const routes = (): readonly (readonly [string, string])[] => [
      ['GET', PAYMENTS],
      ['POST', PAYMENTS],
      ['GET', `${PAYMENTS}${SOME_HEX}/`],
      ['POST', APPROVE],
      ['POST', CANCEL],
      ['GET', `/api/customers/${hexOf(app.customers.user)}/`],
    ];

    it.each([
      ['no header', {}, ANONYMOUS],
      ['another scheme', { authorization: 'Basic a2Fzc2E6a2Fzc2E=' }, ANONYMOUS],
      ['no key', { authorization: 'Token' }, 'Invalid token header. No credentials provided.'],
      [
        'two words',
        { authorization: 'Token one two' },
        'Invalid token header. Token string should not contain spaces.',
      ],
      ['a key nobody made', { authorization: 'Token 9944b09199c62bcf9418ad' }, 'Invalid token.'],
      [
        'a bearer nobody made',
        { authorization: `Bearer kassa_${'a'.repeat(43)}` },
        'Invalid token.',
      ],
    ])(
      'is missed with %s: 401 in the words of this API, everywhere',
      async (_, headers, detail) => {
        for (const [method, path] of routes()) {
          for (const at of [path, path.replace(/\/$/, '')]) {
            if (at.startsWith('/api/customers') && !at.endsWith('/')) continue;
            const body = method === 'GET' ? undefined : {};
            const refused = await ask(app, method, at, { headers, body });
            expectDetail(refused, 401, detail);
            expect(refused.headers['www-authenticate']).toBe('Token');
          }
        }
      },
    );

    it.each(['Token', 'token', 'Bearer', 'bearer'])('is taken as %s', async (scheme) => {
      const headers = { authorization: `${scheme} ${app.keys.user}` };
      const customer = `/api/customers/${hexOf(app.customers.user)}`;
      for (const path of [
        PAYMENTS,
        customer,
        `${customer}/`,
        '/api/customers',
        '/api/customers/',
      ]) {
        payments.expectStatus(await ask(app, 'GET', path, { headers }), 200);
      }
    });

    it('is no Token anywhere else', async () => {
      const headers = { authorization: `Token ${app.keys.user}` };
      for (const path of ['/api/payments', '/api/payments/', '/api/refunds', '/api/providers']) {
        const refused = await call(app, 'GET', path, { headers });
        payments.expectProblem(refused, 401, 'unauthorized');
        expect(refused.headers['www-authenticate']).toBe('Bearer');
      }
    });
  });

  it('answer with and without the slash at the end', async () => {
    const { id } = await makeAgreed(app);
    const key = app.keys.user;
    const bare = PAYMENTS.slice(0, -1);
    const listed = await ask(app, 'GET', `${bare}?page_size=1`, { key });
    expect(listOf(listed.body)).toHaveLength(1);
    const seen = await ask(app, 'GET', `${bare}/${hexOf(id)}`, { key });
    expect(seen.body).toMatchObject({ uuid: hexOf(id), url: `${app.url}${pathOf(id)}` });
    payments.expectStatus(await ask(app, 'POST', bare, { key, body: orderOf(app) }), 201);
    const canceled = await ask(app, 'POST', `${bare}/cancel`, { key, body: { payment_id: id } });
    expectDetail(canceled, ...CANCELLED);
    const approved = await ask(app, 'POST', `${bare}/approve`, {
      key,
      body: { payment_id: id, payer_id: NOBODY },
    });
    expectDetail(approved, ...NO_APPROVE);
  });

  it.each([
    [PAYMENTS, ['PUT', 'PATCH', 'DELETE'], ['GET', 'POST']],
    [`${PAYMENTS}${SOME_HEX}/`, ['POST', 'PUT', 'PATCH', 'DELETE'], ['GET']],
    [APPROVE, ['GET', 'PUT', 'PATCH', 'DELETE'], ['POST']],
    [CANCEL, ['GET', 'PUT', 'PATCH', 'DELETE'], ['POST']],
  ])('have no other verbs at %s', async (path, verbs, allowed) => {
    for (const at of [path, path.slice(0, -1)]) {
      for (const method of verbs) {
        expectDetail(await ask(app, method, at), 401, ANONYMOUS);
        const refused = await ask(app, method, at, { key: app.keys.user });
        expectDetail(refused, 405, `Method "${method}" not allowed.`);
        const named = (refused.headers.allow ?? '').split(/, */);
        expect(named).toEqual(expect.arrayContaining(allowed));
        expect(named.filter((verb) => verbs.includes(verb))).toEqual([]);
      }
    }
  });

  it.each(['nonsense', SOME_HEX, 'pay_01kacwhz00e008000000000099', '%00', '%27%20OR%201=1'])(
    'know no payment %s',
    async (id) => {
      const none = await ask(app, 'GET', `${PAYMENTS}${id}/`, { key: app.keys.staff });
      expect([400, 404]).toContain(none.status);
      expectDetail(none, none.status, expect.any(String));
    },
  );

  describe('the link of a customer', () => {
    it('is opened in every spelling, with the errors of the side it belongs to', async () => {
      const { user } = app.customers;
      const hex = hexOf(user);
      const dashed = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      for (const id of [user, hex, dashed, hex.toUpperCase()]) {
        for (const path of [`/api/customers/${id}/`, `/api/customers/${id}`]) {
          const seen = await ask(app, 'GET', path, { key: app.keys.user });
          expect(seen).toMatchObject({ status: 200, body: { id: user, name: 'Walter' } });
        }
      }
    });

    it('refuses in the form of this API with the slash, as a problem without', async () => {
      for (const id of [app.customers.other, SOME_HEX, 'nonsense']) {
        const path = `/api/customers/${id}`;
        const slash = await ask(app, 'GET', `${path}/`, { key: app.keys.user });
        expectDetail(slash, 404, expect.any(String));
        const plain = await ask(app, 'GET', path, { key: app.keys.user });
        payments.expectProblem(plain, 404, 'customer_not_found');
      }
      const own = `/api/customers/${app.customers.user}`;
      expectDetail(await ask(app, 'GET', `${own}/`), 401, ANONYMOUS);
      const anonymous = await ask(app, 'GET', own);
      payments.expectProblem(anonymous, 401, 'unauthorized');
      expect(anonymous.headers['www-authenticate']).toBe('Bearer');
      const body = { email: 'nobody' };
      const wrong = await ask(app, 'PATCH', `${own}/`, { key: app.keys.user, body });
      expect([400, 422]).toContain(wrong.status);
      expect(wrong.body).toEqual({ email: [expect.any(String)] });
      const same = await ask(app, 'PATCH', own, { key: app.keys.user, body });
      payments.expectProblem(same, 422, 'invalid_request');
    });

    it('keeps names in every script, from the customer to the paid payment', async () => {
      const name = 'Žofie Nováková – 東京 𝒜😀 O’Neil';
      const made = await call(app, 'POST', '/api/customers', {
        key: app.keys.user,
        body: { name },
      });
      const customer = customerUrl(app, textOf(made.body, 'id'));
      const body = orderOf(app, { customer });
      const created = await ask(app, 'POST', PAYMENTS, { key: app.keys.user, body });
      expect(created).toMatchObject({ status: 201, body: { customer } });
      const { location } = await pressOnPayPage(textOf(created.body, 'approval_url'), 'pay');
      const back = new URL(location ?? '').searchParams;
      const approved = await ask(app, 'POST', APPROVE, {
        key: app.keys.user,
        body: { payment_id: back.get('paymentId'), payer_id: back.get('PayerID') },
      });
      expectDetail(approved, ...APPROVED);
      const seen = await ask(app, 'GET', new URL(customer).pathname, { key: app.keys.user });
      expect(seen.body).toMatchObject({ name });
    });
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});

describe('the frozen routes, switched off', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ settings: { COMPAT_ENABLED: 'false' } });
  });
  afterAll(() => app?.close());

  const DISABLED = 'PayPal extension is disabled.';

  it('say so to everybody, before they ask who it is', async () => {
    const answers: Answer[] = [];
    for (const key of [undefined, 'nobody', app.keys.user, app.keys.staff]) {
      const sent = key === undefined ? {} : { key };
      answers.push(
        await ask(app, 'GET', PAYMENTS, sent),
        await ask(app, 'GET', `${PAYMENTS.slice(0, -1)}?page=0`, sent),
        await ask(app, 'GET', `${PAYMENTS}${SOME_HEX}/`, sent),
        await ask(app, 'PUT', PAYMENTS, sent),
        await ask(app, 'POST', PAYMENTS, { ...sent, body: {} }),
        await ask(app, 'POST', APPROVE, { ...sent, body: {} }),
        await ask(app, 'POST', CANCEL, { ...sent, body: {} }),
      );
    }
    for (const answer of answers) expectDetail(answer, 424, DISABLED);
  });

  it.each([
    '/api/%70aypal-payments/',
    '/api/paypal%2Dpayments',
    '/%61pi/paypal-invoices/?page=1',
    `http://elsewhere.example${PAYMENTS}`,
    `https://elsewhere.example/api/%70aypal-payments/${SOME_HEX}/`,
  ])('say so however the address is written: %s', async (target) => {
    const { status, body } = await getTarget(app, target);
    expect({ status, body }).toEqual({ status: 424, body: JSON.stringify({ detail: DISABLED }) });
  });

  it('leave the customers and the other payments alone', async () => {
    const path = `/api/customers/${app.customers.user}`;
    payments.expectStatus(await call(app, 'GET', path, { key: app.keys.user }), 200);
    await payments.makePayment(app, 'paypal');
    const [row] = await app.query('SELECT count(*)::int AS count FROM payments.payments');
    expect(row).toEqual({ count: 1 });
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
