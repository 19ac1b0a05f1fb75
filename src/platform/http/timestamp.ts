/** What PostgreSQL writes nine times out of ten: it drops only zeros at the end of the microseconds. */
const ALL_DIGITS_LENGTH = '2026-11-20T12:44:35.123456+00:00'.length;

/**
 * A time as PostgreSQL writes it in UTC (`2026-11-20T12:44:35.123456+00:00`, digits as needed) in the one
 * form that the API uses: RFC 3339 with milliseconds and `Z`.
 */
export function toTimestamp(text: string): string {
  if (text.length === ALL_DIGITS_LENGTH) return `${text.slice(0, 23)}Z`;
  const seconds = `${text.slice(0, 10)}T${text.slice(11, 19)}`;
  if (text.charAt(19) !== '.') return `${seconds}.000Z`;
  let digits = 0;
  while (digits < 3 && isDigit(text.charCodeAt(20 + digits))) digits++;
  return `${seconds}.${text.slice(20, 20 + digits).padEnd(3, '0')}Z`;
}

export function toTimestampOrNull(text: string | null): string | null {
  return text === null ? null : toTimestamp(text);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
