import { Client } from 'pg';
import { createLogger } from '../../src/platform/logging/logger';
import { type Stoppable } from '../../src/run-process';
import { startApp, startWorker } from '../../src/start-app';
import { settingsFor } from '../support/app';
import { type TestDatabase } from '../support/database';
import { createMigratedDatabase } from '../support/database-template';
import { configOf } from '../support/integration-parts';

/** Nobody has to answer there: a start does not call a gateway. */
const NOWHERE = 'http://127.0.0.1:9';

/** What the server that it came from had counted to: more than 32 bits, as after some years. */
const OLD = '4294967999';

const STARTED = 'it started';

const ADD_EVENT = `INSERT INTO platform.events (id, tx_id, type, subject_kind, subject_id, subject_seq, data)
  VALUES (gen_random_uuid(), coalesce($1::text::xid8, pg_current_xact_id()), 'test.happened', 'test', gen_random_uuid(), 1, '{}')`;
const ADD_ENDPOINT = `INSERT INTO webhooks.endpoints (id, url, secret, secret_id, made_at_snapshot, created_by)
  VALUES (gen_random_uuid(), 'https://shop.example', 's', gen_random_uuid(), $1::text::pg_snapshot, 'shop')`;

describe('a start on a database that was restored on another server', () => {
  let database: TestDatabase;
  let client: Client;
  beforeEach(async () => {
    database = await createMigratedDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client?.end();
    await database?.drop();
  });

  const settings = () => settingsFor(database.url, NOWHERE);

  async function outcomeOf(starting: Promise<Stoppable>): Promise<string> {
    try {
      await (await starting).close();
      return STARTED;
    } catch (error) {
      return String(error);
    }
  }

  const start = () => outcomeOf(startApp(configOf(settings()), createLogger('silent')));

  it.each([
    ['events', ADD_EVENT, OLD],
    ['webhooks', 'UPDATE webhooks.relay SET tx_id = $1::text::xid8', OLD],
    ['endpoints', ADD_ENDPOINT, `${OLD}:${OLD}:`],
  ])(
    'is refused where the numbers of its %s come from there, and says what to type',
    async (_, sql, number) => {
      await client.query(sql, [number]);
      const said = await start();
      expect(said).toContain('restored on another server');
      expect(said).toContain(`up to ${OLD}`);
      expect(said).toContain('pg_resetwal -e 2 ');
      expect(said).toContain('docs/operations.md');
    },
  );

  it('is refused to a worker as well, before it takes a job', async () => {
    await client.query(`SELECT graphile_worker.add_job('forget-idempotency-keys')`);
    await client.query(ADD_EVENT, ['99999999999999']);
    const said = await outcomeOf(startWorker(configOf(settings()), createLogger('silent')));
    expect(said).toContain('pg_resetwal -e 23284 ');
    const { rows } = await client.query('SELECT FROM graphile_worker.jobs WHERE attempts = 0');
    expect(rows).toHaveLength(1);
  });

  it('goes on where the last transaction of all wrote the last numbers, and while another one writes', async () => {
    const other = new Client({ connectionString: database.url });
    await other.connect();
    try {
      await client.query(ADD_ENDPOINT.replace('$1::text::pg_snapshot', 'pg_current_snapshot()'));
      await other.query('BEGIN');
      await other.query(ADD_EVENT, [null]);
      await client.query(ADD_EVENT, [null]);
      await client.query('UPDATE webhooks.relay SET tx_id = pg_current_xact_id()');
      expect(await start()).toBe(STARTED);
    } finally {
      await other.end();
    }
  });
});
