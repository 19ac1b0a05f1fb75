import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseJson } from '../shared/json';
import { systemCode } from './launcher-error';

/** Everything that the launcher writes may hold a secret: it is for its owner only. */
const OWNER_ONLY = 0o600;

/** The text of a file, or undefined when there is none. */
export function readTextIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The parsed content of a file; undefined when there is none or it is not JSON. */
export function readJsonIfPresent(path: string): unknown {
  const text = readTextIfPresent(path);
  return text === undefined ? undefined : parseJson(text);
}

/** Makes a rename or a new name durable; systems that cannot open folders do it by themselves. */
export function syncFolder(path: string): void {
  let folder: number;
  try {
    folder = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(folder);
  } catch (error) {
    if (systemCode(error) !== 'EPERM' && systemCode(error) !== 'EINVAL') throw error;
  } finally {
    closeSync(folder);
  }
}

/** Old content or new content, never half of it, also after a power cut. */
export function writeFileAtomically(path: string, text: string): void {
  const partial = `${path}.partial`;
  const file = openSync(partial, 'w', OWNER_ONLY);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
  syncFolder(dirname(path));
}

export function writeJsonAtomically(path: string, value: unknown): void {
  writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}
