import { lstatSync, mkdirSync } from 'node:fs';

const PRIVATE = 0o700;
const OTHERS = 0o077;

/** Makes a folder that nobody else can enter; whether it is one, also where it was there before. */
export function makePrivateFolder(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true, mode: PRIVATE });
    return isPrivateFolder(path);
  } catch {
    return false;
  }
}

/** In a folder that all may write to, somebody else may have put one of this name, or a link to theirs. */
export function isPrivateFolder(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isDirectory()) return false;
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & OTHERS) === 0;
}
