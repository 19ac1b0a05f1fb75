import { createReadStream } from 'node:fs';
import { stat, truncate } from 'node:fs/promises';
import { type Change, readChanges } from './changes.wire';

const NEWLINE = 0x0a;

/**
 * Reads the data file line by line. What follows the last line break was torn off by a kill, was never
 * answered for, and is cut away; a complete line that cannot be read stops the start.
 */
export async function replayFile(file: string, apply: (change: Change) => void): Promise<void> {
  if (!(await exists(file))) return;
  let rest = Buffer.alloc(0);
  let lineNumber = 0;
  let wholeBytes = 0;
  for await (const chunk of createReadStream(file)) {
    if (!Buffer.isBuffer(chunk)) throw new Error('a data file is read as bytes');
    let bytes = Buffer.concat([rest, chunk]);
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
      lineNumber += 1;
      wholeBytes += end + 1;
      readLine(file, lineNumber, bytes.toString('utf8', 0, end)).forEach(apply);
      bytes = bytes.subarray(end + 1);
    }
    rest = bytes;
  }
  if (rest.length > 0) await truncate(file, wholeBytes);
}

function readLine(file: string, lineNumber: number, text: string): Change[] {
  try {
    return readChanges(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it is unreadable';
    throw new Error(
      `${file}, line ${lineNumber}: ${reason}. Repair the line or move the file away to start empty.`,
      { cause: error },
    );
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
