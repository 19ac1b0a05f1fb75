import { malformedRequest } from './http.errors';

/** Nothing that this API takes is nested deeper; a parser that recurses would run out of stack far later. */
const DEPTH_MAX = 20;
/** Members of all objects of one body together, unless a route says otherwise. */
export const KEYS_MAX = 1_000;
/** Longest number literal repeated in an answer. */
const LITERAL_SHOWN_MAX = 30;

export interface JsonScan {
  /** Numbers written with a point or an exponent as direct members of the body. */
  readonly fractions: readonly FoundNumber[];
  /** Numbers anywhere that JSON.parse would change: too large or too small for what JavaScript counts with. */
  readonly inexact: readonly FoundNumber[];
  /** Direct members of the body that are numbers, by key, as they were written. */
  readonly numbers: ReadonlyMap<string, string>;
}

export interface FoundNumber {
  /** JSON pointer to it. */
  readonly pointer: string;
  readonly literal: string;
}

interface Level {
  /** Null for an array. */
  readonly keys: Set<string> | null;
  /** The key or the index whose value comes next. */
  key: string | number;
}

const TOKEN = /"(?:[^"\\]|\\.)*\\?(?:"|$)|[{}[\]:,]|-?\d[0-9.eE+-]*/gs;

/**
 * One pass over the text before it is parsed: refuses what JSON.parse would silently accept (duplicate keys)
 * or a later step could not survive (absurd nesting). It does not validate; JSON.parse does that next.
 */
export function scanJson(text: string, keysMax = KEYS_MAX): JsonScan {
  const levels: Level[] = [];
  const fractions: FoundNumber[] = [];
  const inexact: FoundNumber[] = [];
  const numbers = new Map<string, string>();
  let keys = 0;
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    const level = levels.at(-1);
    if (token === '{' || token === '[') open(levels, token);
    else if (token === '}' || token === ']') levels.pop();
    else if (token.startsWith('"')) {
      if (level?.keys && isKey(text, match.index + token.length)) {
        if (++keys > keysMax) throw tooManyKeys(keysMax);
        addKey(level, level.keys, token);
      }
    } else if (token === ',') nextItem(level);
    else if (/\d/.test(token)) {
      const found = () => ({
        pointer: pointerTo(levels),
        literal: token.slice(0, LITERAL_SHOWN_MAX),
      });
      if (isInexact(token)) inexact.push(found());
      if (levels.length === 1) {
        numbers.set(String(level?.key), token);
        if (/[.eE]/.test(token)) fractions.push(found());
      }
    }
  }
  return { fractions, inexact, numbers };
}

function nextItem(level: Level | undefined): void {
  if (typeof level?.key === 'number') level.key++;
}

/** RFC 6901. */
function pointerTo(levels: readonly Level[]): string {
  const parts = levels.map(({ key }) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'));
  return parts.map((part) => `/${part}`).join('');
}

/** The digits after a point are rounded everywhere and nobody minds; whole digits that change make another number. */
function isInexact(literal: string): boolean {
  const value = Number(literal);
  if (!Number.isFinite(value)) return true;
  if (value === 0) return /^[^eE]*[1-9]/.test(literal);
  return !/[eE]/.test(literal) && Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

function open(levels: Level[], token: string): void {
  levels.push(token === '{' ? { keys: new Set(), key: '' } : { keys: null, key: 0 });
  if (levels.length > DEPTH_MAX) {
    throw malformedRequest(`The body is nested deeper than ${DEPTH_MAX} levels. Flatten it.`);
  }
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (/\s/.test(text.charAt(at))) at++;
  return text.charAt(at) === ':';
}

function tooManyKeys(keysMax: number) {
  return malformedRequest(`The body has more than ${keysMax} members. Send fewer.`);
}

function addKey(level: Level, keys: Set<string>, token: string): void {
  const key = unquote(token);
  if (keys.has(key)) {
    const detail = `The key "${key}" appears twice. Send every key once.`;
    throw malformedRequest(detail, {
      errors: [{ pointer: `/${key}`, code: 'duplicate_key', detail }],
    });
  }
  if (key === '__proto__') throw malformedRequest('The key "__proto__" is not allowed. Rename it.');
  keys.add(key);
  level.key = key;
}

/** Two spellings of one key ("a" and "\u0061") are the same key; broken escapes are JSON.parse's to refuse. */
function unquote(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1);
  try {
    const key: unknown = JSON.parse(token);
    return typeof key === 'string' ? key : token;
  } catch {
    return token;
  }
}
