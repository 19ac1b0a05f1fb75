/** What a server says to whatever writes once it became a standby. */
export const ONLY_READS = '25006';

/** The SQLSTATE of a database error; null for anything else. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
