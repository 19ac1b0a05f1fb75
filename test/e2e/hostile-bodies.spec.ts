import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

/** The largest body that is read. */
const BODY_MAX = 64 * 1024;

describe('bodies that no honest client sends', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ settings: { RUN_JOBS: 'false' } });
  });
  afterAll(() => app?.close());

  function send(raw: string | Buffer, path = '/api/payments'): Promise<Answer> {
    return call(app, 'POST', path, { key: app.keys.user, raw });
  }

  function pointersOf({ body }: Answer): ReadonlySet<string> {
    return new Set(listOf(body, 'errors').map((one) => textOf(one, 'pointer')));
  }

  /** A good body with one field as text, so that JSON's own spelling reaches the server. */
  function bodyWith(field: string, literal: string): string {
    const good = { ...payments.paymentBody(app), [field]: null };
    return JSON.stringify(good).replace(`"${field}":null`, `"${field}":${literal}`);
  }

  it.each([
    ['10.50', 422],
    ['10.0', 422],
    ['1e3', 422],
    ['1E+3', 422],
    ['0', 422],
    ['-1', 422],
    ['-0', 422],
    ['9007199254740993', 422],
    ['1000000000000', 422],
    ['1e400', 422],
    ['999999999999999999999999999999', 422],
    ['"1000"', 422],
    ['"10.00"', 422],
    ['true', 422],
    ['null', 422],
    ['[1000]', 422],
    ['{"value":1000}', 422],
    ['0x10', 400],
    ['01', 400],
    ['+5', 400],
    ['NaN', 400],
    ['Infinity', 400],
    ['.5', 400],
  ])('are refused for the amount %s, and told what to send', async (literal, status) => {
    const refused = await send(bodyWith('amount', literal));
    payments.expectProblem(
      refused,
      status,
      status === 400 ? 'malformed_request' : 'invalid_request',
    );
    if (status === 422) {
      expect([...pointersOf(refused)]).toEqual(['/amount']);
      expect(textOf(refused.body, 'detail')).toContain('for EUR 10.00 send 1000');
    }
  });

  const wrong: readonly (readonly [string, readonly unknown[]])[] = [
    ['currency', ['eur', 'EURO', 'XXX', '', 5, null, ['EUR'], 'EUR ', '€']],
    ['provider', [5, ['paypal'], {}, true, 'x'.repeat(41)]],
    ['customer', [5, ['cus_1'], {}, 'nonsense', 'cus_', "' OR 1=1 --", 'x'.repeat(500)]],
    ['description', [5, ['x'], {}, true, 'x'.repeat(256)]],
    ['pay_methods', ['ideal', [], [5], [''], ['ideal', 'ideal'], {}, Array(21).fill('x')]],
    ['metadata', ['text', 5, [], [1], { a: 'x'.repeat(9_000) }]],
    ['setup_mandate', ['true', 1, {}]],
    ['mandate', [5, ['x'], 'x'.repeat(101)]],
    ['locale', [5, ['nl'], {}, 'x'.repeat(40)]],
  ];
  const cases = wrong.flatMap(([field, values]) => values.map((value) => [field, value] as const));

  it.each(cases)('are refused where %s is %j', async (field, value) => {
    const refused = await send(JSON.stringify(payments.paymentBody(app, { [field]: value })));
    expect(refused.status).toBe(422);
    expect(JSON.stringify(listOf(refused.body, 'errors'))).toContain(`"/${field}`);
  });

  const urls = [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'vbscript:x',
    'ftp://shop.example/',
    '//shop.example/return',
    '/return',
    'return',
    '',
    'https://',
    'https://user:password@shop.example/',
    'https:shop.example',
    'https://shop.example\\return',
    'https://shop.example/re\tturn',
    ' https://shop.example/return',
    'https://shop.example/?paymentId=pay_1',
    'https://shop.example/?x=1&paymentId=',
    'https://shop.example/?payment%49d=pay_1',
    `https://shop.example/${'x'.repeat(2_000)}`,
    5,
    ['https://shop.example/'],
    { href: 'https://shop.example/' },
  ];

  it.each(urls)('are refused where a return URL is %j', async (url) => {
    for (const field of ['return_url', 'cancel_url']) {
      const refused = await send(JSON.stringify(payments.paymentBody(app, { [field]: url })));
      payments.expectProblem(refused, 422, 'invalid_request');
      expect([...pointersOf(refused)]).toEqual([`/${field}`]);
    }
  });

  it('are refused for a field that nobody knows, by its name', async () => {
    const refused = await send(
      JSON.stringify(payments.paymentBody(app, { amont: 1, status: 'paid' })),
    );
    payments.expectProblem(refused, 422, 'invalid_request');
    expect([...pointersOf(refused)].sort()).toEqual(['/amont', '/status']);
    for (const one of listOf(refused.body, 'errors'))
      expect(one).toMatchObject({ code: 'unknown_field' });
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    'are refused for the field %s, which every object has',
    async (name) => {
      const refused = await send(JSON.stringify(payments.paymentBody(app, { [name]: 'x' })));
      payments.expectProblem(refused, 422, 'invalid_request');
      expect([...pointersOf(refused)]).toEqual([`/${name}`]);
    },
  );

  it.each([
    ['a key given twice', '{"amount":1,"currency":"EUR","amount":9999}', '"amount" appears twice'],
    ['a key given twice in two spellings', '{"amount":1,"\\u0061mount":2}', 'appears twice'],
    ['a NUL character', '{"amount":1,"currency":"EUR","description":"a\\u0000b"}', 'NUL'],
    ['a raw NUL character', '{"amount":1,"description":"a\0b"}', 'JSON'],
    ['a lone surrogate', '{"amount":1,"currency":"EUR","description":"\\ud800"}', 'surrogate'],
    ['a NUL in metadata', '{"amount":1,"metadata":{"a":["\\u0000"]}}', 'NUL'],
    ['a NUL in a key', '{"amount":1,"metadata":{"\\u0000":1}}', 'NUL'],
    ['the key __proto__', '{"amount":1,"__proto__":{"amount":2}}', '__proto__'],
    ['half of the text', '{"amount":10', 'JSON'],
    ['two values', '{}{}', 'JSON'],
    ['single quotes', "{'amount':1}", 'JSON'],
    ['a comment', '{"amount":1/* one */}', 'JSON'],
    ['no JSON at all', 'amount=1000&currency=EUR', 'JSON'],
    ['40,000 levels of lists', '['.repeat(40_000), 'nested'],
    ['40,000 levels of lists that end', '['.repeat(32_000) + ']'.repeat(32_000), 'nested'],
    ['10,000 levels of objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(4_000)}`, 'nested'],
    ['a list', '[{"amount":1000,"currency":"EUR"}]', 'JSON object'],
    ['an empty list', '[]', 'JSON object'],
    ['a text', '"amount"', 'JSON object'],
    ['a number', '1000', 'JSON object'],
    ['null', 'null', 'JSON object'],
    ['true', 'true', 'JSON object'],
  ])('are refused on every route for %s', async (_, raw, words) => {
    const id = 'pay_01kacwhz00e008000000000010';
    for (const path of [
      '/api/payments',
      '/api/payments/approve',
      '/api/payments/cancel',
      `/api/payments/${id}/approve`,
      `/api/payments/${id}/cancel`,
      `/api/payments/${id}/refresh`,
      '/api/customers',
    ]) {
      const refused = await send(raw, path);
      payments.expectProblem(refused, 400, 'malformed_request');
      expect(textOf(refused.body, 'detail')).toContain(words);
    }
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', Buffer.from('{"amount":1}', 'utf16le')],
    ['an overlong slash', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])],
  ])('are refused for %s', async (_, bytes) => {
    payments.expectProblem(await send(bytes), 400, 'malformed_request');
  });

  it('may be 64 kB long, and not one byte more', async () => {
    const body = JSON.stringify(payments.paymentBody(app, { amount: -1 }));
    const full = body + ' '.repeat(BODY_MAX - Buffer.byteLength(body));
    payments.expectProblem(await send(full), 422, 'invalid_request');
    payments.expectProblem(await send(`${full} `), 413, 'body_too_large');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'text/json', ''])(
    'are refused as %j',
    async (type) => {
      const sent = { key: app.keys.user, raw: '{}', headers: { 'content-type': type } };
      const refused = await call(app, 'POST', '/api/payments', sent);
      expect([400, 415]).toContain(refused.status);
      expect(textOf(refused.body, 'code')).toMatch(/unsupported_media_type|malformed_request/);
    },
  );

  it('are missed where something has to be said', async () => {
    const refused = await call(app, 'POST', '/api/payments', { key: app.keys.user });
    payments.expectProblem(refused, 422, 'invalid_request');
    expect([...pointersOf(refused)].sort()).toEqual(['/amount', '/currency']);
  });

  it('left nothing behind, reached no provider, and broke no promise', async () => {
    expect(await app.query('SELECT id FROM payments.payments')).toEqual([]);
    expect(await sandboxOf(app).calls()).toEqual([]);
    expect(brokenPromises(app)).toEqual([]);
  });
});
