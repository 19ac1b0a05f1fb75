import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isObject, textAt, valueAt } from '../../../src/shared/json';

const ROOT = join(__dirname, '../../..');

export interface Service {
  readonly name: string;
  readonly image: string | null;
  readonly isBuilt: boolean;
  /** Name → text, or null where compose hands on its own value, if any. */
  readonly environment: ReadonlyMap<string, string | null>;
  readonly secrets: readonly string[];
  readonly ports: readonly string[];
  readonly command: readonly string[];
  readonly all: unknown;
}

export interface Compose {
  readonly services: readonly Service[];
  /** Name → path of the file. */
  readonly secrets: ReadonlyMap<string, string>;
}

export function readCompose(): Compose {
  const file: unknown = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), {
    merge: true,
  });
  return {
    services: entriesOf(valueAt(file, 'services')).map(([name, service]) => ({
      name,
      image: textOrNull(valueAt(service, 'image')),
      isBuilt: valueAt(service, 'build') !== undefined,
      environment: new Map(
        entriesOf(valueAt(service, 'environment')).map(([key, value]) => [key, textOrNull(value)]),
      ),
      secrets: textsOf(valueAt(service, 'secrets')),
      ports: textsOf(valueAt(service, 'ports')),
      command: textsOf(valueAt(service, 'command')),
      all: service,
    })),
    secrets: new Map(
      entriesOf(valueAt(file, 'secrets')).map(([name, it]) => [name, textAt(it, 'file') ?? '']),
    ),
  };
}

/** What a service is given when .env holds `given`: `${NAME:-default}` and `${NAME:?message}` as compose reads them. */
export function environmentOf(
  { environment }: Service,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, text] of environment) {
    const value = text === null ? given[name] : interpolate(text, given);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function interpolate(text: string, given: Readonly<Record<string, string>>): string {
  const pattern = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;
  return text.replaceAll(pattern, (_all, name: string, kind: string, rest: string) => {
    const value = given[name];
    if (value !== undefined) return value;
    if (kind === '-') return rest;
    throw new Error(`${name} is not set: ${rest}`);
  });
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
