import { lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { listAt, parseJson, textAt } from '../../shared/json';
import { systemCode } from '../launcher-error';

interface Link {
  readonly path: string;
  readonly pointsTo: string;
}

/** npm packages cannot hold symbolic links, so the package lists them for its install script. */
function listedLinks(nativeFolder: string): readonly Link[] {
  const text = readFileSync(join(nativeFolder, 'pg-symlinks.json'), 'utf8');
  return listAt(parseJson(text)).flatMap((entry) => {
    const source = textAt(entry, 'source');
    const target = textAt(entry, 'target');
    if (source === null || target === null || dirname(source) !== dirname(target)) return [];
    // The list starts at the package folder; a copy of ours may have another name than `native`.
    const path = join(nativeFolder, target.replace(/^native\//, ''));
    return [{ path, pointsTo: basename(source) }];
  });
}

function create({ path, pointsTo }: Link): void {
  try {
    symlinkSync(pointsTo, path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Makes the links that are missing: install scripts are switched off here, and without the links the
 * server does not load its libraries. False when the folder is not ours to write to.
 */
export function createMissingLinks(nativeFolder: string): boolean {
  const missing = listedLinks(nativeFolder).filter(
    ({ path }) => lstatSync(path, { throwIfNoEntry: false }) === undefined,
  );
  try {
    missing.forEach(create);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
    throw error;
  }
}
