import { inflateSync } from 'node:zlib';

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

interface FontTable {
  /** Its name and its checksum, as both formats write them. */
  readonly tag: Buffer;
  readonly checksum: Buffer;
  readonly content: Buffer;
}

/**
 * A font for the web, WOFF 1.0, as the same font for a system: its tables unpacked, nothing in them changed. A browser
 * takes no packed font from its system. The format: https://www.w3.org/TR/WOFF/
 */
export function sfntOfWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('the font is no WOFF');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, at) =>
    readTable(woff, WOFF_HEADER + at * WOFF_ENTRY),
  );
  const entries: Buffer[] = [];
  const contents: Buffer[] = [];
  let offset = SFNT_HEADER + count * SFNT_ENTRY;
  for (const { tag, checksum, content } of tables) {
    entries.push(tag, checksum, uint32s(offset, content.length));
    const padded = Buffer.alloc(Math.ceil(content.length / 4) * 4);
    content.copy(padded);
    contents.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([header(woff.subarray(4, 8), count), ...entries, ...contents]);
}

function readTable(woff: Buffer, at: number): FontTable {
  const offset = woff.readUInt32BE(at + 4);
  const packed = woff.subarray(offset, offset + woff.readUInt32BE(at + 8));
  const isPacked = packed.length < woff.readUInt32BE(at + 12);
  return {
    tag: woff.subarray(at, at + 4),
    checksum: woff.subarray(at + 16, at + 20),
    content: isPacked ? inflateSync(packed) : packed,
  };
}

/** With the numbers that help to search the entries by halves. */
function header(flavor: Buffer, count: number): Buffer {
  const halvings = Math.floor(Math.log2(count));
  const searched = 2 ** halvings * SFNT_ENTRY;
  const numbers = Buffer.alloc(8);
  [count, searched, halvings, count * SFNT_ENTRY - searched].forEach((value, at) =>
    numbers.writeUInt16BE(value, at * 2),
  );
  return Buffer.concat([flavor, numbers]);
}

function uint32s(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => bytes.writeUInt32BE(value, at * 4));
  return bytes;
}
