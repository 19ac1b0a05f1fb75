import { type Client } from 'pg';
import { createMigrationSource } from '../../src/platform/database/data-source';
import { migrate } from '../../src/platform/database/migrate';
import {
  asAdmin,
  createDatabase,
  databaseUrl,
  TEMPLATE_SETTING,
  type TestDatabase,
} from './database';

/** Any number that nothing else on this server takes as an advisory lock. */
const TEMPLATE_LOCK = 7_701_548;

/**
 * Every five minutes the simulator's whole list of events would be applied, in the midst of whatever test the clock meets: an
 * order is read once more, and the answer that a test prepared for its own call is used up. Its time counts as come already.
 */
const LISTS_ARE_READ_WHEN_TESTS_SAY_SO = `
  INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
  VALUES ('read-lost-notifications', now(), now() + interval '1 day')`;

/** A database with the schema in it, a copy of one that was migrated once for the whole run. */
export function createMigratedDatabase(): Promise<TestDatabase> {
  const template = process.env[TEMPLATE_SETTING];
  if (template === undefined) throw new Error('The globalSetup did not name a template.');
  return asAdmin(async (client) => {
    await makeTemplate(client, template);
    // Half the work of the other strategy, which writes every page of a copy to the log as well.
    return createDatabase(client, `TEMPLATE "${template}" STRATEGY FILE_COPY`);
  });
}

/** Whoever comes first makes it, and the others wait. It gets its name when it is complete and nobody is connected. */
async function makeTemplate(client: Client, template: string): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    await makeMissingTemplate(client, template);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

async function makeMissingTemplate(client: Client, template: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
  if (rowCount === 1) return;
  const unfinished = `${template}_unfinished`;
  // Left by whoever failed: the next one shall say why, not that it exists.
  await client.query(`DROP DATABASE IF EXISTS "${unfinished}" WITH (FORCE)`);
  await client.query(`CREATE DATABASE "${unfinished}"`);
  const source = createMigrationSource({
    DATABASE_URL: databaseUrl(unfinished),
    DATABASE_POOL_SIZE: 2,
    MIGRATE_ON_START: false,
  });
  await migrate(await source.initialize());
  await source.query(LISTS_ARE_READ_WHEN_TESTS_SAY_SO);
  await source.destroy();
  await client.query(`ALTER DATABASE "${unfinished}" RENAME TO "${template}"`);
}
