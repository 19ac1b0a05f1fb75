import { type DatabaseSettings } from '../../src/platform/database/database.settings';
import { type Queryable } from '../../src/platform/database/database';
import { statement } from '../../src/platform/database/statement';
import { type JobsSettings } from '../../src/platform/jobs/jobs.settings';
import { compareClock } from './clock-difference';
import { fail, type Finding, ok, type Tell, warn } from './finding';

const OLDEST_MAJOR = 15;
/** What a process that runs jobs holds beside its pool; src/platform/database/database.settings.ts says so. */
const JOB_CONNECTIONS = 18;

const VERSION = { check: 'database.version', lookedAt: 'Database: version' };
const PRIMARY = { check: 'database.primary', lookedAt: 'Database: primary' };
const DURABILITY = { check: 'database.durability', lookedAt: 'Database: durability' };
const CHECKSUMS = { check: 'database.checksums', lookedAt: 'Database: checksums' };
const CONNECTIONS = { check: 'database.connections', lookedAt: 'Database: connections' };
const CLOCK = { check: 'database.clock', lookedAt: 'Database: clock' };

interface Server {
  readonly version: number;
  readonly shown_version: string;
  readonly is_standby: boolean;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly data_checksums: string;
  readonly max_connections: number;
  readonly taken: number;
}

const readServer = statement<Server>(
  'doctor-read-server',
  `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS shown_version,
     pg_is_in_recovery() AS is_standby,
     current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
     current_setting('data_checksums') AS data_checksums,
     current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS max_connections,
     (SELECT count(*)::int FROM pg_stat_activity a
      WHERE a.backend_type = 'client backend' AND coalesce(a.application_name, '') NOT LIKE 'kassa%') AS taken`,
);

const readClock = statement<{ now: Date }>('doctor-read-clock', 'SELECT clock_timestamp() AS now');

interface Wanted {
  readonly settings: DatabaseSettings;
  readonly jobs: JobsSettings | null;
  readonly tell: Tell;
}

/** The server itself, whatever is in the database. */
export async function examineServer(
  on: Queryable,
  { settings, jobs, tell }: Wanted,
): Promise<void> {
  const [server] = await on.query(readServer, []);
  if (server === undefined) return;
  tell(versionFinding(server));
  tell(primaryFinding(server));
  tell(durabilityFinding(server));
  tell(checksumsFinding(server));
  const needed = settings.DATABASE_POOL_SIZE + (jobs?.RUN_JOBS === false ? 0 : JOB_CONNECTIONS);
  tell(connectionsFinding(server, needed));
  const before = new Date();
  const [clock] = await on.query(readClock, []);
  const theirs = clock?.now ?? before;
  tell(compareClock(CLOCK, { before, after: new Date(), theirs, resolutionMs: 1 }));
}

function versionFinding({ version, shown_version }: Server): Finding {
  const message = `PostgreSQL ${shown_version}.`;
  if (version >= OLDEST_MAJOR * 10_000) return ok(VERSION, message);
  return fail(VERSION, message, `Use PostgreSQL ${OLDEST_MAJOR} or newer.`);
}

function primaryFinding({ is_standby }: Server): Finding {
  if (!is_standby) return ok(PRIMARY, 'It takes writes.');
  const cure = 'Set DATABASE_URL to the primary, by an address that follows it.';
  return fail(PRIMARY, 'It is a standby, which takes no payments: it can only be read.', cure);
}

/** `synchronous_commit` is no matter of the server: every connection that writes money asks for it by itself. */
function durabilityFinding({ fsync, full_page_writes }: Server): Finding {
  const off = Object.entries({ fsync, full_page_writes }).filter(([, value]) => value !== 'on');
  if (off.length === 0) return ok(DURABILITY, 'What is committed survives a power cut.');
  const names = off.map(([name]) => name).join(' and ');
  const message = `${names} is off: a power cut can lose payments that were answered.`;
  return fail(DURABILITY, message, `Set ${names} to on at the server and reload it.`);
}

function checksumsFinding({ data_checksums }: Server): Finding {
  if (data_checksums === 'on') return ok(CHECKSUMS, 'A disk that forgets is noticed.');
  const cure = 'Stop the server and run pg_checksums --enable, when there is time for it.';
  return warn(CHECKSUMS, 'Off: what a disk garbles is not noticed.', cure);
}

function connectionsFinding({ max_connections, taken }: Server, needed: number): Finding {
  const left = Math.max(0, max_connections - taken);
  const message = `One process takes up to ${needed} of the ${left} that others leave.`;
  if (left >= needed) return ok(CONNECTIONS, message);
  return warn(
    CONNECTIONS,
    message,
    'Raise max_connections at the server, or lower DATABASE_POOL_SIZE.',
  );
}
