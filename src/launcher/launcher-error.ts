import { isObject } from '../shared/json';

/** A start that cannot go on, told in words that say what to do; printed without a stack trace. */
export class LauncherError extends Error {}

/**
 * The system's code of an error (`ENOENT`, `EPERM`), or undefined for any other value. It asks for
 * the field and not for the class: a test runs in a realm with an Error of its own.
 */
export function systemCode(error: unknown): string | undefined {
  return isObject(error) && typeof error.code === 'string' ? error.code : undefined;
}

export function messageOf(error: unknown): string {
  return isObject(error) && typeof error.message === 'string' ? error.message : String(error);
}
