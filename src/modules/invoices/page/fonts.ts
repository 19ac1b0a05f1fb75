import { readFileSync } from 'node:fs';
import { objectAt, parseJson } from '../../../shared/json';

const PACKAGE = '@fontsource/source-sans-3';
const WEIGHTS = ['400', '600'];

interface Subset {
  readonly name: string;
  /** As CSS writes it: `U+0000-00FF,U+0131`. */
  readonly unicodeRange: string;
  readonly covers: (codePoint: number) => boolean;
}

/**
 * Source Sans 3 (SIL Open Font License 1.1), in the parts into which its package divides it. The text of a document
 * decides which parts go into it: most need Latin alone, and a page that holds all of them would be ten times as large.
 */
const SUBSETS: readonly Subset[] = readSubsets();

/** `@font-face` rules that hold the fonts themselves, for every character of the text that the font has. */
export function fontFaces(text: string): string {
  const codePoints = codePointsOf(text);
  const needed = SUBSETS.filter(({ covers }) => codePoints.some(covers));
  return needed
    .flatMap(({ name, unicodeRange }) =>
      WEIGHTS.map((weight) => fontFace({ name, weight, unicodeRange })),
    )
    .join('\n');
}

/** One part of the font has all of ASCII, and a logo or five hundred lines are a lot of it: one stands for all. */
const ASCII_END = 0x80;
const ASCII = 'a'.charCodeAt(0);
/** Code points above it are two units of UTF-16. */
const LAST_OF_ONE_UNIT = 0xffff;

/** Each once. A loop, because a regular expression now and then overflows its stack over millions of characters. */
function codePointsOf(text: string): readonly number[] {
  const found = new Set<number>();
  let hasAscii = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) < ASCII_END) {
      hasAscii = true;
      continue;
    }
    const codePoint = text.codePointAt(at) ?? 0;
    found.add(codePoint);
    if (codePoint > LAST_OF_ONE_UNIT) at += 1;
  }
  return hasAscii ? [ASCII, ...found] : [...found];
}

interface FontFile {
  readonly name: string;
  readonly weight: string;
  readonly unicodeRange: string;
}

/** Without quotes, which a style sheet inside of a document cannot have. */
function fontFace({ name, weight, unicodeRange }: FontFile): string {
  return `@font-face { font-family: Source Sans; font-weight: ${weight}; unicode-range: ${unicodeRange};
    src: url(data:font/woff2;base64,${fontData(`source-sans-3-${name}-${weight}-normal`)}) format(woff2); }`;
}

/** Each file is read once; all of them together are below 200 kB. */
const read = new Map<string, string>();

function fontData(file: string): string {
  const known = read.get(file);
  if (known !== undefined) return known;
  const data = readFileSync(require.resolve(`${PACKAGE}/files/${file}.woff2`), 'base64');
  read.set(file, data);
  return data;
}

function readSubsets(): readonly Subset[] {
  const ranges = parseJson(readFileSync(require.resolve(`${PACKAGE}/unicode.json`), 'utf8'));
  return Object.entries(objectAt(ranges)).map(([name, range]) => {
    const unicodeRange = String(range);
    const bounds = unicodeRange.split(',').map(boundsOf);
    const covers = (point: number) => bounds.some(([from, to]) => point >= from && point <= to);
    return { name, unicodeRange, covers };
  });
}

/** `U+0131` is a range of one. */
function boundsOf(range: string): readonly [number, number] {
  const [from = '', to = from] = range.replace('U+', '').split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}
