import { crc32 } from 'node:zlib';

/** 64 letters whose case is free: twice the 32 bits of a checksum, so that a solution is as good as certain. */
export const FREE_LETTERS = 'a'.repeat(64);

/**
 * The text with some of its free letters in capitals, so that its CRC-32 is the same as that of the bytes. The
 * checksum is linear: every letter that changes adds the same difference, so the letters are found by Gauss.
 */
export function withEqualChecksum(text: string, like: Buffer): Buffer {
  const start = text.indexOf(FREE_LETTERS);
  const bytes = Buffer.from(text);
  const differences = [...FREE_LETTERS].map((_letter, index) => {
    const changed = Buffer.from(bytes);
    changed[start + index] = 'A'.charCodeAt(0);
    return BigInt(crc32(changed) ^ crc32(bytes)) & 0xffff_ffffn;
  });
  const wanted = BigInt(crc32(like) ^ crc32(bytes)) & 0xffff_ffffn;
  for (const index of combinationOf(differences, wanted)) bytes[start + index] = 'A'.charCodeAt(0);
  return bytes;
}

/** The indexes of the values whose XOR is the wanted one. */
function combinationOf(values: readonly bigint[], wanted: bigint): readonly number[] {
  const basis = new Map<number, { value: bigint; used: bigint }>();
  const reduce = (value: bigint, used: bigint) => {
    while (value !== 0n) {
      const row = basis.get(value.toString(2).length);
      if (!row) break;
      value ^= row.value;
      used ^= row.used;
    }
    return { value, used };
  };
  values.forEach((value, index) => {
    const row = reduce(value, 1n << BigInt(index));
    if (row.value !== 0n) basis.set(row.value.toString(2).length, row);
  });
  const { value, used } = reduce(wanted, 0n);
  if (value !== 0n) throw new Error('there is no such combination');
  return values.flatMap((_value, index) => ((used >> BigInt(index)) & 1n ? index : []));
}
