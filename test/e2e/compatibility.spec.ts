import { readAnyId } from '../../src/shared/id';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const PAYMENTS = '/api/paypal-payments/';

describe('the older API', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  const hexOf = (id: string): string => (readAnyId('cus', id) ?? '').replaceAll('-', '');
  const token = (key: string) => ({ headers: { authorization: `Token ${key}` } });

  function send(path: string, body: object, key = app.keys.user): Promise<Answer> {
    return call(app, 'POST', `${PAYMENTS}${path}`, { ...token(key), body });
  }

  function read(path: string, key = app.keys.user): Promise<Answer> {
    return call(app, 'GET', `${PAYMENTS}${path}`, token(key));
  }

  function createBody(changes: object = {}): object {
    return {
      amount: '99.99',
      customer: `http://elsewhere.example/api/customers/${hexOf(app.customers.user)}/`,
      return_url: 'https://frontend.example/return/',
      cancel_url: 'https://frontend.example/cancel/',
      ...changes,
    };
  }

  async function made(changes: object = {}): Promise<Answer> {
    const answer = await send('', createBody(changes));
    payments.expectStatus(answer, 201);
    return answer;
  }

  /** What the frontend finds in the URL of its return or cancel page. */
  async function pressed(answer: Answer, action: 'pay' | 'cancel') {
    const { location } = await pressOnPayPage(textOf(answer.body, 'approval_url'), action);
    const query = new URL(location ?? '').searchParams;
    return {
      payment_id: query.get('paymentId'),
      payer_id: query.get('PayerID'),
      token: query.get('token'),
    };
  }

  it('takes a payment from its creation to the money', async () => {
    const created = await made();
    const uuid = textOf(created.body, 'uuid');
    expect(created.headers['location']).toBe(`${app.url}${PAYMENTS}${uuid}/`);
    const { created: createdAt, modified, approval_url, ...rest } = objectOf(created.body);
    expect(rest).toEqual({
      url: `${app.url}${PAYMENTS}${uuid}/`,
      uuid,
      state: 'Created',
      amount: '99.99',
      tax: '0.00',
      customer: `${app.url}/api/customers/${hexOf(app.customers.user)}/`,
      error_message: '',
    });
    expect(uuid).toMatch(/^[0-9a-f]{32}$/);
    expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(modified).toMatch(/\.\d{3}Z$/);
    expect(approval_url).toContain('token=');
    const returned = await pressed(created, 'pay');
    const approved = await send('approve/', returned);
    expect(approved).toMatchObject({ status: 200, body: { detail: 'Payment has been approved.' } });
    const seen = await read(`${uuid}/`);
    expect(seen).toMatchObject({ status: 200, body: { state: 'Approved', error_message: '' } });
    const movements = await sandboxOf(app).ledgerOf(returned.payment_id ?? '');
    expect(movements).toHaveLength(1);
    const again = await send('approve/', returned);
    const detail = 'Unable to approve payment because of invalid state.';
    expect(again).toMatchObject({ status: 409, body: { detail } });
  });

  it('cancels by the token that the cancel page knows', async () => {
    const created = await made();
    const returned = await pressed(created, 'cancel');
    const canceled = await send('cancel/', { token: returned.token });
    expect(canceled).toMatchObject({
      status: 200,
      body: { detail: 'Payment has been cancelled.' },
    });
    const seen = await read(`${textOf(created.body, 'uuid')}/`);
    expect(seen.body).toMatchObject({ state: 'Cancelled' });
    const again = await send('cancel/', { token: returned.token });
    const detail = 'Unable to cancel payment because of invalid state.';
    expect(again).toMatchObject({ status: 409, body: { detail } });
  });

  it('never approves one payment with what the payer of another one brought back', async () => {
    const big = await made({ amount: '1000.00' });
    const forBig = await pressed(big, 'cancel');
    const forSmall = await pressed(await made({ amount: '1.00' }), 'pay');
    for (const ids of [{ token: forBig.token }, { payment_id: forBig.payment_id }]) {
      expect(await send('approve/', { ...forSmall, ...ids })).toMatchObject({ status: 404 });
    }
    const seen = await read(`${textOf(big.body, 'uuid')}/`);
    expect(seen.body).toMatchObject({ state: 'Created', error_message: '' });
    expect(await sandboxOf(app).ledgerOf(forSmall.payment_id ?? '')).toEqual([]);
  });

  it('lists numbered pages, latest change first', async () => {
    const [first, second] = [await made(), await made()].map(({ body }) => textOf(body, 'uuid'));
    const page = await read(`?page_size=1&customer=${hexOf(app.customers.user)}&other=1`);
    payments.expectStatus(page, 200);
    expect(listOf(page.body).map((one) => textOf(one, 'uuid'))).toEqual([second]);
    expect(Number(page.headers['x-result-count'])).toBeGreaterThanOrEqual(2);
    const next = /<([^>]+)>; rel="next"/.exec(String(page.headers['link']))?.[1] ?? '';
    expect(next).toContain('other=1');
    const { pathname, search } = new URL(next);
    const older = await call(app, 'GET', pathname + search, token(app.keys.user));
    expect(listOf(older.body).map((one) => textOf(one, 'uuid'))).toEqual([first]);
    expect(await read('?page=1000')).toMatchObject({
      status: 404,
      body: { detail: 'Invalid page.' },
    });
  });

  it('does not know what is somebody else’s', async () => {
    const created = await made();
    const uuid = textOf(created.body, 'uuid');
    expect(await read(`${uuid}/`, app.keys.other)).toMatchObject({
      status: 404,
      body: { detail: 'Not found.' },
    });
    const returned = await pressed(created, 'pay');
    expect(await send('approve/', returned, app.keys.other)).toMatchObject({
      status: 404,
      body: { detail: `Payment with token ${returned.token} does not exist` },
    });
    const withoutToken = { payment_id: uuid, payer_id: returned.payer_id };
    expect(await send('approve/', withoutToken, app.keys.other)).toMatchObject({
      status: 404,
      body: { detail: `Payment with id ${uuid} does not exist` },
    });
    const customer = `/api/customers/${app.customers.other}/`;
    expect(await send('', createBody({ customer }))).toMatchObject({
      status: 403,
      body: { detail: 'You do not have permission to perform this action.' },
    });
  });

  it('names every field that is wrong', async () => {
    const refused = await send('', { amount: '0', customer: 'nobody', return_url: 'javascript:1' });
    expect(refused.status).toBe(400);
    expect(refused.headers['content-type']).toMatch(/^application\/json/);
    expect(refused.body).toEqual({
      amount: ['Ensure this value is greater than or equal to 0.01.'],
      customer: ['Invalid hyperlink - No URL match.'],
      return_url: ['Enter a valid URL.'],
      cancel_url: ['This field is required.'],
    });
  });

  it.each([
    ['GET', '', undefined],
    ['POST', '', '{"'],
    ['PUT', '', '{"'],
    ['GET', '019aa5c8fc0070008000000000000010/', undefined],
    ['POST', 'approve/', '{"'],
    ['POST', 'cancel', '{"'],
    ['GET', 'cancel/', undefined],
  ])('asks who it is first: %s %s', async (method, path, raw) => {
    const sent = raw === undefined ? {} : { raw };
    const anonymous = await call(app, method, `${PAYMENTS}${path}`, sent);
    expect(anonymous).toMatchObject({
      status: 401,
      body: { detail: 'Authentication credentials were not provided.' },
      headers: { 'www-authenticate': 'Token' },
    });
  });

  it.each([
    ['PUT', '', 'GET, POST'],
    ['DELETE', '019aa5c8fc0070008000000000000010/', 'GET'],
    ['POST', '019aa5c8fc0070008000000000000010', 'GET'],
    ['GET', 'approve/', 'POST'],
    ['PATCH', 'cancel/', 'POST'],
  ])('has no %s at %s', async (method, path, allow) => {
    const refused = await call(app, method, `${PAYMENTS}${path}`, token(app.keys.user));
    expect(refused).toMatchObject({
      status: 405,
      body: { detail: `Method "${method}" not allowed.` },
      headers: { allow },
    });
  });

  it('takes Token for customers, and tells their errors in the form that the slash asks for', async () => {
    const customer = `/api/customers/${hexOf(app.customers.user)}`;
    for (const path of [customer, `${customer}/`]) {
      const seen = await call(app, 'GET', path, token(app.keys.user));
      expect(seen).toMatchObject({ status: 200, body: { id: app.customers.user } });
    }
    const foreign = await call(app, 'GET', `${customer}/`, token(app.keys.other));
    expect(foreign).toMatchObject({ status: 404, body: { detail: 'Not found.' } });
    const problem = await call(app, 'GET', customer, token(app.keys.other));
    payments.expectProblem(problem, 404, 'customer_not_found');
  });

  it('takes Token nowhere else', async () => {
    const refused = await call(app, 'GET', '/api/payments', token(app.keys.user));
    payments.expectProblem(refused, 401, 'unauthorized');
  });

  it('keeps a create that was refused, and says why', async () => {
    const match = { method: 'POST', path_contains: '/v2/checkout/orders' };
    // Refused, and refused again with a new token.
    await sandboxOf(app).fault('paypal', { kind: 'unauthorized', match, times: 2 });
    const refused = await send('', createBody());
    expect(refused).toMatchObject({ status: 500, body: { detail: 'A server error occurred.' } });
    const [latest] = listOf((await read('?page_size=1')).body);
    expect(latest).toMatchObject({ state: 'Erred' });
    expect(textOf(latest, 'error_message')).toMatch(
      /^Unable to create payment because of backend error \S/,
    );
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});

describe('the older API, switched off', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ settings: { COMPAT_ENABLED: 'false' } });
  });
  afterAll(() => app?.close());

  it.each([
    ['GET', PAYMENTS],
    ['POST', PAYMENTS],
    ['DELETE', '/api/paypal-payments'],
    ['POST', `${PAYMENTS}approve/`],
    ['GET', '/api/paypal-invoices/'],
  ])('says so before it asks who it is: %s %s', async (method, path) => {
    const body = method === 'GET' ? undefined : {};
    expect(await call(app, method, path, { body })).toMatchObject({
      status: 424,
      body: { detail: 'PayPal extension is disabled.' },
    });
  });
});
