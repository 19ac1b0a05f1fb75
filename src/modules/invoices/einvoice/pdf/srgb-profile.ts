/**
 * An ICC profile (version 4, matrix and tone curves) of sRGB, of the published numbers, so that no file with a licence of
 * its own has to be shipped. Sources: ICC.1:2004-10; IEC 61966-2-1; https://www.color.org/chardata/rgb/srgb.xalter
 */
export function srgbProfile(): Uint8Array {
  const curve = parametricCurve();
  const tags: readonly Tag[] = [
    ['desc', localizedText('sRGB IEC61966-2.1')],
    ['cprt', localizedText('No copyright, use freely')],
    ['wtpt', colour([0.9642, 1, 0.8249])],
    ['chad', fixedNumbers('sf32', ADAPTATION_TO_D50)],
    ['rXYZ', colour([0.43607, 0.22249, 0.01392])],
    ['gXYZ', colour([0.38515, 0.71687, 0.09708])],
    ['bXYZ', colour([0.14307, 0.06061, 0.7141])],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  return assembled(tags);
}

type Tag = readonly [signature: string, content: Buffer];

/** From the D65 white of screens to the D50 white of profiles, by Bradford. */
const ADAPTATION_TO_D50 = [
  1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168,
];
/** g, a, b, c, d of IEC 61966-2-1: ((a·x + b)^g above d, c·x below). */
const TONE_CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
const HEADER_BYTES = 128;
const TABLE_ENTRY_BYTES = 12;

function assembled(tags: readonly Tag[]): Buffer {
  const table = Buffer.alloc(4 + tags.length * TABLE_ENTRY_BYTES);
  table.writeUInt32BE(tags.length, 0);
  let offset = HEADER_BYTES + table.length;
  tags.forEach(([signature, content], index) => {
    const entry = 4 + index * TABLE_ENTRY_BYTES;
    table.write(signature, entry, 'latin1');
    table.writeUInt32BE(offset, entry + 4);
    table.writeUInt32BE(content.length, entry + 8);
    offset += content.length;
  });
  return Buffer.concat([header(offset), table, ...tags.map(([, content]) => content)]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x04200000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  // The date of creation: year, month, day; fixed, so that the bytes are.
  [2026, 1, 1].forEach((part, index) => bytes.writeUInt16BE(part, 24 + index * 2));
  bytes.write('acsp', 36, 'latin1');
  fixedPoints([0.9642, 1, 0.8249]).copy(bytes, 68);
  return bytes;
}

function colour(xyz: readonly number[]): Buffer {
  return fixedNumbers('XYZ ', xyz);
}

function parametricCurve(): Buffer {
  const kind = Buffer.from([0, 3, 0, 0]);
  return Buffer.concat([typed('para'), kind, fixedPoints(TONE_CURVE)]);
}

function localizedText(text: string): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(TABLE_ENTRY_BYTES, 4);
  head.write('enUS', 8, 'latin1');
  head.writeUInt32BE(text.length * 2, 12);
  head.writeUInt32BE(28, 16);
  const content = Buffer.concat([typed('mluc'), head, Buffer.from(text, 'utf16le').swap16()]);
  // Every tag begins at a multiple of four.
  return Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
}

function fixedNumbers(type: string, values: readonly number[]): Buffer {
  return Buffer.concat([typed(type), fixedPoints(values)]);
}

function typed(type: string): Buffer {
  return Buffer.concat([Buffer.from(type, 'latin1'), Buffer.alloc(4)]);
}

/** s15Fixed16Number. */
function fixedPoints(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeInt32BE(Math.round(value * 65536), index * 4));
  return bytes;
}
