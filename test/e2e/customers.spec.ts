import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';

const SOME_ID = 'cus_01kacwhz00e008000000000099';

const FIELDS = {
  name: 'Jackie Treehorn',
  email: 'jackie@example.com',
  first_name: 'Jackie',
  last_name: 'Treehorn',
  company_name: 'Treehorn BV',
  address: 'Keizersgracht 1',
  postal: '1015 CN',
  city: 'Amsterdam',
  country: 'NL',
  vat_number: 'NL123456789B01',
  phone_number: '+31 20 123 4567',
  locale: 'nl',
  reference: 'shop-17',
  metadata: { plan: 'premium', nested: { deep: [1, null, 'é😀'] } },
};

describe('customers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  function as(key: string, method: string, path: string, body?: object) {
    return call(app, method, `/api/customers${path}`, { key, body });
  }

  async function make(fields: object = { name: 'Donny' }): Promise<string> {
    const made = await as(app.keys.user, 'POST', '', fields);
    payments.expectStatus(made, 201);
    return textOf(made.body, 'id');
  }

  it('are created with everything that is known, and read back the same', async () => {
    const made = await as(app.keys.user, 'POST', '', FIELDS);
    const id = textOf(made.body, 'id');
    expect(made.status).toBe(201);
    expect(made.headers.location).toBe(`${app.url}/api/customers/${id}`);
    expect(made.body).toMatchObject({ ...FIELDS, type: 'customer', balances: [] });
    const read = await as(app.keys.user, 'GET', `/${id}`);
    expect(read.body).toEqual(made.body);
    expect(read.body).toMatchObject({ _links: { self: `${app.url}/api/customers/${id}` } });
  });

  it('need no field at all', async () => {
    const made = await as(app.keys.user, 'POST', '', {});
    expect(made).toMatchObject({ status: 201, body: { name: null, email: null, metadata: {} } });
  });

  it('change only in what is sent', async () => {
    const id = await make(FIELDS);
    const changed = await as(app.keys.user, 'PATCH', `/${id}`, { city: 'Utrecht' });
    expect(changed).toMatchObject({ status: 200, body: { ...FIELDS, city: 'Utrecht' } });
    expect((await as(app.keys.user, 'GET', `/${id}`)).body).toEqual(changed.body);
  });

  it('lose what is set to null', async () => {
    const id = await make(FIELDS);
    const changed = await as(app.keys.user, 'PATCH', `/${id}`, { email: null, name: null });
    expect(changed).toMatchObject({ status: 200, body: { ...FIELDS, email: null, name: null } });
  });

  it('stay as they are when nothing is sent', async () => {
    const id = await make(FIELDS);
    const changed = await as(app.keys.user, 'PATCH', `/${id}`, {});
    expect(changed).toMatchObject({ status: 200, body: FIELDS });
  });

  it('change one after the other where many changes come at once', async () => {
    const id = await make({});
    const phones = Array.from({ length: 12 }, (_, n) => `+31 20 000 00${n + 10}`);
    const changes = phones.map((phone_number) =>
      as(app.keys.user, 'PATCH', `/${id}`, { phone_number }),
    );
    const statuses = (await Promise.all(changes)).map(({ status }) => status);
    expect(statuses).toEqual(phones.map(() => 200));
    expect(phones).toContain(
      textOf((await as(app.keys.user, 'GET', `/${id}`)).body, 'phone_number'),
    );
  });

  it.each(['POST', 'PATCH'])('refuse an unknown field by name on %s', async (method) => {
    const path = method === 'POST' ? '' : `/${await make()}`;
    const refused = await as(app.keys.user, method, path, { name: 'X', shoe_size: 44, id: 'x' });
    payments.expectProblem(refused, 422, 'invalid_request');
    const errors = listOf(refused.body, 'errors').map((one) => textOf(one, 'pointer'));
    expect(errors.sort()).toEqual(['/id', '/shoe_size']);
    expect(refused.text).toContain('There is no field \\"shoe_size\\" here');
  });

  it.each([
    ['email', 'nobody'],
    ['country', 'Netherlands'],
    ['country', 'nl'],
    ['name', 5],
    ['name', 'x'.repeat(201)],
    ['name', ' '],
    ['first_name', ' '],
    ['last_name', ' '],
    ['company_name', '\t\n'],
    ['address', '\u00a0'],
    ['postal', ' '],
    ['city', ' '],
    ['vat_number', '  '],
    ['metadata', 'text'],
    ['metadata', { a: 'x'.repeat(9_000) }],
    ['owners', []],
  ])('refuse the field %s when it is %j', async (field, value) => {
    const refused = await as(app.keys.user, 'POST', '', { [field]: value });
    payments.expectProblem(refused, 422, 'invalid_request');
    const pointers = listOf(refused.body, 'errors').map((one) => textOf(one, 'pointer'));
    expect(new Set(pointers)).toEqual(new Set([`/${field}`]));
  });

  it('belong to the user who creates them, and a user names nobody else', async () => {
    const id = await make();
    expect((await as(app.keys.staff, 'GET', `/${id}`)).body).toMatchObject({
      owners: ['test-user'],
    });
    const refused = await as(app.keys.user, 'POST', '', { owners: ['test-other'] });
    payments.expectProblem(refused, 422, 'invalid_request');
    const handed = await as(app.keys.user, 'PATCH', `/${id}`, { owners: ['test-other'] });
    payments.expectProblem(handed, 422, 'invalid_request');
  });

  it('are handed over by staff, and then seen by the new owner only', async () => {
    const id = await make();
    const owners = ['test-other'];
    expect(await as(app.keys.staff, 'PATCH', `/${id}`, { owners })).toMatchObject({
      status: 200,
      body: { owners },
    });
    payments.expectProblem(await as(app.keys.user, 'GET', `/${id}`), 404, 'customer_not_found');
    payments.expectStatus(await as(app.keys.other, 'GET', `/${id}`), 200);
    await as(app.keys.staff, 'PATCH', `/${id}`, { owners: ['test-user'] });
  });

  it('keep their owners unless staff change them', async () => {
    const id = await make();
    const owners = ['test-other', 'test-user'];
    payments.expectStatus(await as(app.keys.staff, 'PATCH', `/${id}`, { owners }), 200);
    for (const wanted of [['test-user'], ['test-other'], [...owners, 'test-third']]) {
      const refused = await as(app.keys.user, 'PATCH', `/${id}`, { owners: wanted, name: 'Mine' });
      payments.expectProblem(refused, 422, 'invalid_request');
      expect(refused.body).toMatchObject({ errors: [{ pointer: '/owners' }] });
    }
    const repeated = { owners: [...owners].reverse(), city: 'Utrecht' };
    payments.expectStatus(await as(app.keys.user, 'PATCH', `/${id}`, repeated), 200);
    const { body } = await as(app.keys.other, 'GET', `/${id}`);
    expect(body).toMatchObject({ name: 'Donny', city: 'Utrecht' });
    expect([...listOf(body, 'owners')].sort()).toEqual(owners);
  });

  it.each(['GET', 'PATCH'])('of somebody else do not exist for a user on %s', async (method) => {
    const body = method === 'GET' ? undefined : { name: 'Stolen' };
    for (const id of [app.customers.other, SOME_ID, 'nonsense']) {
      const refused = await as(app.keys.user, method, `/${id}`, body);
      payments.expectProblem(refused, 404, 'customer_not_found');
    }
    expect((await as(app.keys.other, 'GET', `/${app.customers.other}`)).body).toMatchObject({
      name: 'Sobchak',
    });
  });

  it('are listed page by page to the end, and back to the start', async () => {
    for (let n = 0; n < 7; n++) await make({ name: `Page ${n}` });
    const pages: string[][] = [];
    let url: unknown = `${app.url}/api/customers?limit=3`;
    let last: unknown;
    while (typeof url === 'string') {
      const page = await as(app.keys.user, 'GET', url.slice(`${app.url}/api/customers`.length));
      payments.expectStatus(page, 200);
      pages.push(listOf(page.body, 'data').map((one) => textOf(one, 'id')));
      last = page.body;
      url = objectOf(page.body, '_links')['next'];
    }
    const all = await as(app.keys.user, 'GET', '?limit=100');
    const ids = listOf(all.body, 'data').map((one) => textOf(one, 'id'));
    expect(pages.flat()).toEqual(ids);
    expect([...ids].sort().reverse()).toEqual(ids);
    const back = textOf(last, '_links', 'prev').slice(`${app.url}/api/customers`.length);
    const before = await as(app.keys.user, 'GET', back);
    expect(listOf(before.body, 'data').map((one) => textOf(one, 'id'))).toEqual(pages.at(-2));
  });

  it('show what they have paid as their balance', async () => {
    const customer = await make();
    const made = await payments.makePressed(app, 'paypro', 'pay', { customer, amount: 1250 });
    await payments.command(app, made.id, 'approve');
    const { body } = await as(app.keys.user, 'GET', `/${customer}`);
    expect(body).toMatchObject({ balances: [{ currency: 'EUR', amount: 1250 }] });
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
