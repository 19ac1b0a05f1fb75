/**
 * How an owner declares its settings. Nothing here reads the environment: `src/config.ts` does, once,
 * and hands each owner its values.
 */
export interface Setting<T> {
  /** What it does, one sentence; printed in `.env.example`. */
  readonly about: string;
  /** What to do when it is missing or wrong. */
  readonly cure: string;
  /** Completes "must be …". */
  readonly expected: string;
  /** A value for `.env.example`; never a real secret. */
  readonly example?: string;
  readonly secret?: boolean;
  /** The value when it is not set; a setting without one is required. */
  readonly fallback?: { readonly value: T; readonly text: string };
  /** Undefined when the text is not acceptable. */
  readonly parse: (text: string) => T | undefined;
  /** What is wrong with such a text and how it is cured, where `expected` would not name it; never a value. */
  readonly explain?: (text: string) => string | undefined;
}

/** Setting name → setting. Names are upper case with underscores. */
export type SettingSlice = Readonly<Record<string, Setting<unknown>>>;

export type SettingValues<S extends SettingSlice> = {
  readonly [Name in keyof S]: S[Name] extends Setting<infer T> ? T : never;
};

type Described<T> = Omit<Setting<T>, 'parse' | 'explain' | 'expected' | 'fallback'> & {
  readonly fallback?: T;
};

export function textSetting<T extends string | null = string>(
  described: Described<string | T>,
): Setting<string | T> {
  return define(described, 'not be empty', (text) => (text === '' ? undefined : text));
}

export function choiceSetting<const C extends string>(
  choices: readonly C[],
  described: Described<C>,
): Setting<C> {
  const expected = `be one of ${choices.join(', ')}`;
  return define(described, expected, (text) => choices.find((choice) => choice === text));
}

export function booleanSetting(described: Described<boolean>): Setting<boolean> {
  return define(described, 'be true or false', (text) =>
    text === 'true' ? true : text === 'false' ? false : undefined,
  );
}

interface IntegerRange {
  readonly min: number;
  readonly max: number;
}

export function integerSetting(range: IntegerRange, described: Described<number>): Setting<number> {
  return define(described, expectedOf(range), (text) => integerIn(range, text));
}

/** The same where none at all is a choice, too: its default is null. */
export function optionalIntegerSetting(
  range: IntegerRange,
  described: Described<number | null>,
): Setting<number | null> {
  return define(described, expectedOf(range), (text) => integerIn(range, text));
}

function expectedOf({ min, max }: IntegerRange): string {
  return `be a whole number from ${min} to ${max}`;
}

function integerIn({ min, max }: IntegerRange, text: string): number | undefined {
  if (!/^\d{1,15}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

/** An absolute http or https URL, kept without a trailing slash. */
export function urlSetting<T extends string | null = string>(
  described: Described<string | T>,
): Setting<string | T> {
  return define(described, 'be an absolute http or https URL', (text) => {
    if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return undefined;
    return text.replace(/\/+$/, '');
  });
}

/** A PostgreSQL connection URL, kept as it is written; it may not set `reserved` parameters in its query. */
export function databaseUrlSetting(
  reserved: readonly string[],
  described: Described<string>,
): Setting<string> {
  const expected =
    'be a URL such as postgres://user:password@host:5432/name, with %25 for a % in the password';
  const refusedIn = (url: string) => {
    const given = new URL(url).searchParams;
    return reserved.filter((name) => given.has(name));
  };
  const setting = define(described, expected, (text) =>
    isDatabaseUrl(text) && refusedIn(text).length === 0 ? text : undefined,
  );
  return {
    ...setting,
    explain: (text) => (isDatabaseUrl(text) ? explainReserved(refusedIn(text)) : undefined),
  };
}

function isDatabaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname } = new URL(text);
  const isReadable = [username, password, pathname].every((part) => decoded(part) !== null);
  return isReadable && /^postgres(?:ql)?:$/.test(protocol);
}

function explainReserved(names: readonly string[]): string {
  return (
    `must not set ${names.join(', ')} in its query: Kassa sets this itself for each connection, and relies on it. ` +
    'Leave that out; other settings of the server can be given to the role with ALTER ROLE … SET.'
  );
}

/** A part of a URL as it is meant, or null where a % begins nothing. */
export function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Names separated by commas, in order, each once. */
export function listSetting(described: Described<readonly string[]>): Setting<readonly string[]> {
  return define(described, 'be names separated by commas, each once', (text) => {
    const names = text.split(',').map((name) => name.trim());
    const isList = names.every((name) => /^[a-z][a-z0-9_]{0,39}$/.test(name));
    return isList && new Set(names).size === names.length ? names : undefined;
  });
}

/** A value with a shape of its own: its owner says what it must be and reads it. */
export function parsedSetting<T>(
  { expected, parse }: Pick<Setting<T>, 'expected' | 'parse'>,
  described: Described<T>,
): Setting<T> {
  return define(described, expected, parse);
}

function define<T>(
  { fallback, ...described }: Described<T>,
  expected: string,
  parse: (text: string) => T | undefined,
): Setting<T> {
  if (fallback === undefined) return { ...described, expected, parse };
  const text = Array.isArray(fallback) ? fallback.join(',') : String(fallback ?? '');
  return { ...described, expected, parse, fallback: { value: fallback, text } };
}
