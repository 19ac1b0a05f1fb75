import { readFileSync } from 'node:fs';
import { sfntOfWoff } from './sfnt-of-woff';

const FONT = '@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff';

describe('a font for the web as a font for a system', () => {
  const woff = readFileSync(require.resolve(FONT));

  it('has the size that the packed one says, and the same kind', () => {
    const font = sfntOfWoff(woff);
    expect(font.length).toBe(woff.readUInt32BE(16));
    expect(font.readUInt32BE(0)).toBe(woff.readUInt32BE(4));
  });

  it('has tables whose content adds up to what the packed one says of it', () => {
    const font = sfntOfWoff(woff);
    const count = font.readUInt16BE(4);
    expect(count).toBe(woff.readUInt16BE(12));
    for (let at = 12; at < 12 + count * 16; at += 16) {
      const offset = font.readUInt32BE(at + 8);
      const end = offset + Math.ceil(font.readUInt32BE(at + 12) / 4) * 4;
      const isHead = font.toString('latin1', at, at + 4) === 'head';
      expect(sumOf(font.subarray(offset, end), isHead)).toBe(font.readUInt32BE(at + 4));
    }
  });

  it('is made of nothing else', () => {
    expect(() => sfntOfWoff(Buffer.from('wOF2 and more'))).toThrow('the font is no WOFF');
  });
});

/** As the format counts it; the table `head` leaves out the sum of the whole font, which it holds. */
function sumOf(table: Buffer, isHead: boolean): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) {
    if (!(isHead && at === 8)) sum = (sum + table.readUInt32BE(at)) % 2 ** 32;
  }
  return sum;
}
