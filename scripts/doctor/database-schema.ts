import { migrations } from '../../src/migrations/migrations';
import { type DatabaseSettings } from '../../src/platform/database/database.settings';
import { type Queryable } from '../../src/platform/database/database';
import { lacksJobLibrary } from '../../src/platform/database/migrate';
import { statement } from '../../src/platform/database/statement';
import { findMove } from '../../src/platform/events/moved-database';
import { type Configuration } from './configuration';
import { fail, type Finding, ok, type Tell, warn } from './finding';

const MIGRATIONS = { check: 'database.migrations', lookedAt: 'Database: migrations' };
const INSTALLATION = { check: 'database.installation', lookedAt: 'Database: installation' };
const NUMBERS = { check: 'database.transactions', lookedAt: 'Database: transaction numbers' };
export const RIGHTS = { check: 'database.rights', lookedAt: 'Database: rights' };
export const RIGHTS_CURE = 'Let the role of DATABASE_URL own the database, or the tables in it.';

const SCHEMAS = ['platform', 'customers', 'payments', 'invoices', 'webhooks', 'providers'];

const hasHistory = statement<{ is_there: boolean }>(
  'doctor-has-history',
  `SELECT to_regclass('schema_migrations') IS NOT NULL AS is_there`,
);
const applied = statement<{ name: string }>('doctor-applied', 'SELECT name FROM schema_migrations');
const purposes = statement<{ purpose: string }>(
  'doctor-purpose',
  'SELECT purpose FROM platform.installation',
);
const tablesWithoutRights = statement<{ tables: number }>(
  'doctor-rights',
  `SELECT count(*)::int AS tables FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND NOT (has_schema_privilege(n.oid, 'USAGE')
     AND has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
     AND has_table_privilege(c.oid, 'UPDATE'))`,
);
const mayMake = statement<{ may: boolean }>(
  'doctor-may-make',
  `SELECT has_database_privilege(current_database(), 'CREATE') AS may`,
);

interface Wanted {
  readonly configuration: Configuration;
  readonly settings: DatabaseSettings;
  readonly tell: Tell;
}

/** What is in the database; resolves to whether its tables are all there, so that rows can be looked at. */
export async function examineSchema(
  on: Queryable,
  { configuration, settings, tell }: Wanted,
): Promise<boolean> {
  const state = await readState(on);
  const migratesItself = configuration.mode === 'demo' || settings.MIGRATE_ON_START;
  tell(migrationsFinding(state, migratesItself));
  const isPending = state.pending > 0 || state.lacksLibrary;
  tell(await rightsFinding(on, isPending && migratesItself));
  if (!state.hasHistory) return false;
  const isDemo = configuration.mode === 'demo' || configuration.http?.DEMO === true;
  tell(await installationFinding(on, isDemo ? 'demo' : 'real'));
  if (!isPending) tell(await numbersFinding(on));
  return !isPending;
}

interface SchemaState {
  readonly hasHistory: boolean;
  readonly pending: number;
  readonly unknown: number;
  readonly lacksLibrary: boolean;
}

async function readState(on: Queryable): Promise<SchemaState> {
  const [history] = await on.query(hasHistory, []);
  const isThere = history?.is_there ?? false;
  const rows = isThere ? await on.query(applied, []) : [];
  const done = new Set(rows.map(({ name }) => name));
  const ours = new Set(migrations.map(({ name }) => name));
  return {
    hasHistory: isThere,
    pending: [...ours].filter((name) => !done.has(name)).length,
    unknown: [...done].filter((name) => !ours.has(name)).length,
    lacksLibrary: await lacksJobLibrary(on),
  };
}

function migrationsFinding(state: SchemaState, migratesItself: boolean): Finding {
  const { hasHistory: isUsed, pending, unknown, lacksLibrary } = state;
  if (unknown > 0) {
    const message = `It has ${unknown} migrations that this version does not know: a newer version used it.`;
    return fail(
      MIGRATIONS,
      message,
      'Run the newer version; going back loses what only it understands.',
    );
  }
  if (pending === 0 && !lacksLibrary) return ok(MIGRATIONS, 'All are applied.');
  const message = isUsed ? `${Math.max(pending, 1)} are not applied.` : 'The database is empty.';
  if (migratesItself) {
    return warn(
      MIGRATIONS,
      message,
      'Nothing to do: the next start applies them. Back up before an upgrade.',
    );
  }
  const cure = 'Start one process with MIGRATE_ON_START=true, as your deployment step.';
  return fail(MIGRATIONS, message, cure);
}

/** Kassa writes everywhere; what may only be added to is guarded by triggers and not by rights. */
async function rightsFinding(on: Queryable, hasToMake: boolean): Promise<Finding> {
  const [lacking] = await on.query(tablesWithoutRights, [SCHEMAS]);
  const [made] = await on.query(mayMake, []);
  if ((lacking?.tables ?? 0) > 0) {
    return fail(
      RIGHTS,
      `The role may not write to ${lacking?.tables} tables of Kassa.`,
      RIGHTS_CURE,
    );
  }
  if (hasToMake && made?.may !== true) {
    return fail(RIGHTS, 'The role may not make the schemas that are missing.', RIGHTS_CURE);
  }
  return ok(RIGHTS, 'The role may do what it has to.');
}

async function numbersFinding(on: Queryable): Promise<Finding> {
  const move = await findMove(on);
  if (move === null) return ok(NUMBERS, 'They are those of this server.');
  return fail(NUMBERS, move.message, move.cure);
}

async function installationFinding(on: Queryable, purpose: 'demo' | 'real'): Promise<Finding> {
  const [row] = await on.query(purposes, []);
  if (row === undefined)
    return ok(INSTALLATION, `Unused: the first start takes it for ${purpose} money.`);
  if (row.purpose === purpose) return ok(INSTALLATION, `It holds ${purpose} money, as it should.`);
  const message = `It holds ${row.purpose} money, and these settings are for ${purpose} money.`;
  return fail(
    INSTALLATION,
    message,
    'Set DATABASE_URL to the database that belongs to these settings.',
  );
}
