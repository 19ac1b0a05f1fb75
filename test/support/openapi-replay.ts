import { isObject } from '../../src/shared/json';

/** Whoever asked, how many there are, and how often something was tried. */
const OF_THE_MOMENT = ['count', 'next', 'owners', 'created_by', 'by', 'checked', 'attempts'];

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
  [/^((?:EC|PAY|WH)-)[\w-]+$/, '$1…'],
  [/^(?:INV|CN)-\d{4}-\d+$/, 'a number'],
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

/** A page of a list shows whatever is there; its items are held against their schema. */
function differencesOfLists(
  example: readonly unknown[],
  answered: readonly unknown[],
  at: string,
): readonly string[] {
  if (PAGES.includes(at)) {
    return example.length > 0 && answered.length === 0 ? [`${at} is empty`] : [];
  }
  const longest = example.length > answered.length ? example : answered;
  return longest.flatMap((_, index) =>
    differencesFromExample(example[index], answered[index], `${at}.${index}`),
  );
}

function lasting(value: unknown): string | undefined {
  if (typeof value !== 'string') return JSON.stringify(value);
  const found = NEW_EACH_TIME.find(([pattern]) => pattern.test(value));
  return JSON.stringify(found ? value.replace(found[0], found[1]) : value);
}

/** A file begins as its example does; what comes after that is left out there. */
export function differencesFromFile(example: string, answered: string): readonly string[] {
  const [start = ''] = example.split('\n');
  return answered.startsWith(start) ? [] : [`the file does not begin with ${start}`];
}
