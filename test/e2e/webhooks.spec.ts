import { startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';
import { endpointsOf, relayed } from '../support/webhook-endpoints';

const URL = 'https://shop.example.com/webhooks';
const SOME_ID = 'whe_01kacwhz00e008000000000099';
const SOME_DELIVERY = 'whd_01kacwhz00e008000000000099';
const SOME_CURSOR = Buffer.from(
  JSON.stringify({ tx: '0', id: '00000000-0000-0000-0000-000000000000' }),
).toString('base64url');

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

describe('webhook endpoints', () => {
  let app: TestApp;
  let endpoints: ReturnType<typeof endpointsOf>;
  beforeAll(async () => {
    app = await startTestApp();
    endpoints = endpointsOf(app);
  });
  beforeEach(() => app.query('DELETE FROM webhooks.endpoints'));
  afterAll(() => app?.close());

  /** Every route below one endpoint. */
  const routes = (id: string): readonly (readonly [string, string, object?])[] => [
    ['GET', `/${id}`],
    ['PATCH', `/${id}`, { enabled: false }],
    ['DELETE', `/${id}`],
    ['POST', `/${id}/rotate-secret`, {}],
    ['GET', `/${id}/deliveries`],
    ['POST', `/${id}/deliveries/${SOME_DELIVERY}/redeliver`, {}],
    ['POST', `/${id}/replay`, { after: SOME_CURSOR }],
    ['POST', `/${id}/ping`, {}],
  ];

  it('are created with a secret that is shown then and never again', async () => {
    const body = {
      url: URL,
      description: 'The shop',
      event_types: ['payment.*', 'refund.created'],
    };
    const made = await endpoints.as('POST', '', body);
    const id = textOf(made.body, 'id');
    const secret = textOf(made.body, 'secret');
    expect(made).toMatchObject({ status: 201, body: { ...body, enabled: true } });
    expect(made.headers.location).toBe(`${app.url}/api/webhook-endpoints/${id}`);
    expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
    const shown = await endpoints.as('GET', `/${id}`);
    const rest = objectOf(shown.body);
    expect(made.body).toEqual({ ...rest, secret });
    const listed = await endpoints.as('GET', '');
    expect(listed.body).toMatchObject({ type: 'list', data: [rest], count: 1 });
    const patched = await endpoints.as('PATCH', `/${id}`, { description: null });
    const removed = await endpoints.as('DELETE', `/${id}`);
    for (const { text } of [shown, listed, patched, removed]) expect(text).not.toContain('whsec_');
  });

  it('take every event and are enabled unless told otherwise', async () => {
    const made = await endpoints.as('POST', '', { url: URL });
    expect(made.body).toMatchObject({
      url: URL,
      description: null,
      event_types: [],
      enabled: true,
      disabled_reason: null,
      previous_secret_expires_at: null,
    });
  });

  it('are created once for one Idempotency-Key, whose repeat shows the secret again', async () => {
    const headers = { 'idempotency-key': 'endpoint-1' };
    const made = await endpoints.as('POST', '', { url: URL }, headers);
    const again = await endpoints.as('POST', '', { url: URL }, headers);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(made.body);
    const other = await endpoints.as('POST', '', { url: `${URL}/2` }, headers);
    payments.expectProblem(other, 422, 'idempotency_key_reused');
    expect((await endpoints.as('GET', '')).body).toMatchObject({ count: 1 });
  });

  it('change only in what is sent', async () => {
    const { id } = await endpoints.make({ url: URL, description: 'Old', event_types: ['a.b'] });
    const changed = await endpoints.as('PATCH', `/${id}`, { description: 'New' });
    expect(changed).toMatchObject({
      status: 200,
      body: { url: URL, description: 'New', event_types: ['a.b'], enabled: true },
    });
    const off = await endpoints.as('PATCH', `/${id}`, { enabled: false, event_types: [] });
    expect(off.body).toMatchObject({ description: 'New', event_types: [], enabled: false });
    await app.query(`UPDATE webhooks.endpoints SET disabled_reason = 'because'`);
    const still = await endpoints.as('PATCH', `/${id}`, { description: null });
    expect(still.body).toMatchObject({ enabled: false, disabled_reason: 'because' });
    const on = await endpoints.as('PATCH', `/${id}`, { enabled: true });
    expect(on.body).toMatchObject({ enabled: true, disabled_reason: null });
  });

  it('get another secret when staff rotate it, once per Idempotency-Key', async () => {
    const { id, secret } = await endpoints.make({ url: URL });
    const headers = { 'idempotency-key': 'rotate-1' };
    const rotated = await endpoints.as('POST', `/${id}/rotate-secret`, {}, headers);
    expect(rotated.status).toBe(200);
    expect(textOf(rotated.body, 'secret')).not.toBe(secret);
    const expires = Date.parse(textOf(rotated.body, 'previous_secret_expires_at'));
    expect(Math.abs(expires - Date.now() - 86_400_000)).toBeLessThan(60_000);
    const again = await endpoints.as('POST', `/${id}/rotate-secret`, {}, headers);
    expect(again.body).toEqual(rotated.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  it('do not show a later secret to whoever repeats the request that made an earlier one', async () => {
    const create = { 'idempotency-key': 'endpoint-2' };
    const made = await endpoints.as('POST', '', { url: URL }, create);
    const path = `/${textOf(made.body, 'id')}/rotate-secret`;
    const rotate = { 'idempotency-key': 'rotate-2' };
    payments.expectStatus(await endpoints.as('POST', path, {}, rotate), 200);
    const last = await endpoints.as('POST', path, {});
    for (const again of [
      await endpoints.as('POST', '', { url: URL }, create),
      await endpoints.as('POST', path, {}, rotate),
    ]) {
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(again.body).toMatchObject({ id: textOf(made.body, 'id'), secret: null });
      expect(again.text).not.toContain(textOf(last.body, 'secret'));
    }
  });

  it('are gone with their deliveries when they are deleted', async () => {
    const { id } = await endpoints.make({ url: URL });
    await app.query(
      `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
       SELECT gen_random_uuid(), 'test.happened', 'test', gen_random_uuid(), 1, '{}'
       FROM generate_series(1, 1200)`,
    );
    await relayed(app);
    payments.expectStatus(await endpoints.as('DELETE', `/${id}`), 200);
    payments.expectProblem(await endpoints.as('GET', `/${id}`), 404, 'webhook_endpoint_not_found');
    for (const table of ['deliveries', 'endpoints']) {
      await eventually(
        () => app.query(`SELECT id FROM webhooks.${table}`),
        (rows) => rows.length === 0,
      );
    }
    payments.expectStatus(await call(app, 'GET', '/api/events', { key: app.keys.staff }), 200);
  });

  it('are listed page by page, newest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.unshift((await endpoints.make({ url: `${URL}/${n}` })).id);
    const idsOn = (body: unknown) => listOf(body, 'data').map((one) => textOf(one, 'id'));
    const first = await endpoints.as('GET', '?limit=2');
    const next = textOf(first.body, '_links', 'next').split('/api/webhook-endpoints')[1] ?? '';
    const second = await endpoints.as('GET', next);
    expect([...idsOn(first.body), ...idsOn(second.body)]).toEqual(ids);
  });

  it('are at most twenty', async () => {
    for (let n = 0; n < 20; n++) await endpoints.make({ url: `${URL}/${n}` });
    const refused = await endpoints.as('POST', '', { url: URL });
    payments.expectProblem(refused, 409, 'too_many_webhook_endpoints');
  });

  it('are at most twenty, also when thirty are made at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 30 }, (_, n) => endpoints.as('POST', '', { url: `${URL}/${n}` })),
    );
    const refused = made.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(10);
    for (const one of refused) payments.expectProblem(one, 409, 'too_many_webhook_endpoints');
    expect(await app.query('SELECT id FROM webhooks.endpoints')).toHaveLength(20);
  });

  it.each([
    ['http://shop.example.com/webhooks', 'https'],
    ['https://shop.example.com:8080/', '443 or 8443'],
    ['https://user:pass@shop.example.com/', 'user and password'],
    ['https://localhost/', 'public'],
    ['https://127.0.0.1/', 'public'],
    ['https://2130706433/', 'public'],
    ['https://[::ffff:127.0.0.1]/', 'public'],
    ['https://[64:ff9b::7f00:1]/', 'public'],
    ['https://[2002:7f00:1::]/', 'public'],
    ['https://10.1.2.3/', 'public'],
    ['https://169.254.169.254/latest/meta-data', 'public'],
    ['https://metadata.google.internal/', 'public'],
    ['ftp://shop.example.com/', 'absolute URL'],
    ['/webhooks', 'absolute URL'],
    ['', 'absolute URL'],
    ['https://shop.example.com/ webhooks', 'spaces'],
    [`https://shop.example.com/${'x'.repeat(2_000)}`, 'at most'],
  ])('refuse the URL %s with what to send instead', async (url, words) => {
    const { id } = await endpoints.make({ url: URL });
    for (const refused of [
      await endpoints.as('POST', '', { url }),
      await endpoints.as('PATCH', `/${id}`, { url }),
    ]) {
      payments.expectProblem(refused, 422, 'invalid_request');
      expect(refused.body).toMatchObject({ errors: [{ pointer: '/url' }] });
      expect(textOf(refused.body, 'detail')).toContain(words);
    }
  });

  it.each(['https://shop.example.com', 'https://shop.example.com:8443/a?b=c', 'https://1.1.1.1/'])(
    'take the URL %s',
    async (url) => {
      payments.expectStatus(await endpoints.as('POST', '', { url, enabled: false }), 201);
    },
  );

  it.each([
    [{ url: null }, '/url'],
    [{ url: 5 }, '/url'],
    [{ event_types: ['paid'] }, '/event_types'],
    [{ event_types: ['*'] }, '/event_types'],
    [{ event_types: 'payment.paid' }, '/event_types'],
    [{ event_types: ['a.b', 'a.b'] }, '/event_types'],
    [{ event_types: null }, '/event_types'],
    [
      { event_types: LETTERS.flatMap((a) => LETTERS.slice(0, 2).map((b) => `a.${a}${b}`)) },
      '/event_types',
    ],
    [{ enabled: 'yes' }, '/enabled'],
    [{ enabled: null }, '/enabled'],
    [{ description: 'x'.repeat(201) }, '/description'],
    [{ secret: 'whsec_mine' }, '/secret'],
    [{ disabled_reason: 'x' }, '/disabled_reason'],
  ])('refuse %j by its name', async (fields, pointer) => {
    const { id } = await endpoints.make({ url: URL });
    for (const refused of [
      await endpoints.as('POST', '', { url: URL, ...fields }),
      await endpoints.as('PATCH', `/${id}`, fields),
    ]) {
      payments.expectProblem(refused, 422, 'invalid_request');
      const pointers = listOf(refused.body, 'errors').map((one) => textOf(one, 'pointer'));
      expect(new Set(pointers)).toEqual(new Set([pointer]));
    }
  });

  it('begin the refusal of what is no list with saying so', async () => {
    const refused = await endpoints.as('POST', '', { url: URL, event_types: 'payment.paid' });
    expect(textOf(refused.body, 'detail')).toContain('Send a list of names');
  });

  it('refuse a replay without a cursor, a state that there is not, and fields where none are read', async () => {
    const { id } = await endpoints.make({ url: URL });
    for (const [path, body, pointer] of [
      ['replay', {}, '/after'],
      ['replay', { after: 'nonsense' }, '/after'],
      ['replay', { after: SOME_CURSOR, limit: 5 }, '/limit'],
      ['ping', { url: URL }, '/url'],
      ['rotate-secret', { secret: 'x' }, '/secret'],
    ] as const) {
      const refused = await endpoints.as('POST', `/${id}/${path}`, body);
      payments.expectProblem(refused, 422, 'invalid_request');
      expect(refused.body).toMatchObject({ errors: [{ pointer }] });
    }
    const listed = await endpoints.as('GET', `/${id}/deliveries?state=lost`);
    expect(listed.body).toMatchObject({ status: 422, errors: [{ pointer: '?state' }] });
  });

  it('do not exist under an id that was never given', async () => {
    for (const id of [SOME_ID, 'nonsense', 'cus_01kacwhz00e008000000000099']) {
      for (const [method, path, body] of routes(id)) {
        const refused = await endpoints.as(method, path, body);
        payments.expectProblem(refused, 404, 'webhook_endpoint_not_found');
      }
    }
    const { id } = await endpoints.make({ url: URL });
    for (const delivery of [SOME_DELIVERY, 'nonsense']) {
      const path = `/${id}/deliveries/${delivery}/redeliver`;
      const refused = await endpoints.as('POST', path, {});
      payments.expectProblem(refused, 404, 'webhook_delivery_not_found');
    }
  });

  it('are for staff only, on every route', async () => {
    const { id } = await endpoints.make({ url: URL });
    const all = [...routes(id), ['GET', ''], ['POST', '', { url: URL }]] as const;
    for (const [method, path, body] of all) {
      const key = app.keys.user;
      const refused = await call(app, method, `/api/webhook-endpoints${path}`, { key, body });
      payments.expectProblem(refused, 403, 'forbidden');
    }
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
