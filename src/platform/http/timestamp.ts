/**
 * A time as PostgreSQL writes it in UTC (`2026-11-20T12:44:35.123456+00:00`, digits as needed) in the one
 * form that the API uses: RFC 3339 with milliseconds and `Z`.
 */
export function toTimestamp(text: string): string {
  const fraction = text.charAt(19) === '.' ? text.slice(20, 23).replace(/\D.*$/, '') : '';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`;
}

export function toTimestampOrNull(text: string | null): string | null {
  return text === null ? null : toTimestamp(text);
}
