import { linkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { textAt, valueAt } from '../shared/json';
import { readJsonIfPresent, readTextIfPresent, writeJsonAtomically } from './files';
import { LauncherError, systemCode } from './launcher-error';
import { isAlive, startMark } from './process-info';

/** Each round clears one dead holder; more means that others are starting at the same moment. */
const MAX_ROUNDS = 10;

function holderOf(path: string): number | undefined {
  const content = readJsonIfPresent(path);
  const pid = valueAt(content, 'pid');
  if (typeof pid !== 'number' || pid === process.pid || !isAlive(pid)) return undefined;
  // The same number with another start time is a stranger that came after a crash or a reboot.
  const mark = textAt(content, 'started');
  return mark === null || mark === startMark(pid) ? pid : undefined;
}

/** link() fails when the name exists, and the lock has its content from the first moment. */
function tryTake(path: string): boolean {
  const own = `${path}.${process.pid}`;
  writeJsonAtomically(own, { pid: process.pid, started: startMark(process.pid) });
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moves a dead holder's lock away; one that was taken in between is put back. */
function clearDead(path: string): void {
  const before = readTextIfPresent(path);
  if (before === undefined || holderOf(path) !== undefined) return;
  const aside = `${path}.dead-${process.pid}`;
  try {
    renameSync(path, aside);
    if (readTextIfPresent(aside) !== before) linkSync(aside, path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

function runningUrl(dataDir: string): string {
  const url = textAt(readJsonIfPresent(join(dataDir, 'demo.json')), 'api_url');
  return url === null ? 'It is still starting' : `It is at ${url}`;
}

/** Takes the data folder for this process; returns what gives it back. */
export function lockDataDir(dataDir: string): () => void {
  const path = join(dataDir, 'launcher.lock');
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    if (tryTake(path)) return () => rmSync(path, { force: true });
    const holder = holderOf(path);
    if (holder !== undefined) {
      throw new LauncherError(
        `Kassa already runs on ${dataDir} (process ${holder}). ${runningUrl(dataDir)}. ` +
          'Stop it first, or give this one a DATA_DIR and a PORT of its own.',
      );
    }
    clearDead(path);
  }
  throw new LauncherError(`${path} changes all the time: start one Kassa per DATA_DIR.`);
}
