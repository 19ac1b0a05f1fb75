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
  | 'con'
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

/** The value of a digit by its character code, in either case; those of base 16 are the first of base 32. */
const DIGIT_AT = new Uint8Array(128);
/** The character code of each digit of base 32. */
const CODES = Uint8Array.from(ALPHABET, (digit) => digit.charCodeAt(0));
CODES.forEach((code, digit) => {
  DIGIT_AT[code] = digit;
  DIGIT_AT[String.fromCharCode(code).toUpperCase().charCodeAt(0)] = digit;
});

/** A new UUID of version 7: unique, and in the order of creation. */
export function newId(): string {
  return uuidv7();
}

/** The public spelling of a UUID (TypeID): `pay_` and 26 characters of base 32. */
export function showId(prefix: IdPrefix, uuid: string): string {
  const at = uuid.length === 32 ? hyphenate(uuid) : uuid;
  // 26 base-32 digits hold 130 bits, the first two always zero. Four numbers of 32 bits, read five bits at a time.
  const a = (hex16(at, 0) << 16) | hex16(at, 4);
  const b = (hex16(at, 9) << 16) | hex16(at, 14);
  const c = (hex16(at, 19) << 16) | hex16(at, 24);
  const d = (hex16(at, 28) << 16) | hex16(at, 32);
  // Lists show dozens of ids, and one call that makes the whole text takes half the time of pieces put together.
  const digits = String.fromCharCode(
    codeAt(a >>> 29),
    codeAt(a >>> 24),
    codeAt(a >>> 19),
    codeAt(a >>> 14),
    codeAt(a >>> 9),
    codeAt(a >>> 4),
    codeAt((a << 1) | (b >>> 31)),
    codeAt(b >>> 26),
    codeAt(b >>> 21),
    codeAt(b >>> 16),
    codeAt(b >>> 11),
    codeAt(b >>> 6),
    codeAt(b >>> 1),
    codeAt((b << 4) | (c >>> 28)),
    codeAt(c >>> 23),
    codeAt(c >>> 18),
    codeAt(c >>> 13),
    codeAt(c >>> 8),
    codeAt(c >>> 3),
    codeAt((c << 2) | (d >>> 30)),
    codeAt(d >>> 25),
    codeAt(d >>> 20),
    codeAt(d >>> 15),
    codeAt(d >>> 10),
    codeAt(d >>> 5),
    codeAt(d),
  );
  return `${prefix}_${digits}`;
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

/** The character code of the digit for the lowest five bits. */
function codeAt(bits: number): number {
  return CODES[bits & 31] ?? 0;
}

/** The number that four hexadecimal digits stand for. */
function hex16(text: string, from: number): number {
  let value = 0;
  for (let at = from; at < from + 4; at++)
    value = (value << 4) | (DIGIT_AT[text.charCodeAt(at)] ?? 0);
  return value;
}

function hyphenate(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
