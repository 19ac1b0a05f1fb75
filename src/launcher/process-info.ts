import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { systemCode } from './launcher-error';

/** `ps` answers at once; a machine on which it does not is treated as not knowing. */
const PS_TIMEOUT_MS = 2_000;

const HAS_PROC = existsSync('/proc/self/stat');

function readProc(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

function askPs(pid: number, column: string): string | undefined {
  try {
    const text = execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      timeout: PS_TIMEOUT_MS,
      stdio: 'pipe',
    });
    return text.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets. */
function statFields(pid: number): readonly string[] {
  const stat = readProc(pid, 'stat') ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Whether a process runs. One that has ended and is not collected yet does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
  return !HAS_PROC || statFields(pid)[0] !== 'Z';
}

/** The parent of a process; undefined where the system does not show it in /proc. */
export function parentOf(pid: number): number | undefined {
  const parent = Number(statFields(pid)[1]);
  return Number.isInteger(parent) && parent > 0 ? parent : undefined;
}

/** When a process started, as an opaque text: with it, a reused number is told from the old one. */
export function startMark(pid: number): string | undefined {
  // The twentieth field after the name is the start time in ticks since boot: proc(5).
  return HAS_PROC ? statFields(pid)[19] : askPs(pid, 'lstart');
}

/** The command line of a process in one text, its words separated by spaces. */
export function commandLine(pid: number): string | undefined {
  if (!HAS_PROC) return askPs(pid, 'command');
  return readProc(pid, 'cmdline')?.replaceAll('\0', ' ').trim();
}
