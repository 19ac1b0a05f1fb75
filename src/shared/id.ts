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

const DIGIT_OF = new Map([...ALPHABET].map((char, digit) => [char, digit]));

/** A new UUID of version 7: unique, and in the order of creation. */
export function newId(): string {
  return uuidv7();
}

/** The public spelling of a UUID (TypeID): `pay_` and 26 characters of base 32. */
export function showId(prefix: IdPrefix, uuid: string): string {
  const at = uuid.length === 32 ? hyphenate(uuid) : uuid;
  // 26 base-32 digits hold 130 bits, the first two always zero: 48 bits, then twice 40, each an exact number.
  const high = parseInt(at.slice(0, 8) + at.slice(9, 13), 16);
  const middle = parseInt(at.slice(14, 18) + at.slice(19, 23) + at.slice(24, 26), 16);
  const low = parseInt(at.slice(26), 16);
  return `${prefix}_${pairAt(Math.floor(high / 2 ** 40))}${eightDigits(high)}${eightDigits(middle)}${eightDigits(low)}`;
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
  for (const digit of digits) bits = bits * 32 + (DIGIT_OF.get(digit) ?? 0);
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

function pairAt(value: number): string {
  return PAIRS[value % 1024] ?? '';
}

/** The lower 40 bits, which are too many for bit operators. */
function eightDigits(bits: number): string {
  const upper = Math.floor(bits / 2 ** 20);
  return pairAt(upper >> 10) + pairAt(upper) + pairAt(Math.floor(bits / 2 ** 10)) + pairAt(bits);
}

function hyphenate(hex: string): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
