import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '../files';
import { LauncherError } from '../launcher-error';
import { type Account } from './account';
import { type Place } from './place';
import { runProgram } from './run-program';

/** Under a second on a laptop; a cold network disk takes longer. */
const INITDB_TIMEOUT_MS = 120_000;

/** An initdb that outlived its launcher may still be writing into the folder that we remove. */
const REMOVE_RETRIES = 5;

function isComplete(clusterFolder: string): boolean {
  return ['PG_VERSION', 'global/pg_control', 'postgresql.conf'].every((name) =>
    existsSync(join(clusterFolder, name)),
  );
}

function giveTo(account: Account | undefined, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

/** What earlier attempts left; one that cannot be removed now is tried again at the next start. */
function removeLeftovers(clusterFolder: string): void {
  const parent = dirname(clusterFolder);
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(`${basename(clusterFolder)}.new-`)) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true, maxRetries: REMOVE_RETRIES });
    } catch {
      continue;
    }
  }
}

/** Never deletes what it does not understand: somebody may want to look at it. */
function moveAside(clusterFolder: string, log: (line: string) => void): void {
  if (!existsSync(clusterFolder)) return;
  const aside = `${clusterFolder}.incomplete-${Date.now()}`;
  renameSync(clusterFolder, aside);
  log(`${clusterFolder} holds no complete database; it was moved to ${aside}`);
}

async function runInitdb(place: Place, target: string): Promise<void> {
  const passwordFile = `${target}.password`;
  writeFileSync(passwordFile, place.state.password, { mode: 0o600, flag: 'wx' });
  giveTo(place.account, passwordFile);
  try {
    const outcome = await runProgram({
      path: join(place.binFolder, 'initdb'),
      // The builtin locale sorts alike everywhere; the system's C.UTF-8 is missing on macOS.
      args: [
        ...['--pgdata', target, '--username=kassa', `--pwfile=${passwordFile}`],
        ...['--auth=scram-sha-256', '--encoding=UTF8', '--data-checksums'],
        ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ],
      account: place.account,
      cwd: target,
      timeoutMs: INITDB_TIMEOUT_MS,
    });
    if (!outcome.ok) throw new LauncherError(`The database could not be made: ${outcome.text}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * Makes the data folder unless there is one. initdb works under another name and the result is
 * renamed, so that whatever is killed when, a folder with the right name is complete.
 */
export async function ensureCluster(place: Place, log: (line: string) => void): Promise<void> {
  const { clusterFolder } = place;
  removeLeftovers(clusterFolder);
  if (isComplete(clusterFolder)) return;
  moveAside(clusterFolder, log);
  const target = `${clusterFolder}.new-${randomBytes(6).toString('hex')}`;
  mkdirSync(target, { mode: 0o700 });
  giveTo(place.account, target);
  await runInitdb(place, target);
  renameSync(target, clusterFolder);
  syncFolder(dirname(clusterFolder));
}
