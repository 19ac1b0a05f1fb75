import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call, type CallOptions } from '../support/http';
import * as payments from '../support/payments';

const SHOP = 'https://shop.example.com';
const STRANGER = 'https://evil.example';

/** What a page has to be shown to work with the answers. */
const NEEDED = [
  'Request-Id',
  'Location',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Idempotent-Replayed',
  'Link',
  'X-Result-Count',
];

describe('a page of another origin', () => {
  let app: TestApp;
  beforeAll(async () => {
    const settings = {
      CORS_ORIGINS: `${SHOP}, http://localhost:5173`,
      RATE_LIMIT_PER_MINUTE: '30',
    };
    app = await startTestApp({ settings });
  });
  afterAll(() => app?.close());

  const from = (origin: string, sent: CallOptions = {}): CallOptions => ({
    ...sent,
    headers: { origin, ...sent.headers },
  });

  function preflight(origin: string, path: string, method = 'POST'): Promise<Answer> {
    const headers = {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    };
    return call(app, 'OPTIONS', path, { headers });
  }

  function expectReadable({ headers }: Answer, origin = SHOP): void {
    expect(headers).toMatchObject({ vary: 'Origin', 'access-control-allow-origin': origin });
    const exposed = headers['access-control-expose-headers']?.split(', ');
    expect(exposed).toEqual(expect.arrayContaining(NEEDED));
    // No cookies: a page sends what it holds, or nothing.
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  }

  it.each([SHOP, 'http://localhost:5173'])('may ask before it sends: %s', async (origin) => {
    for (const path of ['/api/payments', '/api/paypal-payments/', '/api/customers/']) {
      const { status, headers, text } = await preflight(origin, path);
      expect({ status, text }).toEqual({ status: 204, text: '' });
      expect(headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-max-age': '600',
        vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
      });
      expect(headers['access-control-allow-methods']).toContain('POST');
      const allowed = headers['access-control-allow-headers'];
      for (const name of ['Authorization', 'Content-Type', 'Idempotency-Key', 'Request-Id']) {
        expect(allowed).toContain(name);
      }
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  it.each([STRANGER, 'null', `${SHOP}.evil.example`, 'http://localhost:5174'])(
    'is let in by nothing where it is not named: %s',
    async (origin) => {
      const asked = await preflight(origin, '/api/payments');
      const sent = await call(app, 'GET', '/api/payments', from(origin, { key: app.keys.user }));
      expect([asked.status, sent.status]).toEqual([204, 200]);
      for (const { headers } of [asked, sent]) {
        const names = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
        expect(names).toEqual([]);
        expect(headers.vary).toMatch(/^Origin\b/);
      }
    },
  );

  it('reads what it asked for', async () => {
    const body = { name: 'Page' };
    const made = await call(
      app,
      'POST',
      '/api/customers',
      from(SHOP, { key: app.keys.user, body }),
    );
    payments.expectStatus(made, 201);
    expectReadable(made);
    const older = await call(
      app,
      'GET',
      '/api/paypal-payments/',
      from(SHOP, { key: app.keys.user }),
    );
    payments.expectStatus(older, 200);
    expectReadable(older);
  });

  it('reads the pages about errors, which no cache may hand to another origin', async () => {
    const headers = { accept: 'application/json' };
    for (const path of ['/problems', '/problems/unauthorized', '/problems/no_such_code']) {
      const { headers: answered } = await call(app, 'GET', path, from(SHOP, { headers }));
      expect(answered['access-control-allow-origin']).toBe(SHOP);
      expect(answered.vary?.split(', ')).toContain('Origin');
    }
  });

  it('reads why it was refused, whatever stopped it', async () => {
    const key = app.keys.other;
    const tooLarge = { key, raw: `{"name": "${'x'.repeat(70_000)}"}` };
    const refusals: readonly (readonly [number, string, string, CallOptions])[] = [
      [401, 'GET', '/api/payments', {}],
      [403, 'GET', '/api/notifications', { key }],
      [404, 'GET', '/api/payments/pay_01kacwhz00e008000000000010', { key }],
      [404, 'GET', '/nowhere', {}],
      [400, 'GET', '/%ff', {}],
      [400, 'POST', '/api/customers', { key, raw: '{"name": ' }],
      [413, 'POST', '/api/customers', tooLarge],
      [
        415,
        'POST',
        '/api/customers',
        { key, raw: 'name', headers: { 'content-type': 'text/plain' } },
      ],
      [422, 'POST', '/api/customers', { key, body: { nam: 'x' } }],
    ];
    for (const [status, method, path, sent] of refusals) {
      const refused = await call(app, method, path, from(SHOP, sent));
      payments.expectStatus(refused, status);
      expectReadable(refused);
    }
  });

  it('reads that it sent too much', async () => {
    const key = await app.makeKey({ subject: 'busy-page', role: 'user' });
    const statuses: number[] = [];
    // Thirty at once and one every two seconds: a slow machine needs some more.
    for (let number = 0; number < 300 && !statuses.includes(429); number += 1) {
      const answer = await call(app, 'GET', '/api/payments', from(SHOP, { key }));
      statuses.push(answer.status);
      expectReadable(answer);
    }
    expect(statuses).toContain(429);
  });
});

describe('a page of another origin, where none was named', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  it('is not let in', async () => {
    const headers = { origin: SHOP, 'access-control-request-method': 'GET' };
    const asked = await call(app, 'OPTIONS', '/api/payments', { headers });
    payments.expectProblem(asked, 404, 'route_not_found');
    const sent = await call(app, 'GET', '/api/payments', { key: app.keys.user, headers });
    payments.expectStatus(sent, 200);
    for (const answer of [asked, sent]) {
      const names = Object.keys(answer.headers).filter((name) =>
        /^access-control|^vary/.test(name),
      );
      expect(names).toEqual([]);
    }
  });
});
