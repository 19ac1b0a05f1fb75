import { startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { endpointsOf, relayed } from '../support/webhook-endpoints';
import {
  type Received,
  startWebhookListener,
  verified,
  type WebhookListener,
} from '../support/webhook-listener';

describe('webhooks that staff ask for', () => {
  let app: TestApp;
  let endpoints: ReturnType<typeof endpointsOf>;
  let listener: WebhookListener;
  beforeAll(async () => {
    app = await startTestApp({ settings: { DEMO: 'true' } });
    endpoints = endpointsOf(app);
  });
  beforeEach(async () => {
    listener = await startWebhookListener();
  });
  afterEach(async () => {
    await app.query('DELETE FROM webhooks.endpoints');
    await listener.close();
  });
  afterAll(() => app?.close());

  const typeOf = (one: Received) => textOf(one.body, 'type');
  const idOf = (one: Received) => String(one.headers['webhook-id']);

  function arrived(count: number): Promise<readonly Received[]> {
    return eventually(
      () => Promise.resolve(listener.received),
      (seen) => seen.length >= count,
    );
  }

  async function cursor(): Promise<string> {
    await relayed(app);
    let after = '';
    for (;;) {
      const page = await call(app, 'GET', `/api/events?limit=100${after}`, { key: app.keys.staff });
      after = `&after=${textOf(page.body, 'cursor')}`;
      if (!page.text.includes('"next"')) return textOf(page.body, 'cursor');
    }
  }

  async function eventIds(after: string): Promise<readonly string[]> {
    const page = await call(app, 'GET', `/api/events?limit=100&after=${after}`, {
      key: app.keys.staff,
    });
    return listOf(page.body, 'data').map((one) => textOf(one, 'id'));
  }

  describe('a ping', () => {
    it('is signed and sent at once, and says what came of it', async () => {
      const { id, secret } = await endpoints.make({ url: listener.url });
      const ping = await endpoints.as('POST', `/${id}/ping`, {});
      const [received] = listener.received;
      if (!received) throw new Error('nothing arrived');
      expect(verified(received, secret)).toMatchObject({
        type: 'webhook.ping',
        data: { endpoint: id },
      });
      expect(ping).toMatchObject({
        status: 200,
        body: { type: 'webhook_ping', delivered: true, status: 200, error: null },
      });
      expect(idOf(received)).toBe(textOf(ping.body, 'id'));
      expect(await endpoints.deliveries(id)).toEqual([]);
    });

    it('tells of a refusal without its words, and of a receiver that is not there', async () => {
      const { id } = await endpoints.make({ url: listener.url });
      listener.answer = () => ({ status: 500, text: 'password of the receiver' });
      const refused = await endpoints.as('POST', `/${id}/ping`, {});
      expect(refused).toMatchObject({ status: 200, body: { delivered: false, status: 500 } });
      expect(refused.text).not.toContain('password');
      await listener.close();
      const gone = await endpoints.as('POST', `/${id}/ping`, {});
      expect(gone.body).toMatchObject({
        delivered: false,
        status: null,
        error: 'The connection was refused.',
      });
    });

    it('reaches a disabled endpoint, and does not disable one that is gone', async () => {
      const { id } = await endpoints.make({ url: listener.url, enabled: false });
      payments.expectStatus(await endpoints.as('POST', `/${id}/ping`, {}), 200);
      expect(listener.received).toHaveLength(1);
      await endpoints.as('PATCH', `/${id}`, { enabled: true });
      listener.answer = () => ({ status: 410 });
      expect((await endpoints.as('POST', `/${id}/ping`, {})).body).toMatchObject({ status: 410 });
      expect((await endpoints.as('GET', `/${id}`)).body).toMatchObject({ enabled: true });
    });

    it('is sent once for one Idempotency-Key', async () => {
      const { id } = await endpoints.make({ url: listener.url });
      const headers = { 'idempotency-key': 'ping-1' };
      const first = await endpoints.as('POST', `/${id}/ping`, {}, headers);
      const again = await endpoints.as('POST', `/${id}/ping`, {}, headers);
      expect(again.body).toEqual(first.body);
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(listener.received).toHaveLength(1);
    });
  });

  describe('a replay', () => {
    it('brings what happened before the endpoint was made, with the ids that the feed has', async () => {
      const after = await cursor();
      await payments.makePayment(app, 'paypal');
      await relayed(app);
      const ids = await eventIds(after);
      expect(ids).toHaveLength(2);
      const { id, secret } = await endpoints.make({ url: listener.url });
      const replay = await endpoints.as('POST', `/${id}/replay`, { after });
      expect(replay).toMatchObject({ status: 200, body: { type: 'webhook_replay', count: 2 } });
      const received = await arrived(2);
      for (const one of received) verified(one, secret);
      expect(received.map(idOf).sort()).toEqual([...ids].sort());
    });

    it('brings again what was delivered already, and only types that are wanted', async () => {
      const { id } = await endpoints.make({ url: listener.url, event_types: ['payment.created'] });
      const after = await cursor();
      await payments.makePayment(app, 'paypal');
      await arrived(1);
      await eventually(
        () => endpoints.deliveries(id, '?state=delivered'),
        (all) => all.length === 1,
      );
      const headers = { 'idempotency-key': 'replay-1' };
      const replay = await endpoints.as('POST', `/${id}/replay`, { after }, headers);
      expect(replay.body).toMatchObject({ count: 1, has_more: false });
      const received = await arrived(2);
      expect(received.map(typeOf)).toEqual(['payment.created', 'payment.created']);
      expect(new Set(received.map(idOf)).size).toBe(1);
      const again = await endpoints.as('POST', `/${id}/replay`, { after }, headers);
      expect(again.body).toEqual(replay.body);
      const rest = { after: textOf(replay.body, 'cursor') };
      expect((await endpoints.as('POST', `/${id}/replay`, rest)).body).toMatchObject({ count: 0 });
      expect(await endpoints.deliveries(id)).toHaveLength(1);
    });

    it('goes on with its cursor where there is more than it takes at a time', async () => {
      const after = await cursor();
      await app.query(
        `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
         SELECT gen_random_uuid(), 'many.things', 'test', gen_random_uuid(), 1, '{}'
         FROM generate_series(1, 503)`,
      );
      await relayed(app);
      const { id } = await endpoints.make({ url: listener.url, event_types: ['many.*'] });
      const first = await endpoints.as('POST', `/${id}/replay`, { after });
      expect(first.body).toMatchObject({ count: 500, has_more: true });
      const next = { after: textOf(first.body, 'cursor') };
      const second = await endpoints.as('POST', `/${id}/replay`, next);
      expect(second.body).toMatchObject({ count: 3, has_more: false });
    });

    it('looks through a bounded number of events for those that are wanted, and says where it ended', async () => {
      const after = await cursor();
      await app.query(
        `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
         SELECT gen_random_uuid(), 'noise.made', 'test', gen_random_uuid(), 1, '{}'
         FROM generate_series(1, 5003)`,
      );
      await app.query(
        `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
         VALUES (gen_random_uuid(), 'rare.thing', 'test', gen_random_uuid(), 1, '{}')`,
      );
      await relayed(app);
      const { id } = await endpoints.make({ url: listener.url, event_types: ['rare.*'] });
      const first = await endpoints.as('POST', `/${id}/replay`, { after });
      expect(first.body).toMatchObject({ count: 0, has_more: true });
      const next = { after: textOf(first.body, 'cursor') };
      const second = await endpoints.as('POST', `/${id}/replay`, next);
      expect(second.body).toMatchObject({ count: 1, has_more: false });
    });

    it('and a redelivery are refused while the endpoint is disabled', async () => {
      const { id } = await endpoints.make({ url: listener.url });
      const after = await cursor();
      await payments.makePayment(app, 'paypal');
      await arrived(2);
      const [delivery] = await endpoints.deliveries(id);
      await endpoints.as('PATCH', `/${id}`, { enabled: false });
      for (const [path, body] of [
        ['replay', { after }],
        [`deliveries/${textOf(delivery, 'id')}/redeliver`, {}],
      ] as const) {
        const refused = await endpoints.as('POST', `/${id}/${path}`, body);
        payments.expectProblem(refused, 409, 'webhook_endpoint_disabled');
      }
    });
  });

  it('are not sent to an endpoint that is disabled, nor kept for it', async () => {
    const { id } = await endpoints.make({ url: listener.url, enabled: false });
    const other = await startWebhookListener();
    await endpoints.make({ url: other.url });
    await payments.makePayment(app, 'paypal');
    await eventually(
      () => Promise.resolve(other.received),
      (seen) => seen.length === 2,
    );
    await endpoints.as('PATCH', `/${id}`, { enabled: true });
    await relayed(app);
    expect(await endpoints.deliveries(id)).toEqual([]);
    expect(listener.connections()).toBe(0);
    await other.close();
  });

  it('can be listed by what became of them', async () => {
    const { id } = await endpoints.make({ url: listener.url });
    listener.answer = (one) => ({ status: typeOf(one) === 'payment.open' ? 500 : 200 });
    await payments.makePayment(app, 'paypal');
    await eventually(
      () => endpoints.deliveries(id, '?state=pending'),
      (all) => all.length === 1 && JSON.stringify(all).includes('It answered 500.'),
    );
    const [delivered] = await endpoints.deliveries(id, '?state=delivered');
    expect(delivered).toMatchObject({ type: 'webhook_delivery', event_type: 'payment.created' });
    expect(await endpoints.deliveries(id, '?state=failed')).toEqual([]);
    const paged = await endpoints.as('GET', `/${id}/deliveries?limit=1`);
    const next = textOf(paged.body, '_links', 'next').split('/api/webhook-endpoints')[1] ?? '';
    expect((await endpoints.as('GET', next)).body).toMatchObject({ data: [delivered] });
  });

  it('are sent again, as the same, when the attempt could not be written down', async () => {
    const { id } = await endpoints.make({ url: listener.url, event_types: ['payment.created'] });
    await app.query('ALTER TABLE webhooks.deliveries ADD CONSTRAINT broken CHECK (attempts < 1)');
    await payments.makePayment(app, 'paypal');
    await eventually(
      () => Promise.resolve(app.log.filter(({ task }) => task === 'send-next-webhook')),
      (failures) => failures.length > 0,
    );
    await app.query('ALTER TABLE webhooks.deliveries DROP CONSTRAINT broken');
    const [told] = await eventually(
      () => endpoints.deliveries(id, '?state=delivered'),
      (all) => all.length === 1,
    );
    expect(told).toMatchObject({ attempts: 1 });
    expect(listener.received.length).toBeGreaterThan(1);
    expect(new Set(listener.received.map(idOf)).size).toBe(1);
    expect(new Set(listener.received.map(({ text }) => text)).size).toBe(1);
  });

  it('leave no secret and no signature in the log, nor what a receiver said', async () => {
    const { id, secret } = await endpoints.make({ url: listener.url });
    listener.answer = () => ({ status: 500, text: 'said-by-the-receiver' });
    await endpoints.as('POST', `/${id}/ping`, {});
    const rotated = await endpoints.as('POST', `/${id}/rotate-secret`, {});
    await payments.makePayment(app, 'paypal');
    await arrived(2);
    const told = await eventually(
      () => endpoints.as('GET', `/${id}/deliveries`),
      ({ text }) => text.includes('It answered 500.'),
    );
    const signatures = listener.received.map((one) => String(one.headers['webhook-signature']));
    expect(signatures.length).toBeGreaterThan(1);
    await eventually(
      () => Promise.resolve(JSON.stringify(app.log)),
      (lines) => lines.includes('webhook sent'),
    );
    const written = JSON.stringify(app.log) + told.text;
    const secrets = [secret, textOf(rotated.body, 'secret'), ...signatures, 'said-by-the-receiver'];
    for (const one of secrets) expect(written).not.toContain(one);
    expect(written).not.toMatch(/whsec_|v1,/);
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
