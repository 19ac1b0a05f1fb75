import { isObject, parseJson } from '../../shared/json';
import { invalidRequest, malformedRequest } from './http.errors';
import { type FoundNumber, KEYS_MAX, scanJson } from './json-scan';

/** Numbers reported at once. */
const NUMBERS_SHOWN_MAX = 50;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a request body. JSON.parse alone would accept duplicate keys (the last one wins), round big
 * numbers, and let through text that PostgreSQL cannot store; each of those is refused by name here.
 */
export function readJsonBody(bytes: Buffer, keysMax = KEYS_MAX): unknown {
  const text = decode(bytes);
  // Many clients announce JSON and send nothing where nothing has to be said.
  if (text.trim() === '') return {};
  const { fractions, inexact } = scanJson(text, keysMax);
  const value = parse(text);
  // Every request is an object; with anything else a validator would find no field to complain about.
  if (!isObject(value)) throw malformedRequest('The body is no JSON object. Send one, such as {}.');
  refuseUnstorable(value, '');
  const fraction = fractions[0];
  if (fraction !== undefined) refuseFraction(fraction);
  if (inexact.length > 0) refuseInexact(inexact);
  return value;
}

/**
 * The members of a body whose numbers count as they are written: a direct member that is a number comes as its text, so
 * that no arithmetic can change it. Null for JSON that is no object; what nobody honest sends is refused as above.
 */
export function readJsonFields(bytes: Buffer): Readonly<Record<string, unknown>> | null {
  const text = decode(bytes);
  if (text.trim() === '') return {};
  const { numbers } = scanJson(text);
  const value = parse(text);
  if (!isObject(value)) return null;
  refuseUnstorable(value, '');
  const fields = Object.entries(value).map(([key, member]): [string, unknown] =>
    typeof member === 'number' ? [key, numbers.get(key)] : [key, member],
  );
  return Object.fromEntries(fields);
}

function decode(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw malformedRequest('The body is not valid UTF-8. Send UTF-8 encoded JSON.');
  }
}

function parse(text: string): unknown {
  const value = parseJson(text);
  if (value !== undefined) return value;
  throw malformedRequest('The body is not valid JSON. Check quotes, commas and brackets.');
}

/** The depth is bounded by the scan before, so recursion is safe. */
function refuseUnstorable(value: unknown, pointer: string): void {
  if (typeof value === 'string') refuseUnstorableText(value, pointer);
  else if (Array.isArray(value)) {
    value.forEach((item, index) => refuseUnstorable(item, `${pointer}/${index}`));
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      refuseUnstorableText(key, `${pointer}/${key}`);
      refuseUnstorable(member, `${pointer}/${key}`);
    }
  }
}

function refuseUnstorableText(text: string, pointer: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  const detail = text.includes('\0')
    ? 'The text holds a NUL character. Remove it.'
    : 'The text holds half of a surrogate pair. Send whole characters.';
  const at = pointer.toWellFormed().replaceAll('\0', '\u2400');
  throw malformedRequest(detail, { errors: [{ pointer: at, code: 'unstorable_text', detail }] });
}

function refuseFraction({ pointer, literal }: FoundNumber): never {
  const detail = pointer.endsWith('/amount')
    ? amountDetail(literal)
    : `Send a whole number without a point or exponent, not ${literal}.`;
  throw invalidRequest(detail, { errors: [{ pointer, code: 'fraction', detail }] });
}

function refuseInexact(numbers: readonly FoundNumber[]): never {
  const errors = numbers.slice(0, NUMBERS_SHOWN_MAX).map(({ pointer, literal }) => {
    const detail =
      pointer === '/amount'
        ? amountDetail(literal)
        : `The number ${literal} would not be kept exactly. Send it as a text.`;
    return { pointer, code: 'inexact_number', detail };
  });
  throw invalidRequest(errors[0]?.detail ?? '', { errors });
}

function amountDetail(literal: string): string {
  return `Amounts are whole numbers of minor units: for EUR 10.00 send 1000, not ${literal}.`;
}
