import { readFile } from 'node:fs/promises';
import { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';
import { isObject, valueAt } from '../../src/shared/json';

const COMMITTED = join(__dirname, '../../docs/openapi.json');
/** Members of a path that are no operations. */
const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

describe('the documents', () => {
  let app: TestApp;
  let document: unknown;
  beforeAll(async () => {
    app = await startTestApp();
    document = (await call(app, 'GET', '/docs/openapi.json')).body;
  });
  afterAll(() => app?.close());

  interface Operation {
    readonly name: string;
    readonly path: string;
    readonly method: string;
    readonly operation: Readonly<Record<string, unknown>>;
  }

  function operations(): readonly Operation[] {
    return Object.entries(objectOf(document, 'paths')).flatMap(([path, item]) =>
      Object.entries(objectOf(item))
        .filter(([method]) => METHODS.includes(method))
        .map(([method, operation]) => ({
          name: `${method.toUpperCase()} ${path}`,
          path,
          method,
          operation: objectOf(operation),
        })),
    );
  }

  /** Names of the operations that a rule does not hold for. */
  function breaking(rule: (operation: Operation) => boolean): readonly string[] {
    return operations()
      .filter((operation) => !rule(operation))
      .map(({ name }) => name);
  }

  const hasText = (value: unknown, ...path: readonly (string | number)[]): boolean =>
    typeof valueAt(value, ...path) === 'string' && valueAt(value, ...path) !== '';

  it('are OpenAPI 3.1 with every route of the API', () => {
    expect(textOf(document, 'openapi')).toMatch(/^3\.1\.\d+$/);
    expect(hasText(document, 'info', 'title') && hasText(document, 'info', 'version')).toBe(true);
    expect(operations().map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'POST /api/payments',
        'GET /api/payments',
        'GET /api/payments/{id}',
        'POST /api/payments/{id}/approve',
        'POST /api/payments/{id}/cancel',
        'POST /api/payments/{id}/refresh',
        'GET /api/payments/{id}/timeline',
        'POST /api/payments/approve',
        'POST /api/payments/cancel',
        'POST /api/customers',
        'GET /api/customers',
        'GET /api/customers/{id}',
        'PATCH /api/customers/{id}',
        'GET /api/providers',
        'GET /api/paypal-payments/',
        'POST /api/paypal-payments/',
        'GET /api/paypal-payments/{uuid}/',
        'POST /api/paypal-payments/approve/',
        'POST /api/paypal-payments/cancel/',
        'GET /health/live',
        'GET /health/ready',
      ]),
    );
  });

  it('describe every operation', () => {
    const tags = listOf(document, 'tags').map((tag) => textOf(tag, 'name'));
    expect(
      breaking(
        ({ operation }) =>
          hasText(operation, 'operationId') &&
          hasText(operation, 'summary') &&
          hasText(operation, 'description') &&
          tags.includes(textOf(operation, 'tags', 0)),
      ),
    ).toEqual([]);
    const ids = operations().map(({ operation }) => textOf(operation, 'operationId'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('name the error answers of every operation, as problems', () => {
    const problems = ({ operation }: Operation) =>
      Object.entries(objectOf(operation, 'responses')).filter(([status]) => status >= '400');
    const isClosed = ({ path }: Operation): boolean => path.startsWith('/api/');
    expect(
      breaking((one) => !isClosed(one) || problems(one).some(([status]) => status === '401')),
    ).toEqual([]);
    expect(
      breaking((one) => !one.path.includes('{id}') || problems(one).some(([s]) => s === '404')),
    ).toEqual([]);
    const formOf = ({ path }: Operation): string =>
      path.startsWith('/api/paypal-') ? 'application/json' : 'application/problem+json';
    expect(
      breaking((one) =>
        problems(one).every(([, answer]) => isObject(valueAt(answer, 'content', formOf(one)))),
      ),
    ).toEqual([]);
  });

  it('show an example of every answer and every body', () => {
    const hasExample = (content: unknown): boolean =>
      Object.values(objectOf(content)).every(
        (media) => isObject(media) && ('example' in media || 'examples' in media || isFile(media)),
      );
    const isFile = (media: unknown) => valueAt(media, 'schema', 'format') === 'binary';
    expect(
      breaking(({ operation }) => {
        const contents = [
          valueAt(operation, 'requestBody', 'content'),
          ...Object.values(objectOf(operation, 'responses')).map((a) => valueAt(a, 'content')),
        ];
        return contents.filter(isObject).every(hasExample);
      }),
    ).toEqual([]);
  });

  it('refer only to what they define', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(10);
    const missing = references
      .map(([, path = '']) => path)
      .filter((path) => valueAt(document, ...path.split('/')) === undefined);
    expect(missing).toEqual([]);
  });

  it('close every operation but those that are public', () => {
    const secured = (value: unknown) => listOf(value, 'security').map((one) => objectOf(one));
    expect(secured(document)).toEqual([{ key: [] }, { oidc: [] }]);
    expect(objectOf(document, 'components', 'securitySchemes', 'key')).toMatchObject({
      type: 'http',
      scheme: 'bearer',
    });
    const open = operations().filter(
      ({ operation }) => 'security' in operation && listOf(operation, 'security').length === 0,
    );
    expect(open.map(({ path }) => path).sort()).toEqual([
      '/api/notifications/{id}',
      '/health/live',
      '/health/ready',
    ]);
  });

  it('are the same as the committed docs/openapi.json', async () => {
    const committed: unknown = JSON.parse(await readFile(COMMITTED, 'utf8'));
    expect(document).toEqual(committed);
  });

  it('are served as a page that people can use', async () => {
    const page = await call(app, 'GET', '/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.text).toContain('swagger-ui');
    const script = /src="([^"]*swagger-ui-init\.js)"/.exec(page.text)?.[1] ?? '';
    const loaded = await call(app, 'GET', new URL(script, `${app.url}/docs/`).pathname);
    payments.expectStatus(loaded, 200);
  });

  it.each(['/docs/openapi.json', '/docs/swagger-ui-init.js'])(
    'are written once and not for each who asks: %s',
    async (path) => {
      const ended = jest.spyOn(ServerResponse.prototype, 'end');
      const answers = [await call(app, 'GET', path), await call(app, 'GET', path)];
      const { calls, contexts } = ended.mock;
      const sent = calls.filter((_, at) => valueAt(contexts[at], 'req', 'url') === path);
      ended.mockRestore();
      const [[first] = [], [second] = []] = sent;
      expect(Buffer.isBuffer(first)).toBe(true);
      expect(second).toBe(first);
      expect(answers.map(({ text }) => text)).toEqual([String(first), String(first)]);
    },
  );

  it('are JSON, and nothing that costs more to write', async () => {
    const { headers } = await call(app, 'GET', '/docs/openapi.json');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const yaml = await call(app, 'GET', '/docs/openapi.yaml');
    payments.expectProblem(yaml, 404, 'route_not_found');
  });

  it('add an Idempotency-Key to what is sent from the page', async () => {
    const script = await call(app, 'GET', '/docs/swagger-ui-init.js');
    const source = /"requestInterceptor": (function [\s\S]*?\n\})/.exec(script.text)?.[1];
    const added = `const send = ${source};
      [send({ method: 'POST', headers: {} }), send({ method: 'GET', headers: {} })]`;
    const [post, get] = listOf(runInNewContext(added, { crypto, Uint8Array }));
    expect(textOf(post, 'headers', 'Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/);
    expect(objectOf(get, 'headers')).toEqual({});
  });

  it('hold no key where no demonstration runs', async () => {
    const page = await call(app, 'GET', '/docs');
    const script = await call(app, 'GET', '/docs/swagger-ui-init.js');
    expect(page.text + script.text).not.toMatch(/kassa_[A-Za-z0-9_-]{20,}/);
  });

  it('are true about the members of a payment and a customer', async () => {
    const { id } = await payments.makePayment(app, 'paypal');
    const shown = await payments.show(app, id);
    const customer = await call(app, 'GET', `/api/customers/${app.customers.user}`, {
      key: app.keys.user,
    });
    for (const [schema, body] of [
      ['PaymentResponse', shown.body],
      ['CustomerResponse', customer.body],
    ] as const) {
      const described = objectOf(document, 'components', 'schemas', schema, 'properties');
      expect(Object.keys(objectOf(body)).sort()).toEqual(Object.keys(described).sort());
    }
  });

  it('are true about a problem: it has the members they list, and an id to report', async () => {
    const headers = { 'request-id': 'my-own-request-1' };
    const refused = await call(app, 'GET', '/api/payments/x', { key: app.keys.user, headers });
    payments.expectProblem(refused, 404, 'payment_not_found');
    expect(refused.headers['request-id']).toBe('my-own-request-1');
    expect(refused.body).toMatchObject({
      type: '/problems/payment_not_found',
      title: 'No such payment',
      retryable: false,
      request_id: 'my-own-request-1',
    });
    const described = objectOf(document, 'components', 'schemas', 'ProblemResponse', 'properties');
    expect(Object.keys(described)).toEqual(
      expect.arrayContaining(Object.keys(objectOf(refused.body))),
    );
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
