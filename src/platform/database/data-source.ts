import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/migrations';
import { ApiKeyEntity } from '../auth/api-key.entity';
import { type DatabaseSettings } from './database.settings';

/** A statement that runs longer is stuck: the slowest of ours takes milliseconds. */
const STATEMENT_TIMEOUT_MS = 5_000;
/** Row locks are held for one short transaction; waiting longer means something is wrong. */
const LOCK_TIMEOUT_MS = 4_000;
/** No transaction of ours waits for anything but the database. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;
/** A request that gets no connection for this long answers 503 rather than queueing on. */
const CONNECTION_TIMEOUT_MS = 5_000;

const LIMITS = {
  statement_timeout: STATEMENT_TIMEOUT_MS,
  lock_timeout: LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
};

/** The database as the app and its scripts use it. */
export function createDataSource(settings: DatabaseSettings): DataSource {
  return dataSource(settings, { max: settings.DATABASE_POOL_SIZE, ...LIMITS });
}

/** The same database without time limits: one connection holds the lock, the other one migrates as long as it takes. */
export function createMigrationSource(settings: DatabaseSettings): DataSource {
  return dataSource(settings, { max: 2 });
}

function dataSource(settings: DatabaseSettings, extra: Readonly<Record<string, number>>) {
  return new DataSource({
    type: 'postgres',
    url: settings.DATABASE_URL,
    entities: [ApiKeyEntity],
    migrations,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    // Migrations own the schema; an entity never changes it.
    synchronize: false,
    logging: false,
    installExtensions: false,
    extra: {
      ...extra,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      application_name: 'kassa',
      options: '-c TimeZone=UTC -c synchronous_commit=on',
    },
  });
}
