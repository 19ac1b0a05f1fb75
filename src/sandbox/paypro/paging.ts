import { type Answer } from '../http/answer';
import { type JsonObject, textMember } from '../http/json';
import { type Sandbox } from '../sandbox';
import { type PayProCall } from './call';
import { invalid } from './errors';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

interface Listing<T> {
  path: string;
  /** Everything the caller may see, oldest first. */
  all: T[];
  view: (item: T) => JsonObject;
}

/** One page, newest first: https://docs.paypro.nl/pagination.html */
export function listPage<T extends { id: string }>(
  sandbox: Sandbox,
  call: PayProCall,
  { path, all, view }: Listing<T>,
): Answer {
  const limit = readLimit(textMember(call.query, 'limit'));
  if (limit === undefined) return invalid('limit', `limit must be from 1 to ${MAX_LIMIT}`);
  const newestFirst = [...all].reverse();
  const window = windowOf(newestFirst, textMember(call.query, 'cursor'), limit);
  if (window === undefined) return invalid('cursor', 'The cursor is not known');
  const page = newestFirst.slice(window.start, window.end);
  const url = `${sandbox.publicUrl()}/paypro${path}`;
  const [first, last] = [page[0], page.at(-1)];
  const links = {
    self: url,
    ...(last && window.end < newestFirst.length
      ? { next: `${url}?cursor=${cursor('n', last.id)}` }
      : {}),
    ...(first && window.start > 0 ? { prev: `${url}?cursor=${cursor('p', first.id)}` } : {}),
  };
  const data = page.map(view);
  return { status: 200, body: { type: 'list', data, count: data.length, _links: links } };
}

/** Direction and id, base64url, as in the documentation's own examples. */
function cursor(direction: 'n' | 'p', id: string): string {
  return Buffer.from(`${direction}:${id}`).toString('base64url');
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= MAX_LIMIT ? limit : undefined;
}

/** Which part of the list the page is; undefined for a cursor that leads nowhere. */
function windowOf(
  items: { id: string }[],
  text: string | undefined,
  limit: number,
): { start: number; end: number } | undefined {
  if (text === undefined) return { start: 0, end: limit };
  const [direction, id] = Buffer.from(text, 'base64url').toString('utf8').split(':');
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) return undefined;
  if (direction === 'n') return { start: index + 1, end: index + 1 + limit };
  return direction === 'p' ? { start: Math.max(0, index - limit), end: index } : undefined;
}
