import { qrCode } from './qr-code';

/** The dark modules of the picture as rows of `#` and spaces, read from its strokes. */
function modulesOf(picture: string): readonly string[] {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(picture)?.[1]);
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => ' '));
  for (const [, column, row, length] of picture.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    rows[Number(row)]?.fill('#', Number(column), Number(column) + Number(length));
  }
  return rows.map((row) => row.join(''));
}

const QUIET = '    ';
/** What a scanner looks for in three corners. */
const FINDER = ['#######', '#     #', '# ### #', '# ### #', '# ### #', '#     #', '#######'];

describe('a QR code', () => {
  const rows = modulesOf(String(qrCode('https://example.com', 'Pay')));

  it('has a quiet zone of four modules and three finder patterns', () => {
    const code = rows.slice(4, -4);
    expect([...rows.slice(0, 4), ...rows.slice(-4)].join('').trim()).toBe('');
    expect(code.every((row) => row.startsWith(QUIET) && row.endsWith(QUIET))).toBe(true);
    const inner = code.map((row) => row.slice(4, -4));
    expect(inner.slice(0, 7).map((row) => row.slice(0, 7))).toEqual(FINDER);
    expect(inner.slice(0, 7).map((row) => row.slice(-7))).toEqual(FINDER);
    expect(inner.slice(-7).map((row) => row.slice(0, 7))).toEqual(FINDER);
  });

  it('holds 331 bytes at medium error correction in version 13, the largest of EPC codes', () => {
    // 17 modules and 4 for each version.
    expect(modulesOf(String(qrCode('x'.repeat(331), '')))).toHaveLength(17 + 4 * 13 + 8);
  });

  it('counts the bytes of UTF-8, not the characters', () => {
    expect(modulesOf(String(qrCode('ő'.repeat(165), '')))).toHaveLength(17 + 4 * 13 + 8);
  });

  it('is left out where no code holds the text', () => {
    expect(qrCode('x'.repeat(2331), '')).not.toBeNull();
    expect(qrCode('x'.repeat(2332), '')).toBeNull();
    expect(qrCode('ő'.repeat(1166), '')).toBeNull();
  });

  it('is named for those who cannot see it', () => {
    expect(String(qrCode('x', 'Scan "me"'))).toContain('aria-label="Scan &quot;me&quot;"');
  });
});
