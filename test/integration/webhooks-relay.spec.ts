import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { RelayEvents } from '../../src/modules/webhooks/actions/relay-events';
import { createLogger } from '../../src/platform/logging/logger';
import { createApp } from '../../src/start-app';
import { newId } from '../../src/shared/id';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { configOf } from '../support/integration-parts';
import { endpointsOf, relayed, uuidOfEndpoint } from '../support/webhook-endpoints';

const PUBLISH = `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
  SELECT $1::uuid, $2, 'test', $3::uuid, $4::int, '{}'`;

describe('handing events on to webhooks', () => {
  let app: TestApp;
  /** Processes on one database; what they send is refused because the demonstration is off. */
  const processes: NestFastifyApplication[] = [];
  let relays: RelayEvents[];
  beforeAll(async () => {
    app = await startTestApp({ settings: { RUN_JOBS: 'false' } });
    for (let n = 0; n < 2; n++) {
      const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), RUN_JOBS: 'false' };
      const made = await createApp(configOf(settings), createLogger('silent'));
      processes.push(await made.init());
    }
    relays = processes.map((one) => one.get(RelayEvents));
  });
  beforeEach(() => app.query('DELETE FROM webhooks.endpoints'));
  afterAll(async () => {
    for (const one of processes) await one.close();
    await app?.close();
  });

  async function endpoint(types: readonly string[] = []): Promise<string> {
    const body = { url: 'https://shop.example.com/', event_types: types };
    return uuidOfEndpoint((await endpointsOf(app).make(body)).id);
  }

  const publish = (event: { type?: string; subject?: string; seq?: number } = {}) =>
    app.query(PUBLISH, [
      newId(),
      event.type ?? 'test.happened',
      event.subject ?? newId(),
      event.seq ?? 1,
    ]);

  /** Until nothing is left, by all processes at once. */
  async function relayAll(): Promise<void> {
    await Promise.all([
      relayed(app),
      ...relays.map(async (relay) => {
        for (let idle = 0; idle < 20;) {
          idle = (await relay.execute()) ? 0 : idle + 1;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }),
    ]);
  }

  const deliveries = () =>
    app.query(`SELECT d.endpoint_id, d.event_id, d.subject_seq, e.type FROM webhooks.deliveries d
      JOIN platform.events e ON e.id = d.event_id ORDER BY e.tx_id, e.id`);

  it('makes one delivery per endpoint and event, however many processes do it', async () => {
    const [all, some] = [await endpoint(), await endpoint(['test.wanted'])];
    const published = Array.from({ length: 900 }, (_, n) =>
      publish({ type: n % 3 === 0 ? 'test.wanted' : 'test.other' }),
    );
    await Promise.all([...published, relayAll()]);
    await relayAll();
    const rows = await deliveries();
    const eventsFor = (id: string) =>
      rows.filter((row) => row['endpoint_id'] === id).map((row) => row['event_id']);
    expect(eventsFor(all)).toHaveLength(900);
    expect(new Set(eventsFor(all)).size).toBe(900);
    expect(eventsFor(some)).toHaveLength(300);
    expect(new Set(eventsFor(some)).size).toBe(300);
  });

  it('waits for an event whose transaction ends late, and passes by none', async () => {
    await endpoint();
    const slow = new Client({ connectionString: app.databaseUrl });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query(PUBLISH, [newId(), 'test.slow', newId(), 1]);
    await publish({ type: 'test.fast' });
    for (const relay of relays) expect(await relay.execute()).toBe(false);
    expect(await deliveries()).toEqual([]);
    await slow.query('COMMIT');
    await slow.end();
    await relayAll();
    expect((await deliveries()).map(({ type }) => type)).toEqual(['test.slow', 'test.fast']);
  });

  it('hands the earlier event of a subject on no later than the later one', async () => {
    await endpoint();
    const subject = newId();
    const early = new Client({ connectionString: app.databaseUrl });
    await early.connect();
    await early.query('BEGIN');
    // Numbered first, but it comes to tell of the subject after the other one.
    await early.query('SELECT pg_current_xact_id()');
    for (let n = 0; n < 250; n++) await publish();
    await publish({ subject, seq: 1 });
    await early.query(PUBLISH, [newId(), 'test.later', subject, 2]);
    await early.query('COMMIT');
    await early.end();
    const [relay] = relays;
    await relayedOnce(relay);
    const told = (await deliveries()).filter((row) => row['type'] === 'test.later');
    expect(told).toHaveLength(1);
    const seqs = await app.query(
      'SELECT subject_seq FROM webhooks.deliveries WHERE subject_id = $1 ORDER BY 1',
      [subject],
    );
    expect(seqs.map((row) => row['subject_seq'])).toEqual([1, 2]);
  });

  /** One batch, as soon as there is one. */
  async function relayedOnce(relay: RelayEvents | undefined): Promise<void> {
    const endMs = performance.now() + 30_000;
    while (!(await relay?.execute())) {
      if (performance.now() > endMs) throw new Error('there was nothing to hand on');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  it('tells an endpoint exactly of what was not yet committed when it was made', async () => {
    await publish({ type: 'test.before' });
    const open = new Client({ connectionString: app.databaseUrl });
    await open.connect();
    await open.query('BEGIN');
    await open.query(PUBLISH, [newId(), 'test.meanwhile', newId(), 1]);
    await publish({ type: 'test.before_as_well' });
    await endpoint();
    await open.query('COMMIT');
    await open.end();
    await publish({ type: 'test.after' });
    await relayAll();
    const types = (await deliveries()).map(({ type }) => type);
    expect(types).toEqual(['test.meanwhile', 'test.after']);
  });

  it('keeps nothing for an endpoint that is disabled', async () => {
    const id = await endpoint();
    await app.query('UPDATE webhooks.endpoints SET enabled = false WHERE id = $1', [id]);
    await publish();
    await relayAll();
    expect(await deliveries()).toEqual([]);
  });

  it('undoes a batch that fails, and hands it on later', async () => {
    await endpoint();
    await app.query(
      `ALTER TABLE webhooks.deliveries ADD CONSTRAINT broken CHECK (false) NOT VALID`,
    );
    await publish();
    await expect(relayedOnce(relays[0])).rejects.toThrow('broken');
    await app.query('ALTER TABLE webhooks.deliveries DROP CONSTRAINT broken');
    await relayAll();
    expect(await deliveries()).toHaveLength(1);
  });
});
