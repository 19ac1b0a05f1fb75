import { isObject, objectAt, parseJson } from '../../src/shared/json';

/** Whoever asked, which bell rang first, how many there are, how often something was tried, and what the machine has. */
const OF_THE_MOMENT = [
  'count',
  'next',
  'owners',
  'created_by',
  'closed_by',
  'cause',
  'by',
  'checked',
  'attempts',
  'duration_ms',
  'year',
  'pdf_browser',
];

/** Where lists have their items: in the older API at the top. */
const PAGES = ['body', 'body.data'];

/** What is new for every object, every moment or every machine, and what stands for it. */
const NEW_EACH_TIME: readonly (readonly [RegExp, string])[] = [
  [/^([a-z]+)_[0-9a-hjkmnp-tv-z]{26}$/, '$1_…'],
  [/^https?:\/\/.*$/, 'an address'],
  [/^\d{4}-\d\d-\d\dT.*Z$/, 'a time'],
  [/^\d{4}-\d\d-\d\d$/, 'a day'],
  [/^[0-9a-f]{32,64}$/, 'hexadecimal digits'],
  [/^[A-Z0-9]{13,17}$/, 'an id of the provider'],
  [/^((?:EC|PAY|WH|PP-D)-)[\w-]+$/, '$1…'],
  [/^(?:INV|CN)-\d{4}-\d+$/, 'a number'],
  [/^(paypal|paypro):[A-Z0-9]{13,17}$/, '$1:…'],
  [/^whsec_.*$/, 'a secret'],
  [/^eyJ.*$/, 'a cursor'],
];

/** What differs between an example and what was answered: every member, but for values that are new each time. */
export function differencesFromExample(
  example: unknown,
  answered: unknown,
  at = 'body',
): readonly string[] {
  if (Array.isArray(example) && Array.isArray(answered)) {
    return differencesOfLists(example, answered, at);
  }
  if (isObject(example) && isObject(answered)) {
    const names = [...new Set([...Object.keys(example), ...Object.keys(answered)])];
    return names
      .filter((name) => !OF_THE_MOMENT.includes(name))
      .flatMap((name) => differencesFromExample(example[name], answered[name], `${at}.${name}`));
  }
  const [shown, is] = [example, answered].map(lasting);
  return shown === is ? [] : [`${at} is ${is}, the example shows ${shown}`];
}

/** A page of a list shows whatever is there, and what the example shows among it. */
function differencesOfLists(
  example: readonly unknown[],
  answered: readonly unknown[],
  at: string,
): readonly string[] {
  if (PAGES.includes(at)) return example.flatMap((one) => differencesFromAny(one, answered, at));
  const longest = example.length > answered.length ? example : answered;
  return longest.flatMap((_, index) =>
    differencesFromExample(example[index], answered[index], `${at}.${index}`),
  );
}

/** What differs from the item that is most like the one of the example. */
function differencesFromAny(
  example: unknown,
  answered: readonly unknown[],
  at: string,
): readonly string[] {
  const [nearest = [`${at} is empty`]] = answered
    .map((one) => differencesFromExample(example, one, `${at}.any`))
    .sort((one, other) => one.length - other.length);
  return nearest;
}

function lasting(value: unknown): string | undefined {
  if (typeof value !== 'string') return JSON.stringify(value);
  const found = NEW_EACH_TIME.find(([pattern]) => pattern.test(value));
  return JSON.stringify(found ? value.replace(found[0], found[1]) : value);
}

/** Only sent where there is something to say. */
const CONDITIONAL = ['Idempotent-Replayed', 'Link'];

/** Headers that the document shows for an answer and that are not there. */
export function missingHeaders(
  documented: unknown,
  sent: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.keys(objectAt(documented, 'headers'))
    .filter((name) => !CONDITIONAL.includes(name) && !(name.toLowerCase() in sent))
    .map((name) => `has no ${name} header`);
}

/** A file begins as its example does; what comes after that is left out there. */
export function differencesFromFile(example: string, answered: string): readonly string[] {
  const [start = ''] = example.split('\n');
  return answered.startsWith(start)
    ? []
    : [`the file begins with ${answered.slice(0, start.length)}, not with ${start}`];
}

/** What differs within the sentences of every occurrence, and what stands for it. */
const WITHIN_SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/(?<="reference":")[0-9a-f-]+(?=")/g, 'an id for the provider’s support'],
  [/\b(?=[A-Z]*\d)[A-Z0-9]{17}\b/g, 'an id of the provider'],
  [/\b([a-z]+)_[0-9a-hjkmnp-tv-z]{26}\b/g, '$1_…'],
  [/\b(INV|CN)-\d{4}-\d+/g, '$1-…'],
  [/\b\d{4}-\d\d-\d\d\b/g, 'a day'],
  [/Idempotency-Key \\"[^"]*\\"/g, 'Idempotency-Key "…"'],
  [/Wait \d+ s\b/g, 'Wait … s'],
];

/** A problem without what belongs to this one request. */
export function withoutMoment(problem: unknown): unknown {
  const members = Object.entries(objectAt(problem)).filter(([name]) => name !== 'request_id');
  const text = WITHIN_SENTENCES.reduce(
    (done, [pattern, sign]) => done.replace(pattern, sign.replaceAll('"', '\\"')),
    JSON.stringify(Object.fromEntries(members)),
  );
  return parseJson(text);
}
