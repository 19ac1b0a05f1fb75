import { mkdirSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { LauncherError, messageOf } from './launcher-error';
import { readPostgresState } from './postgres/state';

/** Root's database server runs as somebody else, who has to pass through to its own folder. */
const MODE_FOR_ROOT = 0o711;
const MODE_FOR_OTHERS = 0o700;

/** Creates the folder when it is missing and returns its real path. */
export function openDataDir(path: string): string {
  const mode = process.getuid?.() === 0 ? MODE_FOR_ROOT : MODE_FOR_OTHERS;
  try {
    mkdirSync(path, { recursive: true, mode });
    return realpathSync(path);
  } catch (error) {
    throw new LauncherError(
      `The data folder ${path} cannot be created (${messageOf(error)}). ` +
        'Set DATA_DIR to a folder that you may write to.',
    );
  }
}

/** Removes a data folder and what belongs to it elsewhere. Nothing may run in it any more. */
export async function removeDataDir(path: string): Promise<void> {
  const folder = readPostgresState(path)?.privateFolder;
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  await rm(path, { recursive: true, force: true });
}
