import { lstatSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { LauncherError } from '../launcher-error';

/** The system user that the database server runs as, where that is not the user who starts it. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ['postgres', 'nobody'];

const READ = 4;
const SEARCH = 1;

function parseAccounts(passwd: string): ReadonlyMap<string, Account> {
  const accounts = new Map<string, Account>();
  for (const line of passwd.split('\n')) {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    if (/^\d+$/.test(uid) && /^\d+$/.test(gid)) {
      accounts.set(name, { uid: Number(uid), gid: Number(gid) });
    }
  }
  return accounts;
}

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the owner of the data when
 * there is some (a `postgres` user that appears later must not lock us out), else the first that
 * exists. Undefined for everybody else, who runs it themselves.
 */
export function chooseAccount(clusterFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = lstatSync(clusterFolder, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = parseAccounts(readFileSync('/etc/passwd', 'utf8'));
  const found = CANDIDATES.map((name) => accounts.get(name)).find((account) => account?.uid);
  if (found !== undefined) return found;
  throw new LauncherError(
    'PostgreSQL does not run as root, and this system has neither a user `postgres` nor `nobody`. ' +
      'Start Kassa as another user, or set DATABASE_URL.',
  );
}

function allows(stats: Stats, account: Account, wanted: number): boolean {
  const shift = stats.uid === account.uid ? 6 : stats.gid === account.gid ? 3 : 0;
  return ((stats.mode >> shift) & wanted) === wanted;
}

function ancestorsOf(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestorsOf(parent), parent];
}

/**
 * Whether an account may read a path, judged by the mode bits all the way down. Access lists are
 * not looked at: who is let in by one alone gets the private folder instead, which always works.
 */
export function canReach(account: Account | undefined, path: string): boolean {
  if (account === undefined) return true;
  const real = realpathSync(path);
  const stats = lstatSync(real);
  const wanted = stats.isDirectory() ? SEARCH : READ;
  return (
    allows(stats, account, wanted) &&
    ancestorsOf(real).every((folder) => allows(lstatSync(folder), account, SEARCH))
  );
}
