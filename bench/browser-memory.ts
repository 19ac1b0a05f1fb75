import { readdirSync, readFileSync } from 'node:fs';
import { commandLine, parentOf } from '../src/launcher/process-info';

const LOOK_MS = 200;
const KILOBYTE = 1024;

/** Looks again and again what the processes of Kassa's browser hold; `stop` says what they held at most. */
export function watchMemory(): { stop(): number } {
  let most = 0;
  const look = () => {
    most = Math.max(most, heldBytes());
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

/** Proportional set sizes: what several processes share is divided among them. */
function heldBytes(): number {
  return browserPids().reduce((sum, pid) => sum + proportionalBytes(pid), 0);
}

/** What descends from this process and is no server of the bench. */
function browserPids(): readonly number[] {
  try {
    const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
    return pids.filter((pid) => /chrom/i.test(commandLine(pid) ?? '') && isOurs(pid));
  } catch {
    return [];
  }
}

function isOurs(pid: number): boolean {
  const parent = parentOf(pid);
  return parent !== undefined && (parent === process.pid || isOurs(parent));
}

function proportionalBytes(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * KILOBYTE;
  } catch {
    return 0;
  }
}
