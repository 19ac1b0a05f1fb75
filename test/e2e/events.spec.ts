import { Client } from 'pg';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call, eventually } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, numberOf, objectOf, textOf } from '../support/read';

const PUBLISH = `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
  VALUES (gen_random_uuid(), $1, 'test', gen_random_uuid(), 1, '{}')`;

describe('the feed of events', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  function read(query = '', key = app.keys.staff): Promise<Answer> {
    return call(app, 'GET', `/api/events${query}`, { key });
  }

  const cursorOf = (page: Answer) => textOf(page.body, 'cursor');
  const typesOn = (page: Answer) => listOf(page.body, 'data').map((one) => textOf(one, 'type'));
  const subjectsOn = (page: Answer) =>
    listOf(page.body, 'data').map((one) => textOf(one, 'subject', 'id'));

  /** A page once it shows as many events: a transaction elsewhere on the server may hold the feed up for a moment. */
  function readAll(query: string, count: number): Promise<Answer> {
    return eventually(
      () => read(query),
      (page) => typesOn(page).length >= count,
    );
  }

  let marks = 0;
  /** A place in the feed behind everything that was published up to now. */
  async function end(): Promise<string> {
    const mark = `mark.${(marks += 1)}`;
    await publish(mark);
    let query = '?limit=100';
    const page = await eventually(
      async () => {
        const seen = await read(query);
        query = `?limit=100&after=${cursorOf(seen)}`;
        return seen;
      },
      (seen) => typesOn(seen).at(-1) === mark,
    );
    return cursorOf(page);
  }

  const publish = (type: string) => app.query(PUBLISH, [type]);

  it('tells of a payment from its start to its end, oldest first', async () => {
    const after = await end();
    const { id } = await payments.makePaid(app, 'paypal');
    const page = await readAll(`?after=${after}`, 4);
    const told = listOf(page.body, 'data');
    expect(typesOn(page)).toEqual([
      'payment.created',
      'payment.open',
      'payment.approvable',
      'payment.paid',
    ]);
    expect(new Set(subjectsOn(page))).toEqual(new Set([id]));
    const sequences = told.map((one) => numberOf(one, 'sequence'));
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(told.at(-1)).toMatchObject({
      subject: { kind: 'payment' },
      data: { id, state: 'paid', amount: 1000, currency: 'EUR' },
    });
    for (const one of told) {
      expect(textOf(one, 'id')).toMatch(/^evt_[0-9a-z]{26}$/);
      expect(textOf(one, 'created_at')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  });

  it('never passes by an event whose transaction ends later than one that began after it', async () => {
    const after = await end();
    const slow = new Client({ connectionString: app.databaseUrl });
    await slow.connect();
    try {
      await slow.query('BEGIN');
      await slow.query(PUBLISH, ['test.slow']);
      await publish('test.fast');
      const early = await read(`?after=${after}`);
      expect(typesOn(early)).toEqual([]);
      await slow.query('COMMIT');
      const late = await readAll(`?after=${cursorOf(early)}`, 2);
      expect(typesOn(late)).toEqual(['test.slow', 'test.fast']);
    } finally {
      await slow.end();
    }
  });

  it('gives a cursor on every page, also an empty one, from which nothing is missed', async () => {
    const after = await end();
    const empty = await read(`?after=${after}`);
    expect(empty).toMatchObject({ status: 200, body: { type: 'list', data: [], count: 0 } });
    expect(objectOf(empty.body, '_links')).toEqual({
      self: `${app.url}/api/events?after=${after}`,
    });
    await publish('test.next');
    expect(typesOn(await readAll(`?after=${cursorOf(empty)}`, 1))).toEqual(['test.next']);
  });

  it('is read page by page by its links, each event once', async () => {
    const after = await end();
    for (let n = 1; n <= 5; n++) await publish(`test.page_${'abcde'.charAt(n - 1)}`);
    await readAll(`?after=${after}`, 5);
    const pages: Answer[] = [];
    let url: unknown = `${app.url}/api/events?limit=2&after=${after}`;
    while (typeof url === 'string' && pages.length < 9) {
      const page = await read(url.slice(`${app.url}/api/events`.length));
      pages.push(page);
      url = objectOf(page.body, '_links')['next'];
    }
    expect(pages.map((page) => numberOf(page.body, 'count'))).toEqual([2, 2, 1]);
    expect(pages.flatMap(typesOn)).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((letter) => `test.page_${letter}`),
    );
  });

  it('can be narrowed to a type or to all that begin alike', async () => {
    const after = await end();
    for (const type of ['test.one', 'other.one', 'test.two', 'tests.one']) await publish(type);
    await readAll(`?after=${after}`, 4);
    expect(typesOn(await read(`?after=${after}&type=test.two`))).toEqual(['test.two']);
    expect(typesOn(await read(`?after=${after}&type=test.*`))).toEqual(['test.one', 'test.two']);
    const first = await read(`?after=${after}&type=test.*&limit=1`);
    expect(typesOn(first)).toEqual(['test.one']);
    expect(typesOn(await read(`?after=${cursorOf(first)}&type=test.*`))).toEqual(['test.two']);
    expect(typesOn(await read(`?after=${cursorOf(first)}`))).toEqual([
      'other.one',
      'test.two',
      'tests.one',
    ]);
  });

  it('leads past thousands of events of other types', async () => {
    const after = await end();
    await app.query(
      `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
       SELECT gen_random_uuid(), 'test.noise', 'test', gen_random_uuid(), 1, '{}'
       FROM generate_series(1, 5200)`,
    );
    await publish('test.rare');
    await eventually(
      () => read(`?after=${after}&type=test.rare`),
      (page) => 'next' in objectOf(page.body, '_links'),
    );
    const first = await read(`?after=${after}&type=test.rare`);
    expect(typesOn(first)).toEqual([]);
    expect(objectOf(first.body, '_links')).toHaveProperty('next');
    const second = await readAll(`?after=${cursorOf(first)}&type=test.rare`, 1);
    expect(typesOn(second)).toEqual(['test.rare']);
    expect(objectOf(second.body, '_links')).not.toHaveProperty('next');
  });

  it('is for staff only', async () => {
    payments.expectProblem(await read('', app.keys.user), 403, 'forbidden');
  });

  it.each([
    ['after=nonsense', '?after'],
    ['after=', '?after'],
    [`after=${tampered({ tx: '-1' })}`, '?after'],
    [`after=${tampered({ tx: '99999999999999999999' })}`, '?after'],
    [`after=${tampered({ id: "' OR 1=1" })}`, '?after'],
    ['limit=0', '?limit'],
    ['limit=101', '?limit'],
    ['type=paid', '?type'],
    ['type=*', '?type'],
    ['cursor=x', '?cursor'],
    ['colour=red', '?colour'],
  ])('refuses ?%s by its name', async (query, pointer) => {
    const refused = await read(`?${query.replaceAll(' ', '%20')}`);
    payments.expectProblem(refused, 422, 'invalid_request');
    expect(refused.body).toMatchObject({ errors: [{ pointer }] });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});

function tampered(change: object): string {
  const cursor = { tx: '5', id: '00000000-0000-0000-0000-000000000000', ...change };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}
