import { isObject, valueAt } from '../../src/shared/json';

type Path = readonly (string | number)[];

/** The text at a path; a test that expects one and finds none fails here, with what was there. */
export function textOf(value: unknown, ...path: Path): string {
  const found = valueAt(value, ...path);
  if (typeof found === 'string') return found;
  throw new Error(`no text at ${path.join('.')} of ${JSON.stringify(value)}`);
}

export function numberOf(value: unknown, ...path: Path): number {
  const found = valueAt(value, ...path);
  if (typeof found === 'number') return found;
  throw new Error(`no number at ${path.join('.')} of ${JSON.stringify(value)}`);
}

export function listOf(value: unknown, ...path: Path): readonly unknown[] {
  const found = valueAt(value, ...path);
  if (Array.isArray(found)) return found;
  throw new Error(`no list at ${path.join('.')} of ${JSON.stringify(value)}`);
}

export function objectOf(value: unknown, ...path: Path): Readonly<Record<string, unknown>> {
  const found = valueAt(value, ...path);
  if (isObject(found)) return found;
  throw new Error(`no object at ${path.join('.')} of ${JSON.stringify(value)}`);
}
