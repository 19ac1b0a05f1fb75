import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Configuration } from './configuration';
import { type Check, fail, type Finding, ok, skipped, warn } from './finding';

const PLACE = { check: 'data_dir', lookedAt: 'Disk of the demo' };
const MB = 1_000_000;
/** A new database takes 50 MB; below this the first payments would fill the disk. */
const LEAST_MB = 200;
const GOOD_MB = 1_000;

const CURE = 'Set DATA_DIR to a folder that you may write to, on a disk with room.';

/** Whether the demo could keep its files where it would; nothing is made there. */
export function checkDataDir({ dataDir }: Configuration): Check {
  return {
    name: PLACE.check,
    lookedAt: PLACE.lookedAt,
    run: async (tell) =>
      tell(dataDir === null ? skipped(PLACE, 'The settings are wrong.') : await findRoom(dataDir)),
  };
}

async function findRoom(dataDir: string): Promise<Finding> {
  const folder = nearest(dataDir);
  if (!canWriteTo(folder)) return fail(PLACE, `Nothing can be written to ${folder}.`, CURE);
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / MB);
  const message = `${freeMb} MB are free at ${dataDir}.`;
  if (freeMb < LEAST_MB) return fail(PLACE, message, CURE);
  return freeMb < GOOD_MB ? warn(PLACE, message, CURE) : ok(PLACE, message);
}

/** The folder itself, or the one above that it would be made in. */
function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

function canWriteTo(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
