import { startTestApp, type TestApp } from '../support/app';
import * as compat from '../support/compatibility';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';

const { APPROVE, ask, CANCEL, expectDetail, expectFields, hexOf, PAYMENTS } = compat;

const REQUIRED = ['This field is required.'];
const NULL = ['This field may not be null.'];
const BLANK = ['This field may not be blank.'];
const NUMBER = ['A valid number is required.'];
const DECIMALS = ['Ensure that there are no more than 2 decimal places.'];
const DIGITS = ['Ensure that there are no more than 9 digits in total.'];
const MINIMUM = ['Ensure this value is greater than or equal to 0.01.'];
const URL_WANTED = ['Enter a valid URL.'];
const NO_MATCH = ['Invalid hyperlink - No URL match.'];
const NO_OBJECT = ['Invalid hyperlink - Object does not exist.'];
const FORBIDDEN = 'You do not have permission to perform this action.';
const SOME_HEX = '019aa5c8fc0070008000000000000099';
const PAYER = '7E7MGXCWTTKK2';

/** More than a body may have. */
const BODY_MAX = 64 * 1024;

describe('a request to the frozen routes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  async function stored(): Promise<unknown> {
    const [row] = await app.query('SELECT count(*)::int AS count FROM payments.payments');
    return row?.['count'];
  }

  describe('to create a payment', () => {
    it('is answered with the whole payment, and where it is', async () => {
      const made = await compat.create(app);
      const uuid = textOf(made.body, 'uuid');
      expect(made.status).toBe(201);
      expect(made.body).toEqual({
        url: `${app.url}${PAYMENTS}${uuid}/`,
        uuid: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        state: 'Created',
        amount: '99.99',
        tax: '0.00',
        customer: compat.customerUrl(app),
        approval_url: expect.stringContaining('token=') as string,
        error_message: '',
      });
      expect(made.headers.location).toBe(textOf(made.body, 'url'));
      const seen = await ask(app, 'GET', new URL(textOf(made.body, 'url')).pathname, {
        key: app.keys.user,
      });
      expect(seen.body).toEqual(made.body);
      const customer = new URL(textOf(made.body, 'customer')).pathname;
      const owner = await ask(app, 'GET', customer, { key: app.keys.user });
      expect(owner).toMatchObject({ status: 200, body: { id: app.customers.user } });
    });

    it.each([
      ['"99.99"', '99.99', 9999],
      ['99.99', '99.99', 9999],
      ['10', '10.00', 1000],
      ['"5"', '5.00', 500],
      ['"10.5"', '10.50', 1050],
      ['0.1', '0.10', 10],
      ['"0.01"', '0.01', 1],
      ['64.1', '64.10', 6410],
      ['"1234567.89"', '1234567.89', 123_456_789],
    ])('takes the amount %s as %s, to the cent', async (literal, shown, minor) => {
      const raw = JSON.stringify(compat.orderOf(app)).replace('"99.99"', literal);
      const made = await ask(app, 'POST', PAYMENTS, { key: app.keys.user, raw });
      expect(made).toMatchObject({ status: 201, body: { amount: shown } });
      const same = await payments.show(app, textOf(made.body, 'uuid'));
      expect(same.body).toMatchObject({
        amount: minor,
        currency: 'EUR',
        provider: 'paypal',
        capture_method: 'automatic',
      });
    });

    it.each<[string, readonly unknown[]]>([
      ['"0"', MINIMUM],
      ['0', MINIMUM],
      ['"0.00"', MINIMUM],
      ['"-1"', MINIMUM],
      ['-99.99', MINIMUM],
      ['"1.234"', DECIMALS],
      ['1.234', DECIMALS],
      ['0.30000000000000004', [expect.any(String)]],
      ['"1234567890"', [expect.any(String)]],
      ['"12345678.90"', DIGITS],
      ['12345678.90', DIGITS],
      ['123456789012345678901234567890', [expect.any(String)]],
      ['"ten"', NUMBER],
      ['"10,00"', NUMBER],
      ['"€10"', NUMBER],
      ['""', NUMBER],
      ['"NaN"', NUMBER],
      ['"Infinity"', NUMBER],
      ['"0x10"', NUMBER],
      ['"٣"', [expect.any(String)]],
      ['true', NUMBER],
      ['[]', [expect.any(String)]],
      ['{"value":"1.00"}', [expect.any(String)]],
      ['null', NULL],
    ])('refuses the amount %s', async (literal, messages) => {
      const before = await stored();
      const raw = JSON.stringify(compat.orderOf(app)).replace('"99.99"', literal);
      const refused = await ask(app, 'POST', PAYMENTS, { key: app.keys.user, raw });
      expectFields(refused, { amount: messages });
      expect(await stored()).toBe(before);
    });

    it.each(['return_url', 'cancel_url'])('needs a %s that a browser can open', async (name) => {
      const cases: readonly (readonly [unknown, readonly unknown[]])[] = [
        ['javascript:alert(1)', URL_WANTED],
        ['JavaScript://shop.example/%0aalert(1)', URL_WANTED],
        ['data:text/html,x', URL_WANTED],
        ['ftp://shop.example/', URL_WANTED],
        ['/return', URL_WANTED],
        ['shop', URL_WANTED],
        ['', BLANK],
        [null, NULL],
        [5, [expect.any(String)]],
        [['https://shop.example/'], [expect.any(String)]],
        [`https://shop.example/${'x'.repeat(2_000)}`, [expect.any(String)]],
      ];
      for (const [value, messages] of cases) {
        expectFields(await compat.create(app, { [name]: value }), { [name]: messages });
      }
      expectFields(await compat.create(app, { [name]: undefined }), { [name]: REQUIRED });
    });

    it('names everything that is missing or wrong at once', async () => {
      const key = app.keys.user;
      const missing = { customer: REQUIRED, return_url: REQUIRED, cancel_url: REQUIRED };
      expectFields(await ask(app, 'POST', PAYMENTS, { key, body: {} }), {
        amount: REQUIRED,
        ...missing,
      });
      const body = { amount: '1.234' };
      expectFields(await ask(app, 'POST', PAYMENTS, { key, body }), {
        amount: DECIMALS,
        ...missing,
      });
      expectFields(await ask(app, 'POST', PAYMENTS, { key }), { amount: REQUIRED, ...missing });
    });

    it('may say more than is read', async () => {
      const body = compat.orderOf(app, { tax: '5.00', state: 'Approved', currency: 'USD', x: [1] });
      const made = await ask(app, 'POST', `${PAYMENTS}?format=json&x=1`, {
        key: app.keys.user,
        body,
      });
      expect(made).toMatchObject({ status: 201, body: { state: 'Created', tax: '0.00' } });
    });

    it('knows the customer by any address that ends in its id', async () => {
      const hex = hexOf(app.customers.user);
      const dashed = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      for (const customer of [
        `${app.url}/api/customers/${hex}/`,
        `${app.url}/api/customers/${hex}`,
        `https://old.example.com/api/customers/${hex.toUpperCase()}/`,
        `/api/customers/${dashed}/`,
        `/api/customers/${app.customers.user}`,
      ]) {
        const made = await compat.create(app, { customer });
        expect(made).toMatchObject({
          status: 201,
          body: { customer: compat.customerUrl(app) },
        });
      }
    });

    it.each<[unknown, readonly unknown[]]>([
      ['http://example.com/api/paypal-payments/211ca3327de945899375749bd55dae4a/', NO_MATCH],
      ['http://example.com/api/customers/', NO_MATCH],
      ['http://example.com/api/customers/nobody/', NO_MATCH],
      ['http://example.com/', NO_MATCH],
      ['nobody', NO_MATCH],
      [`ftp://example.com/api/customers/${SOME_HEX}/`, [expect.any(String)]],
      ['', [expect.any(String)]],
      [5, [expect.any(String)]],
      [{ uuid: SOME_HEX }, [expect.any(String)]],
      [null, NULL],
    ])('refuses the customer %j', async (customer, messages) => {
      expectFields(await compat.create(app, { customer }), { customer: messages });
    });

    it('is forbidden for a customer of somebody else, known or not', async () => {
      const before = await stored();
      for (const id of [app.customers.other, SOME_HEX]) {
        const customer = compat.customerUrl(app, id);
        expectDetail(await compat.create(app, { customer }), 403, FORBIDDEN);
      }
      const body = compat.orderOf(app, { customer: compat.customerUrl(app, SOME_HEX) });
      const unknown = await ask(app, 'POST', PAYMENTS, { key: app.keys.staff, body });
      expectFields(unknown, { customer: NO_OBJECT });
      expect(await stored()).toBe(before);
      // What is wrong with the body comes first, so that nobody learns who exists.
      const wrong = await compat.create(app, {
        customer: compat.customerUrl(app, app.customers.other),
        amount: '0',
      });
      expectFields(wrong, { amount: MINIMUM });
    });

    it('is made once for an Idempotency-Key', async () => {
      const headers = { 'idempotency-key': 'frozen-create-1' };
      const first = await compat.create(app, {}, headers);
      const again = await compat.create(app, {}, headers);
      expect(again).toMatchObject({ status: 201, body: first.body });
      expect(again.headers.location).toBe(first.headers.location);
      expect(again.headers['idempotent-replayed']).toBe('true');
      // The same address without its slash, or with a letter written as %70, is no other request.
      for (const path of [PAYMENTS.slice(0, -1), PAYMENTS.replace('/p', '/%70')]) {
        const sent = { key: app.keys.user, body: compat.orderOf(app), headers };
        expect(await ask(app, 'POST', path, sent)).toMatchObject({ status: 201, body: first.body });
      }
      const other = await compat.create(app, { amount: '1.00' }, headers);
      expectDetail(other, 422, expect.any(String));
    });

    it('of staff may be for anybody', async () => {
      const customer = compat.customerUrl(app, app.customers.other);
      const body = compat.orderOf(app, { customer });
      const made = await ask(app, 'POST', PAYMENTS, { key: app.keys.staff, body });
      expect(made).toMatchObject({ status: 201, body: { customer } });
      const seen = await compat.show(app, textOf(made.body, 'uuid'), app.keys.other);
      expect(seen.body).toEqual(made.body);
    });
  });

  describe('to approve or cancel', () => {
    it('needs its fields, and says which', async () => {
      const none = { payment_id: REQUIRED, payer_id: REQUIRED };
      expectFields(await compat.approve(app, {}), none);
      expectFields(await compat.approve(app, { payment_id: SOME_HEX }), { payer_id: REQUIRED });
      expectFields(await compat.approve(app, { payment_id: null, payer_id: '' }), {
        payment_id: NULL,
        payer_id: BLANK,
      });
      const odd = await compat.approve(app, { payment_id: ['x'], payer_id: { a: 1 } });
      expectFields(odd, { payment_id: [expect.any(String)], payer_id: [expect.any(String)] });
      expectFields(await compat.cancel(app, {}), { payment_id: REQUIRED });
    });

    it.each(['', "' OR 1=1 --", '../../customers', 'x'.repeat(5_000), 'EC-😀', '%00', '{}'])(
      'does not stumble over the id %j',
      async (id) => {
        for (const answer of [
          await compat.approve(app, { payment_id: id, payer_id: PAYER }),
          await compat.approve(app, { payment_id: SOME_HEX, token: id, payer_id: PAYER }),
          await compat.cancel(app, { payment_id: id }),
          await compat.cancel(app, { token: id }),
        ]) {
          expect([400, 404]).toContain(answer.status);
        }
      },
    );

    it('says what it did not find', async () => {
      const byBoth = { payment_id: SOME_HEX, payer_id: PAYER, token: 'EC-39L024900R781241G' };
      const none = 'Payment with token EC-39L024900R781241G does not exist';
      expectDetail(await compat.approve(app, byBoth), 404, none);
      expectDetail(await compat.cancel(app, { token: byBoth.token }), 404, none);
      const byId = { payment_id: 'PAY-9T203937VX119544XK2ONUWA', payer_id: PAYER };
      const noId = 'Payment with id PAY-9T203937VX119544XK2ONUWA does not exist';
      expectDetail(await compat.approve(app, byId), 404, noId);
      expectDetail(await compat.cancel(app, byId), 404, noId);
    });
  });

  describe('whose body is hostile', () => {
    const bodies: readonly (readonly [string, string | Buffer])[] = [
      ['a key given twice', '{"amount":"1.00","amount":"9999.00"}'],
      ['a NUL character', '{"amount":"1.00","customer":"a\\u0000b"}'],
      ['half a surrogate pair', '{"payment_id":"\\ud800","payer_id":"x"}'],
      ['the key __proto__', '{"amount":"1.00","__proto__":{"amount":"2.00"}}'],
      ['half of the text', '{"amount":"10'],
      ['no JSON', 'amount=10&customer=x'],
      ['40,000 levels', '['.repeat(40_000)],
      ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ];

    it.each(bodies)('is refused for %s', async (_, raw) => {
      for (const path of [PAYMENTS, APPROVE, CANCEL]) {
        const refused = await ask(app, 'POST', path, { key: app.keys.user, raw });
        expect({ status: refused.status, text: refused.text }).toMatchObject({ status: 400 });
      }
    });

    it.each(['[]', '"text"', '5', 'true', 'null', '[{"amount":"1.00"}]'])(
      'is refused where it is %s and no object',
      async (raw) => {
        for (const path of [PAYMENTS, APPROVE, CANCEL]) {
          expectFields(await ask(app, 'POST', path, { key: app.keys.user, raw }), {
            non_field_errors: ['Invalid data. Expected a dictionary.'],
          });
        }
      },
    );

    it('is refused where it is too large, or no JSON by its own word', async () => {
      for (const path of [PAYMENTS, APPROVE, CANCEL]) {
        const raw = JSON.stringify({ x: 'x'.repeat(BODY_MAX) });
        const large = await ask(app, 'POST', path, { key: app.keys.user, raw });
        expectDetail(large, 413, expect.any(String));
        const form = await ask(app, 'POST', path, {
          key: app.keys.user,
          raw: 'amount=10',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
        expectDetail(form, 415, expect.any(String));
        // Both before anybody is asked who it is.
        expectDetail(await ask(app, 'POST', path, { raw }), 413, expect.any(String));
      }
    });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
