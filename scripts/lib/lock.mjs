import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An installation over a slow line takes minutes; past this the holder is assumed to hang. */
const MAX_WAIT_MS = 15 * 60_000;
const POLL_MS = 250;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readHolder(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Creates the lock with its content in one step: link() fails when the name exists already. */
function tryTake(path) {
  const own = `${path}-${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moves a dead holder's lock away; when another process was quicker, its live lock is put back. */
function clearStale(path, deadPid) {
  const aside = `${path}-stale-${process.pid}`;
  try {
    renameSync(path, aside);
    if (readHolder(aside) !== deadPid) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

/** Runs `work` while no other process holds the lock; `onWait` is told once whom we wait for. */
export async function withLock(path, { work, onWait }) {
  mkdirSync(dirname(path), { recursive: true });
  const deadline = Date.now() + MAX_WAIT_MS;
  let told = false;
  while (!tryTake(path)) {
    const holder = readHolder(path);
    if (holder !== null && (holder === process.pid || !isAlive(holder))) clearStale(path, holder);
    else if (Date.now() > deadline)
      throw new Error(`Process ${holder} holds ${path} for too long.`);
    else {
      if (!told) onWait(holder);
      told = true;
      await sleep(POLL_MS);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
