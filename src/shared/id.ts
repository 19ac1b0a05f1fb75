import { uuidv7 } from 'uuidv7';

/** What an id belongs to; the prefix of its public spelling. */
export type IdPrefix = 'pay' | 'cus' | 'inv' | 'ref' | 'evt' | 'op' | 'key' | 'chg' | 'bal';

/** Crockford's base 32 in lower case: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const BASE32 = /^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$/;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const SUFFIX_LENGTH = 26;

const DIGIT_OF = new Map([...ALPHABET].map((char, digit) => [char, BigInt(digit)]));

/** A new UUID of version 7: unique, and in the order of creation. */
export function newId(): string {
  return uuidv7();
}

/** The public spelling of a UUID (TypeID): `pay_` and 26 characters of base 32. */
export function showId(prefix: IdPrefix, uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  // 26 base-32 digits hold 130 bits, the first two always zero: 50 + 40 + 40 bits in three groups.
  return `${prefix}_${base32(hex.slice(0, 12), 10)}${base32(hex.slice(12, 22), 8)}${base32(hex.slice(22), 8)}`;
}

/** The UUID behind `pay_…`; null when the text is no id of that kind. */
export function readId(prefix: IdPrefix, text: string): string | null {
  if (!text.startsWith(`${prefix}_`)) return null;
  const suffix = text.slice(prefix.length + 1);
  if (suffix.length !== SUFFIX_LENGTH || !BASE32.test(suffix)) return null;
  let value = 0n;
  for (const char of suffix) value = value * 32n + (DIGIT_OF.get(char) ?? 0n);
  return hyphenate(value.toString(16).padStart(32, '0'));
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

/** Groups are whole multiples of 5 bits (48 bits padded to 50, twice 40), so each converts on its own. */
function base32(hex: string, length: number): string {
  let value = parseInt(hex, 16);
  let text = '';
  for (let i = 0; i < length; i++) {
    text = ALPHABET.charAt(value % 32) + text;
    value = Math.floor(value / 32);
  }
  return text;
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
