import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { textAt } from '../../shared/json';
import { isPrivateFolder } from './private-folder';

const PREFIX = 'kassa-browser-';
const OWNER_FILE = 'owner';

/** Host, process and its start: a number is used again, in a container that is restarted even by the same program. */
const OURSELVES = `${hostname()} ${process.pid} ${Math.round(performance.timeOrigin)}`;

/** A folder of a browser's own, which says whose it is. */
export function makeProfile(parent = tmpdir()): string {
  const profile = mkdtempSync(join(parent, PREFIX));
  writeFileSync(join(profile, OWNER_FILE), OURSELVES);
  return profile;
}

export function removeProfile(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

/** Those of programs that were killed before they could clean up. What is in doubt stays. */
export function removeLeftProfiles(parent = tmpdir()): void {
  for (const name of namesIn(parent)) {
    if (name.startsWith(PREFIX)) removeLeft(join(parent, name));
  }
}

/** A folder for everybody's temporary files need not show them. */
function namesIn(parent: string): readonly string[] {
  try {
    return readdirSync(parent);
  } catch {
    return [];
  }
}

function removeLeft(profile: string): void {
  try {
    if (!isPrivateFolder(profile)) return;
    if (hasEnded(readFileSync(join(profile, OWNER_FILE), 'utf8'))) removeProfile(profile);
  } catch {
    // It names no owner, or somebody else removes it at this moment.
  }
}

/** Processes of other hosts and containers are not seen from here, so nothing is known of them. */
function hasEnded(owner: string): boolean {
  const [host, id] = owner.split(' ');
  const pid = Number(id);
  if (owner === OURSELVES || host !== hostname() || !Number.isSafeInteger(pid) || pid < 1)
    return false;
  return pid === process.pid || !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return textAt(error, 'code') !== 'ESRCH';
  }
}
