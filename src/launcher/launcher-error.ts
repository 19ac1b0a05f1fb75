/** A start that cannot go on, told in words that say what to do; printed without a stack trace. */
export class LauncherError extends Error {}

/** The system's code of an error (`ENOENT`, `EPERM`), or undefined for any other value. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
