import { uuidv7 } from 'uuidv7';

/** What an id belongs to; the prefix of its public spelling. */
export type IdPrefix = 'pay' | 'cus' | 'inv' | 'ref' | 'evt' | 'op' | 'key' | 'chg' | 'bal';

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
  const hex = withoutHyphens(uuid);
  // 26 base-32 digits hold 130 bits, the first two always zero: 8 bits in front, then six times 20.
  let text = `${prefix}_${pairAt(parseInt(hex.slice(0, 2), 16))}`;
  for (let at = 2; at < 32; at += 5) {
    const bits = parseInt(hex.slice(at, at + 5), 16);
    text += pairAt(bits >> 10) + pairAt(bits & 1023);
  }
  return text;
}

/** The UUID behind `pay_…`; null when the text is no id of that kind. */
export function readId(prefix: IdPrefix, text: string): string | null {
  if (!text.startsWith(`${prefix}_`)) return null;
  const suffix = text.slice(prefix.length + 1);
  if (suffix.length !== SUFFIX_LENGTH || !BASE32.test(suffix)) return null;
  // The same groups as in `showId`: 8 bits in front, then six times 20.
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
  return PAIRS[value] ?? '';
}

function withoutHyphens(uuid: string): string {
  if (uuid.length === 32) return uuid;
  return (
    uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24)
  );
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
