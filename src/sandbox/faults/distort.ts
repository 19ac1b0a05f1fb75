import { type Answer } from '../http/answer';
import { isList, isObject } from '../http/json';
import { toDecimal, toMinor } from '../money';

/** The page of a broken proxy where JSON was promised. */
export const GARBAGE = {
  type: 'text/html; charset=utf-8',
  content: '<!doctype html><title>Oops</title><p>The proxy in front of the gateway lost its way',
};

/** The same answer with every `amount` one minor unit too high. */
export function withWrongAmount(answer: Answer): Answer {
  return { ...answer, body: mapMembers(answer.body, wrongAmount) };
}

/** The same answer with states that no documentation mentions. */
export function withUnknownState(answer: Answer): Answer {
  return { ...answer, body: mapMembers(answer.body, unknownState) };
}

/** The same answer with every `metadata` left out, as PayPro's lists of 2023 left it out. */
export function withoutMetadata(answer: Answer): Answer {
  return { ...answer, body: mapMembers(answer.body, noMetadata) };
}

function wrongAmount(key: string, value: unknown): unknown {
  if (key !== 'amount') return value;
  if (typeof value === 'number') return value + 1;
  if (!isObject(value)) return value;
  const name = typeof value['total'] === 'string' ? 'total' : 'value';
  const decimal = value[name];
  if (typeof decimal !== 'string') return value;
  const exponent = decimal.split('.')[1]?.length ?? 0;
  return { ...value, [name]: toDecimal(toMinor(decimal, exponent) + 1n, exponent) };
}

function unknownState(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (key === 'status') return 'SOMETHING_NEW';
  return key === 'state' ? 'something_new' : value;
}

/** JSON has no undefined: the member is not there. */
function noMetadata(key: string, value: unknown): unknown {
  return key === 'metadata' ? undefined : value;
}

function mapMembers(value: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (isList(value)) return value.map((item) => mapMembers(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, change(key, mapMembers(item, change))]),
  );
}
