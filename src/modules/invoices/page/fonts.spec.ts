import { fontFaces } from './fonts';

function subsetsOf(text: string): number {
  // Regular and semibold.
  return fontFaces(text).split('@font-face').slice(1).length / 2;
}

describe('the fonts of a document', () => {
  it('are the Latin ones alone where the text needs no other', () => {
    expect(subsetsOf('Crème brûlée à € 12,50 – “ça va”')).toBe(1);
  });

  it.each([
    ['Hungarian', 'Őry'],
    ['Polish', 'Żółć'],
    ['Greek', 'aΑλέξανδρος'],
    ['Russian', 'aДмитрий'],
  ])('cover %s where it occurs', (_, text) => {
    expect(subsetsOf(text)).toBe(2);
  });

  it('are found in texts of many millions of characters', () => {
    expect(subsetsOf(`${'&quot;'.repeat(5_000_000)}Ő`)).toBe(2);
  });

  it('are embedded as WOFF2', () => {
    const data = /url\(data:font\/woff2;base64,([^)]+)\)/.exec(fontFaces('a'))?.[1] ?? '';
    expect(Buffer.from(data, 'base64').subarray(0, 4).toString()).toBe('wOF2');
  });

  it('are left out for characters that no file has', () => {
    expect(subsetsOf('漢字')).toBe(0);
  });
});
