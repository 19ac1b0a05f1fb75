import { type Configuration } from './configuration';
import { examineSchema, RIGHTS, RIGHTS_CURE } from './database-schema';
import { examineServer } from './database-server';
import { examineWork } from './database-work';
import { type Check, fail, type Finding, ok, skipped } from './finding';
import { openReadOnly, type ReadOnlyDatabase } from './read-only-database';
import { nameOf } from './run-checks';

/** SQLSTATE `insufficient_privilege`. */
const FORBIDDEN = '42501';

const PLACE = { check: 'database.reachable', lookedAt: 'Database' };

/** Everything about the database, over one connection that may only read. */
export function checkDatabase(configuration: Configuration): Check {
  return {
    name: 'database',
    lookedAt: PLACE.lookedAt,
    run: async (tell) => {
      const { database, source, mode } = configuration;
      if (database === null) {
        const isGiven = source.names().some((name) => /^DATABASE_URL(?:_FILE)?$/.test(name));
        const brings = mode === 'demo' && !isGiven;
        return tell(
          skipped(
            PLACE,
            brings ? 'The demo brings its own.' : 'Its settings are wrong or missing.',
          ),
        );
      }
      const opened = await open(database.DATABASE_URL);
      if ('finding' in opened) return tell(opened.finding);
      try {
        tell(ok(PLACE, `It answers; its name is ${opened.database.name}.`));
        await examineServer(opened.database, {
          settings: database,
          jobs: configuration.jobs,
          tell,
        });
        const isUsable = await examineSchema(opened.database, {
          configuration,
          settings: database,
          tell,
        });
        if (isUsable) await examineWork(opened.database, { configuration, tell });
      } catch (error) {
        if (nameOf(error) !== FORBIDDEN) throw error;
        tell(fail(RIGHTS, 'The role may not read the tables of Kassa.', RIGHTS_CURE));
      } finally {
        opened.database.close();
      }
    },
  };
}

type Opened = { readonly database: ReadOnlyDatabase } | { readonly finding: Finding };

async function open(url: string): Promise<Opened> {
  try {
    return { database: await openReadOnly(url) };
  } catch (error) {
    const code = nameOf(error);
    const [message, cure] = reasonOf(error) ?? [`It cannot be opened (${code}).`, OTHER_CURE];
    return { finding: fail(PLACE, message, cure) };
  }
}

function reasonOf(error: unknown) {
  // The driver gives this one no code: https://github.com/brianc/node-postgres/blob/master/packages/pg/lib/client.js
  const isLate = error instanceof Error && error.message === 'timeout expired';
  return isLate ? SILENT : REASONS[nameOf(error)];
}

const SILENT = [
  'The server of DATABASE_URL does not answer.',
  'See that this machine may reach its host and port (firewall, DNS), and that PostgreSQL has them.',
] as const;
const OTHER_CURE = 'Check DATABASE_URL, and that PostgreSQL runs there and lets this machine in.';
const REFUSED = [
  'The server refuses user or password.',
  'Correct them in DATABASE_URL, or the role at the server.',
] as const;
const NO_NAME = [
  'The host in DATABASE_URL is no name that is known here.',
  'Correct the host, or its DNS.',
] as const;

/** By SQLSTATE or the code of the system; messages of the server may name what nobody should see. */
const REASONS: Readonly<Record<string, readonly [message: string, cure: string]>> = {
  '28P01': REFUSED,
  '28000': REFUSED,
  '3D000': [
    'The server has no such database.',
    'Make it: createdb, as the owner that DATABASE_URL names.',
  ],
  '53300': [
    'The server has no connection left.',
    'Raise max_connections, or lower DATABASE_POOL_SIZE.',
  ],
  '57P03': ['The server is just starting.', 'Run the doctor again in a minute.'],
  ECONNREFUSED: [
    'Nothing listens at the host and port of DATABASE_URL.',
    'Start PostgreSQL, or correct host and port.',
  ],
  ETIMEDOUT: SILENT,
  EHOSTUNREACH: SILENT,
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: NO_NAME,
};
