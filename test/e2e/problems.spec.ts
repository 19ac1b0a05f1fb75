import { createHash } from 'node:crypto';
import { errorCatalogue } from '../../src/error-catalogue';
import { unauthorized } from '../../src/platform/http/http.errors';
import { listAt, textAt } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import { brokenPromises } from '../support/promises';

const all = errorCatalogue.owners.flatMap(({ errors }) => errors);
const JSON_WANTED = { headers: { accept: 'application/json' } };

describe('the pages about errors', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  const open = (path: string, accept = 'text/html,*/*;q=0.8') =>
    fetch(`${app.url}${path}`, { headers: { accept } });

  it('are where the `type` of an answer points to, for whoever opens it', async () => {
    const refused = await call(app, 'GET', '/api/payments');
    expect(refused.status).toBe(401);
    const type = textAt(refused.body, 'type') ?? '';
    const page = await open(type);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const text = await page.text();
    const { title } = unauthorized.definition;
    expect(text).toContain(`<h1>${title}</h1>`);
    // What to do, with code as code, and an answer in full.
    expect(text).toContain('<code>Authorization: Bearer &lt;key&gt;</code>');
    expect(text).toContain('&quot;type&quot;: &quot;/problems/unauthorized&quot;');
  });

  it('exist for every code of the program', async () => {
    for (const { code, definition } of all) {
      const page = await open(`/problems/${code}`);
      expect([code, page.status]).toEqual([code, 200]);
      expect(await page.text()).toContain(`HTTP ${definition.status}`);
    }
  });

  it('say that there is no such code, and which there are', async () => {
    const page = await open('/problems/%3Cscript%3E');
    const text = await page.text();
    expect(page.status).toBe(404);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(text).toContain('There is no code <code>&lt;script&gt;</code>');
    for (const { code } of all) expect(text).toContain(`href="/problems/${code}"`);
  });

  it('are kept for a while, and run, load and send nothing', async () => {
    const page = await open('/problems/unauthorized');
    const { headers } = page;
    expect(headers.get('cache-control')).toBe('public, max-age=3600');
    expect(headers.get('vary')).toBe('Accept, Origin');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'/);
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(await page.text()) ?? [];
    expect(policy).toContain(createHash('sha256').update(style).digest('base64'));
    expect(policy).toContain("form-action 'none'; frame-ancestors 'none'");
  });

  it('are JSON for programs that ask for it', async () => {
    const list = await call(app, 'GET', '/problems', JSON_WANTED);
    expect(list.status).toBe(200);
    const codes = listAt(list.body, 'data').map((one) => textAt(one, 'code'));
    expect(codes).toEqual(all.map(({ code }) => code));
    const one = await call(app, 'GET', '/problems/database_unavailable', JSON_WANTED);
    expect(one.headers['content-type']).toMatch(/^application\/json/);
    expect(one.body).toMatchObject({
      type: '/problems/database_unavailable',
      status: 503,
      retryable: true,
      example: {
        code: 'database_unavailable',
        status: 503,
        type: '/problems/database_unavailable',
      },
    });
    const none = await call(app, 'GET', '/problems/nonsense', JSON_WANTED);
    expect(none).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
  });

  it('broke no promise', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
