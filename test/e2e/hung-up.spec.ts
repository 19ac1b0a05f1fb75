import { AsyncLocalStorage } from 'node:async_hooks';
import { startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import { metricsOf, scrape, valueOf } from '../support/metrics';
import { expectStatus } from '../support/payments';
import { hangUp, requestOf } from '../support/raw-http';
import { listOf } from '../support/read';
import { sandboxOf, slow } from '../support/sandbox';

/** From there on contexts cost nothing, and stay on. */
const KEEPS_CONTEXTS = Number(process.versions.node.split('.', 1)[0]) >= 24;

describe('a caller that hangs up before it has the answer', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ settings: { METRICS_PORT: '0', RUN_JOBS: 'false' } });
  });
  afterAll(() => app?.close());

  const statusesOf = (id: string) =>
    app.log.filter((line) => line['request_id'] === id && 'ms' in line).map((it) => it['status']);

  const ended = (id: string) =>
    eventually(
      () => Promise.resolve(statusesOf(id)),
      (statuses) => statuses.length > 0,
    );

  const create = (id: string) =>
    requestOf(['POST', '/api/payments'], {
      id,
      key: app.keys.user,
      body: JSON.stringify({
        amount: 1000,
        currency: 'EUR',
        provider: 'paypro',
        customer: app.customers.user,
      }),
    });
  const list = (id: string) => requestOf(['GET', '/api/payments'], { id, key: app.keys.user });

  /** The provider lets the next payment wait; through once it was asked for it. */
  async function slowly(): Promise<() => Promise<unknown>> {
    await sandboxOf(app).clearCalls();
    await sandboxOf(app).fault('paypro', slow('/payments'));
    return () =>
      eventually(
        () => sandboxOf(app).calls(),
        (calls) => calls.some(({ path }) => path.endsWith('/payments')),
      );
  }

  async function openPayments(): Promise<number> {
    const { body } = await call(app, 'GET', '/api/payments?state=open', { key: app.keys.user });
    return listOf(body, 'data').length;
  }

  it('is told in one line and counted, while what it asked for is still done', async () => {
    await hangUp(app, create('impatient'), await slowly());
    expect(await ended('impatient')).toEqual([499]);
    await eventually(openPayments, (count) => count === 1);
    expect(statusesOf('impatient')).toEqual([499]);
    const labels = 'method="POST",route="/api/payments",status="4xx"';
    const page = await scrape(metricsOf(app.log));
    expect(valueOf(page, `kassa_http_request_duration_seconds_count{${labels}}`)).toBe(1);
  });

  it('is told also in the middle of its body', async () => {
    const half = create('half').slice(0, -20);
    // The whole request before it on the same connection shows that its head was read.
    await hangUp(app, list('whole') + half, () => ended('whole'));
    expect(await ended('half')).toEqual([499]);
  });

  it('is told for each of its requests that waited for their turn', async () => {
    const ids = ['second', 'third', 'fourth'];
    const bytes = [create('first'), ...ids.map(list)].join('');
    await hangUp(app, bytes, await slowly());
    for (const id of ['first', ...ids]) expect(await ended(id)).toEqual([499]);
    await eventually(openPayments, (count) => count === 2);
    for (const id of ['first', ...ids]) expect(statusesOf(id)).toEqual([499]);
  });

  it('is told apart from one that was refused before its address was understood', async () => {
    const answer = await call(app, 'GET', '/%ff', { headers: { 'request-id': 'odd' } });
    expectStatus(answer, 400);
    expect(await ended('odd')).toEqual([400]);
    const line = app.log.find((it) => it['request_id'] === 'odd' && 'ms' in it);
    expect(line).toMatchObject({ method: 'GET', route: null, caller: null });
  });

  (KEEPS_CONTEXTS ? it.skip : it)('leaves nothing behind that slows later ones down', async () => {
    const disabled = jest.spyOn(AsyncLocalStorage.prototype, 'disable');
    const path = '/api/customers';
    expectStatus(
      await call(app, 'POST', path, { key: app.keys.user, body: { name: 'Next' } }),
      201,
    );
    await eventually(
      () => Promise.resolve(disabled.mock.calls.length),
      (count) => count > 0,
    );
    disabled.mockRestore();
  });
});
