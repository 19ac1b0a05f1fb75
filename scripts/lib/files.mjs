import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** The parsed file, or null when it is missing or was cut short: both mean "do the work again". */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The marker of a file that is still being written; whoever finds an old one may remove it. */
export const PARTIAL_MARK = '.partial-';

/** Writes beside the target and renames, so that a reader sees the old or the new file, never half of one. */
export function writeAtomically(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}${PARTIAL_MARK}${process.pid}`;
  writeFileSync(partial, content);
  renameSync(partial, path);
}

/** Every file below a folder, as paths relative to it with forward slashes; a missing folder has none. */
export function listFiles(folder, prefix = '') {
  let entries;
  try {
    entries = readdirSync(join(folder, prefix), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? listFiles(folder, path) : [path];
  });
}
