import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import { brokenPromises } from '../support/promises';
import * as payments from '../support/payments';
import { textOf } from '../support/read';

describe('addresses that no honest client asks for', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  const ids = [
    'nonsense',
    '1',
    '-1',
    'null',
    'undefined',
    'pay_',
    'pay_zzzzzzzzzzzzzzzzzzzzzzzzzz',
    'pay_81kacwhz00e008000000000010',
    'cus_01kacwhz00e008000000000010',
    'PAY_01kacwhz00e008000000000010',
    '00000000-0000-0000-0000-000000000000',
    '019aa5c8-fc00-7000-8000-0000000000a',
    '%27%20OR%201%3D1%20--',
    "1';DROP%20TABLE%20payments.payments;--",
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e%2fcustomers',
    '..%5c..%5c',
    '%00',
    'pay_%00',
    '%c3%28',
    '%',
    '%zz',
    '%F0%9F%98%80',
    '{id}',
    'a'.repeat(201),
    'a'.repeat(4_000),
    '__proto__',
    'constructor',
  ];

  it.each(ids)('find no payment and no customer at %s', async (id) => {
    for (const [method, path] of [
      ['GET', `/api/payments/${id}`],
      ['GET', `/api/payments/${id}/timeline`],
      ['POST', `/api/payments/${id}/approve`],
      ['POST', `/api/payments/${id}/cancel`],
      ['POST', `/api/payments/${id}/refresh`],
      ['GET', `/api/customers/${id}`],
      ['PATCH', `/api/customers/${id}`],
    ] as const) {
      const body = method === 'GET' ? undefined : {};
      const refused = await call(app, method, path, { key: app.keys.staff, body });
      expect({ path, status: refused.status }).toEqual({
        path,
        status: refused.status === 400 ? 400 : 404,
      });
      expect(textOf(refused.body, 'detail')).toMatch(/[.?!]$/);
    }
  });

  it.each([
    ['GET', '/nothing'],
    ['GET', '/api'],
    ['GET', '/api/invoice'],
    ['DELETE', '/api/payments'],
    ['PUT', '/api/payments/pay_01kacwhz00e008000000000010'],
    ['GET', '/api/payments/pay_01kacwhz00e008000000000010/capture'],
    ['GET', '/api/../etc/passwd'],
    ['GET', '//api/payments'],
    ['GET', '/api/payments%2f'],
  ])('say that nothing is at %s %s', async (method, path) => {
    const refused = await call(app, method, path, { key: app.keys.staff });
    payments.expectProblem(refused, 404, 'route_not_found');
  });

  it.each(['/docs/../package.json', '/docs/%2e%2e/%2e%2e/package.json', '/docs/..%2f.env'])(
    'give no file away at %s',
    async (path) => {
      const refused = await call(app, 'GET', path);
      expect([400, 403, 404]).toContain(refused.status);
      expect(refused.text).not.toContain('kassa');
    },
  );

  it('broke no promise, and asked the database nothing that it would refuse', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
