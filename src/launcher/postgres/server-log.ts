import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Past this a start begins a new file and keeps the one before: two are enough to look back. */
const MAX_LOG_BYTES = 10 * 1024 * 1024;

/** What is shown of a failed start; the reason is in the last lines. */
const MAX_TAIL_BYTES = 4_096;
const MAX_TAIL_LINES = 15;

/** The server's log, opened by us: the database user need not reach the folder that it is in. */
export interface ServerLog {
  readonly path: string;
  /** The file descriptor that a server writes to. */
  readonly descriptor: number;
  /** The last lines since it was opened. */
  tail(): string;
  close(): void;
}

function readFrom(path: string, start: number): string {
  const file = openSync(path, 'r');
  try {
    const from = Math.max(start, statSync(path).size - MAX_TAIL_BYTES);
    const buffer = Buffer.alloc(MAX_TAIL_BYTES);
    const length = readSync(file, buffer, 0, MAX_TAIL_BYTES, from);
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}

export function openServerLog(dataDir: string): ServerLog {
  const path = join(dataDir, 'postgres.log');
  const before = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (before > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
  const start = before > MAX_LOG_BYTES ? 0 : before;
  const descriptor = openSync(path, 'a', 0o600);
  return {
    path,
    descriptor,
    tail: () => readFrom(path, start).trim().split('\n').slice(-MAX_TAIL_LINES).join('\n'),
    close: () => closeSync(descriptor),
  };
}
