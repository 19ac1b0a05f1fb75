const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** Ten bits at a time: every pair of digits, ready made. */
const PAIRS = Array.from({ length: 1024 }, (_, n) => `${ALPHABET[n >> 5]}${ALPHABET[n & 31]}`);
const DIGIT = new Map([...ALPHABET].map((char, digit) => [char, digit]));

const TYPE_ID = /^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$/;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** `pay_…` of a UUID as PostgreSQL writes it: four numbers of 32 bits, ten bits at a time. */
export function typeId(prefix: string, uuid: string): string {
  const a = parseInt(uuid.slice(0, 8), 16);
  const b = parseInt(uuid.slice(9, 13) + uuid.slice(14, 18), 16);
  const c = parseInt(uuid.slice(19, 23) + uuid.slice(24, 28), 16);
  const d = parseInt(uuid.slice(28), 16);
  const first = pair(a >>> 24) + pair(a >>> 14) + pair(a >>> 4) + pair((a << 6) | (b >>> 26));
  const second = pair(b >>> 16) + pair(b >>> 6) + pair((b << 4) | (c >>> 28));
  const third = pair(c >>> 18) + pair(c >>> 8) + pair((c << 2) | (d >>> 30));
  return `${prefix}_${first}${second}${third}${pair(d >>> 20)}${pair(d >>> 10)}${pair(d)}`;
}

function pair(bits: number): string {
  return PAIRS[bits & 1023] ?? '';
}

/** The UUID behind `pay_…` or a UUID in any spelling; null when it is neither. */
export function uuidOf(prefix: string, text: string): string | null {
  if (text.startsWith(`${prefix}_`)) {
    const digits = text.slice(prefix.length + 1);
    if (!TYPE_ID.test(digits)) return null;
    const hex = [hexOf(digits, 0, 10, 12), hexOf(digits, 10, 18, 10), hexOf(digits, 18, 26, 10)];
    return hyphenate(hex.join(''));
  }
  return UUID.test(text) ? hyphenate(text.replaceAll('-', '').toLowerCase()) : null;
}

function hexOf(digits: string, from: number, to: number, length: number): string {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 32 + (DIGIT.get(digits.charAt(at)) ?? 0);
  return value.toString(16).padStart(length, '0');
}

function hyphenate(hex: string): string {
  const ends = `${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${ends}`;
}
