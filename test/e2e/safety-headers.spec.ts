import { parseJson } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import { exchange } from '../support/raw-http';

describe('every answer', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  it.each([
    ['GET', '/api/payments', 200],
    ['GET', '/api/payments/x', 404],
    ['GET', '/nowhere', 404],
    ['PROPFIND', '/api/payments', 404],
    ['GET', '/%ff', 400],
    ['GET', '/health/live', 200],
    ['GET', '/docs', 200],
    ['GET', '/docs/openapi.json', 200],
    ['GET', '/docs/swagger-ui-init.js', 200],
  ])('is kept by nobody and framed by nobody: %s %s', async (method, path, status) => {
    const answer = await call(app, method, path, { key: app.keys.user });
    expect(answer).toMatchObject({
      status,
      headers: {
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      },
    });
    if (status >= 400)
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('comes from us, also where the caller expects what nobody knows', async () => {
    const asked =
      'GET /api/payments HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nConnection: close\r\n\r\n';
    const answer = await exchange(app, asked);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toMatch(/^request-id: /im);
  });

  it.each([
    ['an unknown method', 'FETCH /api/payments HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP method'],
    ['no HTTP', 'hello\r\n\r\n', 'HTTP'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n', 'not valid HTTP'],
    [
      'two lengths of one body',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      'framed',
    ],
    [
      'headers without an end',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      'larger than 16 kB',
    ],
  ])('is a problem with a cure, also to %s', async (_, bytes, cure) => {
    const [head = '', body = ''] = (await exchange(app, bytes)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(head).toContain('Content-Type: application/problem+json');
    expect(head).toContain('Cache-Control: no-store');
    const detail: unknown = expect.stringContaining(cure);
    expect(parseJson(body)).toMatchObject({ code: 'malformed_request', status: 400, detail });
  });
});
