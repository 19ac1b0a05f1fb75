import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';

const PAYMENTS = 8;

describe('lists of payments', () => {
  let app: TestApp;
  /** Newest first, as lists are. */
  const ids: string[] = [];

  beforeAll(async () => {
    app = await startTestApp();
    for (let n = 0; n < PAYMENTS; n++) {
      const made = await payments.makePayment(app, n % 2 === 0 ? 'paypal' : 'paypro');
      ids.unshift(made.id);
    }
  });
  afterAll(() => app?.close());

  function list(query: string): Promise<Answer> {
    return call(app, 'GET', `/api/payments${query}`, { key: app.keys.user });
  }

  /** A link of the page, as a path that can be asked for. */
  function linkOf(page: Answer, name: string): string | null {
    const link = objectOf(page.body, '_links')[name];
    if (typeof link !== 'string') return null;
    expect(link.startsWith(`${app.url}/api/payments?`)).toBe(true);
    return link.slice(`${app.url}/api/payments`.length);
  }

  const idsOn = (page: Answer) => listOf(page.body, 'data').map((one) => textOf(one, 'id'));

  async function walk(start: string, direction: 'next' | 'prev'): Promise<readonly Answer[]> {
    const pages: Answer[] = [];
    for (let query: string | null = start; query !== null;) {
      const page: Answer = await list(query);
      payments.expectStatus(page, 200);
      pages.push(page);
      if (pages.length > PAYMENTS) throw new Error('the pages have no end');
      query = linkOf(page, direction);
    }
    return pages;
  }

  it('show the newest first, with a count and a link to themselves', async () => {
    const page = await list('');
    expect(page).toMatchObject({ status: 200, body: { type: 'list', count: PAYMENTS } });
    expect(idsOn(page)).toEqual(ids);
    expect(objectOf(page.body, '_links')).toEqual({ self: `${app.url}/api/payments` });
  });

  it('show the same payment as its own address does', async () => {
    const [first] = listOf((await list('?limit=1')).body, 'data');
    expect(first).toEqual((await payments.show(app, ids[0] ?? '')).body);
  });

  it.each([1, 3, 4, 7])('lead to the end and back to the start, %d at a time', async (limit) => {
    const forth = await walk(`?limit=${limit}`, 'next');
    expect(forth.flatMap(idsOn)).toEqual(ids);
    expect(linkOf(forth[0] ?? (await list('')), 'prev')).toBeNull();
    const end = forth.at(-1);
    const prev = end ? linkOf(end, 'prev') : null;
    const back = prev === null ? [] : await walk(prev, 'prev');
    expect(back).toHaveLength(forth.length - 1);
    expect([...back].reverse().flatMap(idsOn)).toEqual(forth.slice(0, -1).flatMap(idsOn));
    for (const page of forth) {
      expect(page.body).toMatchObject({ count: idsOn(page).length });
    }
  });

  it('skip and repeat nothing when payments are added meanwhile', async () => {
    const first = await list('?limit=4');
    const added = await payments.makePayment(app, 'paypal');
    const second = await list(linkOf(first, 'next') ?? '');
    expect([...idsOn(first), ...idsOn(second)]).toEqual(ids.slice(0, 8));
    const back = await list(linkOf(second, 'prev') ?? '');
    expect(idsOn(back)).toEqual(ids.slice(0, 4));
    ids.unshift(added.id);
  });

  it('keep their filters from page to page', async () => {
    const all = await list('?provider=paypal&limit=100');
    const pages = await walk('?provider=paypal&limit=2', 'next');
    expect(pages.flatMap(idsOn)).toEqual(idsOn(all));
    for (const one of listOf(all.body, 'data')) expect(one).toMatchObject({ provider: 'paypal' });
    expect(idsOn(all).length).toBeGreaterThan(3);
  });

  it('can be narrowed by state, customer and time', async () => {
    const [newest = '', second = ''] = ids;
    await payments.command(app, newest, 'cancel');
    expect(idsOn(await list('?state=canceled'))).toEqual([newest]);
    expect(idsOn(await list('?state=open'))).toEqual(ids.slice(1));
    expect(idsOn(await list('?state=canceled&provider=paypro'))).toEqual([]);
    expect(idsOn(await list(`?customer=${app.customers.user}`))).toEqual(ids);
    expect(idsOn(await list(`?customer=${app.customers.other}`))).toEqual([]);
    const at = textOf((await payments.show(app, second)).body, 'created_at');
    const later = new Date(Date.parse(at) + 1).toISOString();
    expect(idsOn(await list(`?created_from=${later}`))).toEqual([newest]);
    expect(idsOn(await list(`?created_to=${at}&limit=100`))).toEqual(ids.slice(2));
    expect(idsOn(await list(`?created_from=${at}&created_to=${later}`))).toEqual([second]);
  });

  it('are empty, and not an error, where nothing fits', async () => {
    expect(await list('?provider=nobody')).toMatchObject({
      status: 200,
      body: { data: [], count: 0 },
    });
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['limit=99999999999999999999', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=eyJkaXJlY3Rpb24iOiJhZnRlciJ9', 'cursor'],
    ['cursor=%00', 'cursor'],
    ['cursor=', 'cursor'],
    [`cursor=${'a'.repeat(600)}`, 'cursor'],
    ['state=lost', 'state'],
    ['state=open&state=paid', 'state'],
    ['customer=nonsense', 'customer'],
    ["customer=' OR 1=1 --", 'customer'],
    ['customer[id]=1', 'customer'],
    ['created_from=yesterday', 'created_from'],
    ['created_to=2026-02-30T00:00:00Z', 'created_to'],
    ['created_to=99999999-01-01T00:00:00Z', 'created_to'],
    ['provider=%00', 'provider'],
    ['colour=red', 'colour'],
    ['Limit=5', 'Limit'],
    ['offset=5', 'offset'],
    ['constructor=1', 'constructor'],
    ['__proto__=1', '__proto__'],
  ])('refuse ?%s by its name', async (query, name) => {
    const refused = await list(`?${query.replaceAll(' ', '%20')}`);
    expect([400, 422]).toContain(refused.status);
    expect(textOf(refused.body, 'code')).toMatch(/^(?:invalid|malformed)_request$/);
    expect(refused.text).toContain(name);
  });

  it('refuse a cursor that was tampered with, and never ask the database', async () => {
    const tampered = (change: object) =>
      Buffer.from(
        JSON.stringify({
          direction: 'after',
          at: '2026-11-20 09:00:00+00',
          id: '019aa5c8-fc00-7000-8000-0000000000a0',
          ...change,
        }),
      ).toString('base64url');
    payments.expectStatus(await list(`?cursor=${tampered({})}`), 200);
    for (const change of [
      { direction: 'sideways' },
      { at: 'infinity' },
      { at: '2026-13-45 99:99:99+00' },
      { at: '2026-02-31 09:00:00+00' },
      { at: '2027-02-29T09:00:00.123456+00:00' },
      { at: '0000-01-01 09:00:00+00' },
      { id: "' OR 1=1" },
      { id: null },
    ]) {
      const refused = await list(`?cursor=${tampered(change)}`);
      payments.expectProblem(refused, 422, 'invalid_request');
      expect(refused.body).toMatchObject({ errors: [{ pointer: '?cursor' }] });
    }
  });

  it('refuse a query where none is read', async () => {
    const refused = await call(app, 'GET', `/api/payments/${ids[0]}?expand=all`, {
      key: app.keys.user,
    });
    payments.expectProblem(refused, 422, 'invalid_request');
    expect(refused.body).toMatchObject({ errors: [{ pointer: '?expand' }] });
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
