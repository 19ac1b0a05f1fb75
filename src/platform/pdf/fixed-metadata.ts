import { createHash } from 'node:crypto';
import { type PrintedPage } from './printed-page';

/** `D:20261121183027+00'00'`, the one way in which Chromium writes dates, in UTC. */
const DATE = /^D:\d{14}\+00'00'$/;
const DATE_LENGTH = 23;
const DATE_KEYS = ['/CreationDate (', '/ModDate ('];
const ID_BYTES = 16;

/** How cells of a table name their heads: a number that the browser counts on with every document it ever printed. */
const NODE = /\(node(\d{8,})\)/g;

/**
 * The same PDF with its own dates and identifier in place of the clock's, so that one document always gives the same
 * bytes. Dates and the names of cells keep their length, and the identifier is added behind the table of offsets, so no
 * offset changes. Throws when the PDF is built in a way that we do not know.
 */
export function fixMetadata(
  pdf: Uint8Array,
  { createdAt, documentId }: Pick<PrintedPage, 'createdAt' | 'documentId'>,
): Uint8Array {
  const fixed = Buffer.from(pdf);
  for (const key of DATE_KEYS) fixed.write(dateText(createdAt), findDate(fixed, key), 'latin1');
  countNodesAnew(fixed);
  const end = findTrailerEnd(fixed);
  const id = createHash('sha256')
    .update(documentId)
    .digest('hex')
    .slice(0, 2 * ID_BYTES);
  const entry = Buffer.from(`\n/ID [<${id}> <${id}>]`, 'latin1');
  return Buffer.concat([fixed.subarray(0, end), entry, fixed.subarray(end)]);
}

function dateText(date: Date): string {
  return `D:${date.toISOString().replaceAll(/\D/g, '').slice(0, 14)}+00'00'`;
}

/** The first one is Chromium's: brackets in a title are escaped, and everything else comes later. */
function findDate(pdf: Buffer, key: string): number {
  const start = pdf.indexOf(key, 0, 'latin1') + key.length;
  const date = pdf.toString('latin1', start, start + DATE_LENGTH);
  if (start < key.length || !DATE.test(date)) throw new Error(`the PDF has no ${key}…) of its own`);
  return start;
}

/** From 1 upwards in the order that they have; brackets in texts are escaped, so nothing else looks like one. */
function countNodesAnew(pdf: Buffer): void {
  const found = [...pdf.toString('latin1').matchAll(NODE)];
  const inOrder = [...new Set(found.map(([, digits = '']) => digits))].sort(
    (one, other) => Number(one) - Number(other),
  );
  const places = new Map(inOrder.map((digits, at) => [digits, at + 1]));
  for (const { index, 0: whole, 1: digits = '' } of found) {
    const place = String(places.get(digits)).padStart(digits.length, '0');
    pdf.write(`(node${place})`, index, whole.length, 'latin1');
  }
}

/** Where the dictionary after the table of offsets closes. */
function findTrailerEnd(pdf: Buffer): number {
  const start = pdf.lastIndexOf('\ntrailer\n', undefined, 'latin1');
  const tail = pdf.toString('latin1', Math.max(start, 0));
  const closed = /^\ntrailer\n<<(?:(?!\/ID)[^<>])*(?=>>\nstartxref\n\d+\n%%EOF\s*$)/.exec(tail);
  if (start < 0 || closed === null) throw new Error('the PDF has no trailer that we know');
  return start + closed[0].length;
}
