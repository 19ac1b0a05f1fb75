import { PAYPAL_BE, startTestApp, type TestApp } from '../support/app';
import * as compat from '../support/compatibility';
import { type Answer, call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { getTarget } from '../support/raw-http';
import { listOf, objectOf, textOf } from '../support/read';

const { ask, expectDetail, expectFields, hexOf, PAYMENTS } = compat;

const SOME_HEX = '019aa5c8fc0070008000000000000099';
const PAYER = '7E7MGXCWTTKK2';

describe('the frozen list of payments', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      settings: (sandboxUrl) => ({
        PROVIDERS: 'paypal,paypal_be,paypro',
        PAYPAL_BE__TYPE: 'paypal',
        PAYPAL_BE__CLIENT_ID: PAYPAL_BE.clientId,
        PAYPAL_BE__CLIENT_SECRET: PAYPAL_BE.secret,
        PAYPAL_BE__MODE: 'sandbox',
        PAYPAL_BE__BASE_URL: `${sandboxUrl}/paypal`,
      }),
    });
  });
  afterAll(() => app?.close());

  async function newCustomer(name = 'Donny', key = app.keys.user): Promise<string> {
    const made = await call(app, 'POST', '/api/customers', { key, body: { name } });
    return textOf(made.body, 'id');
  }

  function list(query = '', key = app.keys.user): Promise<Answer> {
    return ask(app, 'GET', `${PAYMENTS}${query}`, { key });
  }

  describe('of a customer', () => {
    let customer: string;
    /** Oldest first. */
    const uuids: string[] = [];
    beforeAll(async () => {
      customer = await newCustomer();
      const url = compat.customerUrl(app, customer);
      for (let n = 1; n <= 12; n++) {
        uuids.push((await compat.order(app, { customer: url, amount: `${n}.00` })).uuid);
      }
    });

    const of = (query = '') => list(`?customer=${hexOf(customer)}${query}`);
    const uuidsOf = ({ body }: Answer) => listOf(body).map((one) => textOf(one, 'uuid'));

    /** `rel` → the parameters of its address. */
    function linksOf({ headers }: Answer): Readonly<Record<string, string>> {
      const found = [...String(headers.link).matchAll(/<([^>]*)>; rel="(\w+)"/g)];
      return Object.fromEntries(
        found.map(([, url = '', rel = '']) => {
          expect(url.startsWith(`${app.url}${PAYMENTS}?`)).toBe(true);
          const { searchParams } = new URL(url);
          searchParams.sort();
          return [rel, searchParams.toString()];
        }),
      );
    }

    it('shows ten, newest first, how many there are, and where the others are', async () => {
      const first = await of();
      expect(first.headers['x-result-count']).toBe('12');
      expect(uuidsOf(first)).toEqual([...uuids].reverse().slice(0, 10));
      const filter = `customer=${hexOf(customer)}`;
      expect(linksOf(first)).toEqual({
        first: filter,
        next: `${filter}&page=2`,
        last: `${filter}&page=2`,
      });
      const second = await of('&page=2');
      expect(uuidsOf(second)).toEqual([...uuids].reverse().slice(10));
      expect(second.headers['x-result-count']).toBe('12');
      expect(linksOf(second)).toMatchObject({ first: filter, last: `${filter}&page=2` });
      expect(linksOf(second)).not.toHaveProperty('next');
      expect(linksOf(second)['prev']).toMatch(/^customer=\w+(?:&page=1)?$/);
    });

    it('is walked by its links to the end and back, whatever else was asked for', async () => {
      const walked: string[] = [];
      let query: string | undefined = `?customer=${hexOf(customer)}&page_size=5&o=a%20b`;
      let last: Answer | undefined;
      while (query !== undefined && walked.length < 20) {
        last = await list(query);
        walked.push(...uuidsOf(last));
        const links = linksOf(last);
        for (const parameters of Object.values(links)) {
          expect(parameters).toContain('page_size=5');
          expect(parameters).toContain('o=a+b');
        }
        const { next } = links;
        query = next === undefined ? undefined : `?${next}`;
      }
      expect(walked).toEqual([...uuids].reverse());
      const before = await list(`?${last ? linksOf(last)['prev'] : ''}`);
      expect(uuidsOf(before)).toEqual([...uuids].reverse().slice(5, 10));
    });

    it('has no more than 300 on a page, however many are asked for', async () => {
      const crowd = await newCustomer('Crowd');
      const { uuid } = await compat.order(app, { customer: compat.customerUrl(app, crowd) });
      await app.query(
        `INSERT INTO payments.payments
         SELECT copy.* FROM payments.payments p, generate_series(1, 301) n,
           jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'provider_payment_id', 'copy-' || n)) copy
         WHERE p.id = $1`,
        [uuid],
      );
      const page = await list(`?customer=${hexOf(crowd)}&page_size=1000`);
      expect(listOf(page.body)).toHaveLength(300);
      expect(page.headers['x-result-count']).toBe('302');
      expect(linksOf(page)['last']).toContain('page=2');
    });

    it('has ten on a page where the number is none', async () => {
      for (const [size, length] of [
        ['300', 12],
        ['99999999999999999999', 12],
        ['7', 7],
        ['0', 10],
        ['-5', 10],
        ['ten', 10],
        ['', 10],
        ['1.5', 10],
      ] as const) {
        const page = await of(`&page_size=${size}`);
        payments.expectStatus(page, 200);
        expect([size, listOf(page.body).length]).toEqual([size, length]);
      }
      const all = await of('&page_size=300');
      expect(Object.keys(linksOf(all)).sort()).toEqual(['first', 'last']);
      for (const parameters of Object.values(linksOf(all))) {
        expect(parameters).not.toMatch(/\bpage=/);
      }
    });

    it('has a last page that goes by this name', async () => {
      const byName = await of('&page=last&page_size=5');
      const byNumber = await of('&page=3&page_size=5');
      expect(uuidsOf(byName)).toEqual([...uuids].reverse().slice(10));
      expect([byName.body, linksOf(byName)]).toEqual([byNumber.body, linksOf(byNumber)]);
    });

    it.each(['0', '-1', '3', 'two', '1.5', '99999999999999999999', "1'"])(
      'has no page %s',
      async (page) => {
        expectDetail(await of(`&page=${encodeURIComponent(page)}`), 404, 'Invalid page.');
      },
    );

    it('is empty for nobody’s payments, and that is its first page', async () => {
      const nobody = await newCustomer('Nobody');
      for (const query of ['', '&page=1', '&page=last']) {
        const empty = await list(`?customer=${hexOf(nobody)}${query}`);
        expect(empty).toMatchObject({ status: 200, body: [] });
        expect(empty.headers['x-result-count']).toBe('0');
      }
      expectDetail(await list(`?customer=${hexOf(nobody)}&page=2`), 404, 'Invalid page.');
    });

    it('knows the customer in every spelling, and shows a foreign one’s to nobody', async () => {
      const hex = hexOf(customer);
      const dashed = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      for (const spelling of [hex, hex.toUpperCase(), dashed, customer]) {
        const page = await list(`?customer=${spelling}&page_size=300`);
        expect(uuidsOf(page)).toEqual([...uuids].reverse());
      }
      const staff = await list(`?customer=${hex}`, app.keys.staff);
      expect(staff.headers['x-result-count']).toBe('12');
      for (const query of [`?customer=${hex}`, `?customer=${SOME_HEX}`]) {
        const foreign = await list(query, app.keys.other);
        expect(foreign).toMatchObject({ status: 200, body: [] });
        expect(foreign.headers['x-result-count']).toBe('0');
      }
      for (const junk of ['nobody', '1', "'", 'pay_01kacwhz00e008000000000099']) {
        const refused = await list(`?customer=${encodeURIComponent(junk)}`);
        expectFields(refused, { customer: [expect.any(String)] });
      }
    });

    it('has what changed last at its top', async () => {
      const oldest = uuids[0] ?? '';
      expectDetail(
        await compat.cancel(app, { payment_id: oldest }),
        200,
        'Payment has been cancelled.',
      );
      const page = await of('&page_size=1');
      expect(uuidsOf(page)).toEqual([oldest]);
      const [shown] = listOf(page.body).map((one) => objectOf(one));
      const alone = await compat.show(app, oldest);
      expect(shown).toEqual(alone.body);
    });
  });

  describe('leaves out what these routes do not tell of', () => {
    it.each([
      ['at PayPro', 'paypro', {}],
      ['in another currency', 'paypal', { currency: 'USD' }],
    ])('finds no payment %s', async (_, provider, changes) => {
      const { id, providerId } = await payments.makePayment(app, provider, changes);
      const key = app.keys.staff;
      expectDetail(await compat.show(app, id, key), 404, expect.any(String));
      for (const payment_id of [id, hexOf(id), providerId]) {
        const none = `Payment with id ${payment_id} does not exist`;
        const body = { payment_id, payer_id: PAYER };
        expectDetail(await compat.approve(app, body, key), 404, none);
        expectDetail(await compat.cancel(app, { payment_id }, key), 404, none);
      }
      expect((await list('?page_size=300', key)).text).not.toContain(hexOf(id));
      expect((await payments.show(app, id)).body).toMatchObject({ state: 'open' });
    });

    it('finds those at another account with PayPal, and approves them there', async () => {
      const { id, checkoutUrl } = await payments.makePayment(app, 'paypal_be');
      const back = await compat.agree({ uuid: hexOf(id), approvalUrl: checkoutUrl });
      expect((await list('?page_size=300')).text).toContain(hexOf(id));
      expectDetail(await compat.approve(app, back), 200, 'Payment has been approved.');
      expect((await compat.show(app, id)).body).toMatchObject({ state: 'Approved' });
    });

    it('shows staff a payment without a customer as such', async () => {
      const body = payments.paymentBody(app, { provider: 'paypal', customer: null });
      const made = await call(app, 'POST', '/api/payments', { key: app.keys.staff, body });
      const id = textOf(made.body, 'id');
      const seen = await compat.show(app, id, app.keys.staff);
      expect(seen).toMatchObject({ status: 200, body: { customer: null } });
      expectDetail(await compat.show(app, id), 404, expect.any(String));
    });
  });

  it.each([
    ['a whole URL', (path: string) => `http://elsewhere.example${path}`, (path: string) => path],
    [
      'letters in percent signs',
      (path: string) => path.replace('/p', '/%70'),
      (path: string) => path.replace('/p', '/%70'),
    ],
  ])('is found where the address is sent as %s', async (_, sent, linked) => {
    const headers = [`Authorization: Bearer ${app.keys.user}`];
    const page = await getTarget(app, sent(`${PAYMENTS}?page_size=1`), headers);
    expect(page).toMatchObject({ status: 200 });
    const first = `<http://pay.example${linked(PAYMENTS)}?page_size=1>; rel="first"`;
    expect(page.head.toLowerCase()).toContain(`link: ${first}`);
    const neutral = await getTarget(app, sent('/api/payments?limit=1'), headers);
    expect(neutral).toMatchObject({ status: 200 });
    expect(neutral.body).toContain(`"self":"http://pay.example${linked('/api/payments')}?limit=1"`);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
