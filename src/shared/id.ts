import { uuidv7 } from 'uuidv7';

/** What an id belongs to; the prefix of its public spelling. */
export type IdPrefix =
  | 'pay'
  | 'cus'
  | 'inv'
  | 'ref'
  | 'evt'
  | 'op'
  | 'key'
  | 'chg'
  | 'bal'
  | 'ntf'
  | 'whe'
  | 'whd'
  | 'ping';

/** The kinds of things that events tell of, by the prefix of their ids. */
const PREFIX_OF_KIND: ReadonlyMap<string, IdPrefix> = new Map([
  ['payment', 'pay'],
  ['refund', 'ref'],
  ['chargeback', 'chg'],
  ['customer', 'cus'],
  ['invoice', 'inv'],
]);

/** Crockford's base 32 in lower case: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const BASE32 = /^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$/;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const SUFFIX_LENGTH = 26;

/** The digit behind a character code. */
const DIGIT_AT = new Uint8Array(128);
for (let digit = 0; digit < 32; digit++) DIGIT_AT[ALPHABET.charCodeAt(digit)] = digit;

/** A new UUID of version 7: unique, and in the order of creation. */
export function newId(): string {
  return uuidv7();
}

/** The public spelling of a UUID (TypeID): `pay_` and 26 characters of base 32. */
export function showId(prefix: IdPrefix, uuid: string): string {
  const at = uuid.length === 32 ? hyphenate(uuid) : uuid;
  // 26 base-32 digits hold 130 bits, the first two always zero. Four numbers of 32 bits, read ten bits at a time.
  const a = parseInt(at.slice(0, 8), 16);
  const b = parseInt(at.slice(9, 13) + at.slice(14, 18), 16);
  const c = parseInt(at.slice(19, 23) + at.slice(24, 28), 16);
  const d = parseInt(at.slice(28), 16);
  const first =
    pairAt(a >>> 24) + pairAt(a >>> 14) + pairAt(a >>> 4) + pairAt((a << 6) | (b >>> 26));
  const second = pairAt(b >>> 16) + pairAt(b >>> 6) + pairAt((b << 4) | (c >>> 28));
  const third = pairAt(c >>> 18) + pairAt(c >>> 8) + pairAt((c << 2) | (d >>> 30));
  return `${prefix}_${first}${second}${third}${pairAt(d >>> 20)}${pairAt(d >>> 10)}${pairAt(d)}`;
}

/** The public spelling of what an event tells of; the UUID itself for a kind without a prefix. */
export function showSubjectId(subject: { readonly kind: string; readonly id: string }): string {
  const prefix = PREFIX_OF_KIND.get(subject.kind);
  return prefix === undefined ? subject.id : showId(prefix, subject.id);
}

/** The UUID behind `pay_…`; null when the text is no id of that kind. */
export function readId(prefix: IdPrefix, text: string): string | null {
  if (!text.startsWith(`${prefix}_`)) return null;
  const suffix = text.slice(prefix.length + 1);
  if (suffix.length !== SUFFIX_LENGTH || !BASE32.test(suffix)) return null;
  // 8 bits in front, then six times 20.
  let hex = bitsOf(suffix.slice(0, 2)).toString(16).padStart(2, '0');
  for (let at = 2; at < SUFFIX_LENGTH; at += 4) {
    hex += bitsOf(suffix.slice(at, at + 4))
      .toString(16)
      .padStart(5, '0');
  }
  return hyphenate(hex);
}

function bitsOf(digits: string): number {
  let bits = 0;
  for (let at = 0; at < digits.length; at++)
    bits = bits * 32 + (DIGIT_AT[digits.charCodeAt(at)] ?? 0);
  return bits;
}

/** Like `readId`, and also accepts the UUID itself, with hyphens or as 32 hexadecimal digits. */
export function readAnyId(prefix: IdPrefix, text: string): string | null {
  if (UUID.test(text)) return hyphenate(text.replaceAll('-', '').toLowerCase());
  return readId(prefix, text);
}

/** The UUID as 32 hexadecimal digits, the spelling of the compatibility routes and provider keys. */
export function hexId(uuid: string): string {
  return uuid.replaceAll('-', '');
}

/** Two base-32 digits for every value of ten bits: lists show dozens of ids, so a digit at a time is too slow. */
const PAIRS = Array.from({ length: 1024 }, (_, bits) => digitAt(bits >> 5) + digitAt(bits & 31));

function digitAt(value: number): string {
  return ALPHABET.charAt(value);
}

/** The lowest ten bits. */
function pairAt(bits: number): string {
  return PAIRS[bits & 1023] ?? '';
}

function hyphenate(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
