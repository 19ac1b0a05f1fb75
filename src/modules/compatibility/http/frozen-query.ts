import { fieldsInvalid } from '../compatibility.errors';
import { readCustomer } from '../domain/frozen-links';
import { type PageWish, readPageWish } from '../domain/numbered-pages';

/** Query parameters; a name that is given twice has a list. Those that nobody reads are ignored. */
export type QueryFields = Readonly<Record<string, unknown>>;

/** Throws `fields_invalid` (400) for a customer that is none, `page_invalid` (404) for a page that is none. */
export function readListQuery(query: QueryFields): {
  readonly wish: PageWish;
  readonly customerId: string | null;
} {
  const text = lastOf(query, 'customer');
  const customerId = text ? readCustomer(text) : null;
  if (text && customerId === null) {
    const detail = 'Enter a valid UUID.';
    throw fieldsInvalid(detail, { errors: [{ pointer: '?customer', code: 'invalid', detail }] });
  }
  const wish = readPageWish({ page: lastOf(query, 'page'), pageSize: lastOf(query, 'page_size') });
  return { wish, customerId };
}

/** Of a parameter that is given twice the last one counts. */
function lastOf(query: QueryFields, name: string): string | undefined {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
}
