import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import { hide } from '../support/integration-lost';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';
import * as reviews from '../support/reviews';
import { sandboxOf } from '../support/sandbox';

const SOME_ID = 'op_01kjn50000e008000000000009';

describe('operations', () => {
  let app: TestApp;
  /** Payments whose create waits for a person, newest first, as lists are. */
  const waiting: string[] = [];
  let unsettled: string;
  beforeAll(async () => {
    app = await startTestApp();
    for (let n = 0; n < 3; n++) {
      waiting.unshift(await reviews.misreadCreate(app, n === 1 ? 'paypro' : 'paypal'));
    }
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    const match = { method: 'POST', path_contains: '/capture' };
    await sandboxOf(app).fault('paypal', { kind: 'drop_before', match });
    payments.expectStatus(await payments.command(app, id, 'approve'), 202);
    await hide(app, id);
    unsettled = id;
  });
  afterAll(() => app?.close());

  const list = (query = '', key = app.keys.staff): Promise<Answer> =>
    call(app, 'GET', `/api/operations${query}`, { key });
  const paymentsOn = (page: Answer) =>
    listOf(page.body, 'data').map((one) => textOf(one, 'payment'));
  const first = () => reviews.operationIdOf(app, waiting[0] ?? '');

  it('are listed with those that are not settled, newest first', async () => {
    const page = await list();
    expect(page).toMatchObject({ status: 200, body: { type: 'list', count: 4 } });
    expect(paymentsOn(page)).toEqual([unsettled, ...waiting]);
  });

  it('can be narrowed by state and kind', async () => {
    expect(paymentsOn(await list('?state=needs_review'))).toEqual(waiting);
    expect(paymentsOn(await list('?state=unsettled'))).toEqual([unsettled]);
    expect(paymentsOn(await list('?kind=capture'))).toEqual([unsettled]);
    expect(paymentsOn(await list('?state=needs_review&kind=cancel'))).toEqual([]);
    const done = await list('?state=succeeded');
    expect(paymentsOn(done)).toEqual([unsettled]);
    expect(listOf(done.body, 'data')).toMatchObject([{ kind: 'create', error: null }]);
  });

  it('are shown page by page', async () => {
    const one = await list('?state=needs_review&limit=2');
    const next = new URL(textOf(one.body, '_links', 'next'));
    const two = await list(next.search);
    expect([...paymentsOn(one), ...paymentsOn(two)]).toEqual(waiting);
    const back = await list(new URL(textOf(two.body, '_links', 'prev')).search);
    expect(paymentsOn(back)).toEqual(waiting.slice(0, 2));
  });

  it.each(['state=lost', 'kind=gift', 'limit=0', 'cursor=x', 'colour=red'])(
    'are not listed with ?%s',
    async (query) => {
      payments.expectProblem(await list(`?${query}`), 422, 'invalid_request');
    },
  );

  it('show what a person has to know', async () => {
    const { body } = await call(app, 'GET', `/api/operations/${await first()}`, {
      key: app.keys.staff,
    });
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as unknown;
    expect(body).toEqual({
      id: await first(),
      type: 'operation',
      kind: 'create',
      state: 'needs_review',
      payment: waiting[0],
      payment_state: 'initialized',
      provider: 'paypal',
      provider_payment_id: expect.stringMatching(/^[A-Z0-9]{10,}$/) as unknown,
      amount: 1000,
      amount_decimal: '10.00',
      currency: 'EUR',
      attempts: 1,
      first_sent_at: at,
      next_attempt_at: null,
      error: {
        code: 'amount_mismatch',
        message: 'The provider shows another payment than the one we made.',
        reference: null,
      },
      review: null,
      created_by: 'test-user',
      created_at: at,
      settled_at: null,
    });
  });

  it('are for staff only', async () => {
    const key = app.keys.user;
    const path = `/api/operations/${await first()}`;
    const body = { decision: 'retry', note: 'Mine.' };
    for (const refused of [
      await list('', key),
      await call(app, 'GET', path, { key }),
      await call(app, 'POST', `${path}/resolve`, { key, body }),
    ]) {
      payments.expectProblem(refused, 403, 'forbidden');
    }
    expect(await reviews.decisionsOn(app, waiting[0] ?? '')).toEqual([]);
  });

  it.each([SOME_ID, 'op_nonsense', 'pay_01kjn50000e008000000000009'])(
    'are not found by %s',
    async (id) => {
      const { staff: key } = app.keys;
      const body = { decision: 'retry', note: 'Nobody.' };
      const path = `/api/operations/${id}`;
      const shown = await call(app, 'GET', path, { key });
      payments.expectProblem(shown, 404, 'operation_not_found');
      const resolved = await call(app, 'POST', `${path}/resolve`, { key, body });
      payments.expectProblem(resolved, 404, 'operation_not_found');
    },
  );

  it.each([
    ['nothing', {}, '/decision'],
    ['another decision', { decision: 'refund', note: 'x' }, '/decision'],
    ['no note', { decision: 'retry' }, '/note'],
    ['a blank note', { decision: 'retry', note: ' \n' }, '/note'],
    ['a long note', { decision: 'retry', note: 'x'.repeat(1001) }, '/note'],
    ['link without an id', { decision: 'link', note: 'x' }, '/provider_id'],
    ['link to a path', { decision: 'link', note: 'x', provider_id: '../x' }, '/provider_id'],
    ['an id with retry', { decision: 'retry', note: 'x', provider_id: 'A1' }, '/provider_id'],
    ['an id with failed', { decision: 'failed', note: 'x', provider_id: 'A1' }, '/provider_id'],
    ['another field', { decision: 'retry', note: 'x', amount: 1 }, '/amount'],
  ])('are not resolved by %s', async (_, body, pointer) => {
    const path = `/api/operations/${await first()}/resolve`;
    await sandboxOf(app).clearCalls();
    const refused = await call(app, 'POST', path, { key: app.keys.staff, body });
    payments.expectProblem(refused, 422, 'invalid_request');
    const pointers = listOf(refused.body, 'errors').map((one) => textOf(one, 'pointer'));
    expect(pointers).toContain(pointer);
    expect(await sandboxOf(app).calls()).toEqual([]);
  });

  it('leave the payments in conflict in a list of their own', async () => {
    const listed = async (conflict: string, key = app.keys.staff) => {
      const page = await call(app, 'GET', `/api/payments?conflict=${conflict}`, { key });
      return listOf(page.body, 'data').map((one) => textOf(one, 'id'));
    };
    expect(await listed('true')).toEqual(waiting);
    expect(await listed('true', app.keys.user)).toEqual(waiting);
    expect(await listed('true', app.keys.other)).toEqual([]);
    expect(await listed('false')).toEqual([unsettled]);
    const key = app.keys.staff;
    const refused = await call(app, 'GET', '/api/payments?conflict=maybe', { key });
    payments.expectProblem(refused, 422, 'invalid_request');
  });

  it('have the members that the API document lists', async () => {
    const document = (await call(app, 'GET', '/docs/openapi.json')).body;
    const schemas = objectOf(document, 'components', 'schemas');
    const shown = await reviews.operationOf(app, waiting[0] ?? '');
    const described = objectOf(schemas, 'StaffOperationResponse', 'properties');
    expect(Object.keys(objectOf(shown)).sort()).toEqual(Object.keys(described).sort());
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
