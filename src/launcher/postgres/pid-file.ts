import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readTextIfPresent } from '../files';
import { commandLine, isAlive } from '../process-info';

/** What PostgreSQL writes into `postmaster.pid`, as far as we need it. */
export interface PidFile {
  readonly pid: number;
  /** Missing while the server is in its first moments. */
  readonly port: number | undefined;
}

function pathOf(clusterFolder: string): string {
  return join(clusterFolder, 'postmaster.pid');
}

/** Lines: process, data folder, start time, port, … ; undefined when there is no server's file. */
export function readPidFile(clusterFolder: string): PidFile | undefined {
  const [pid = '', , , port = ''] = (readTextIfPresent(pathOf(clusterFolder)) ?? '').split('\n');
  if (!/^[1-9]\d*$/.test(pid)) return undefined;
  return { pid: Number(pid), port: /^[1-9]\d*$/.test(port) ? Number(port) : undefined };
}

/**
 * Whether a process is the server of exactly this data folder. Numbers are reused: without this look
 * at its command line we could signal an innocent process.
 */
export function isServerOf(pid: number, clusterFolder: string): boolean {
  if (!isAlive(pid)) return false;
  const [program = '', ...rest] = (commandLine(pid) ?? '').split(' -D ');
  return (
    /^postgres(\.exe)?$/.test(basename(program)) &&
    `${rest.join(' -D ')} `.startsWith(`${clusterFolder} `)
  );
}

/**
 * Removes the file of a dead server whose number is still in use: by a stranger, or by its own
 * remains where nobody collects them (a container without an init). PostgreSQL only looks whether
 * the number exists and would refuse to start; children of the dead server it recognises otherwise,
 * by the memory that they share.
 */
export function removeMisleadingPidFile(clusterFolder: string): void {
  const found = readPidFile(clusterFolder);
  if (found === undefined || isServerOf(found.pid, clusterFolder)) return;
  rmSync(pathOf(clusterFolder), { force: true });
}
