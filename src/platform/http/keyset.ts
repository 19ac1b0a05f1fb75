import { type Database } from '../database/database';
import { type Statement, statement, type Value } from '../database/statement';
import { type Cursor, showCursor } from './cursor';

export interface PageRequest {
  readonly limit: number;
  readonly cursor: Cursor | null;
}

/** Rows of one page, newest first, and the cursors of its neighbours; null where there is none. */
export interface PageRows<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly prev: string | null;
}

export interface KeysetList {
  /** Part of the statement's name; unique in the program. */
  readonly name: string;
  readonly columns: string;
  readonly from: string;
  /** Alias of the table whose `created_at` and `id` order the list. */
  readonly alias: string;
  readonly filters: readonly KeysetFilter[];
}

export interface KeysetFilter {
  readonly name: string;
  /** A condition that refers to its value by the placeholder it is given. */
  readonly sql: (placeholder: string) => string;
  readonly value: Value;
}

interface OrderedRow {
  readonly id: string;
  readonly created_at: string;
}

/** Every combination of filters in use is one prepared statement; there are few, and each uses its index. */
const statements = new Map<string, Statement<{ rows: readonly never[] }>>();

/** One page of a list in one statement, by key and not by offset: rows added meanwhile shift nothing. */
export async function keysetPage<Row>(
  database: Database,
  page: PageRequest,
  list: KeysetList,
): Promise<PageRows<Row & OrderedRow>> {
  const { limit, cursor } = page;
  const values: Value[] = [limit + 1, ...(cursor ? [cursor.at, cursor.id] : [])];
  const query = statementFor<Row & OrderedRow>(list, cursor?.direction ?? null);
  const [found] = await database.query(query, [...values, ...list.filters.map((f) => f.value)]);
  return cutPage(found?.rows ?? [], page);
}

function cutPage<Row extends OrderedRow>(
  fetched: readonly Row[],
  page: PageRequest,
): PageRows<Row> {
  const { limit, cursor } = page;
  const backwards = cursor?.direction === 'before';
  const hasMore = fetched.length > limit;
  const rows = fetched.slice(0, limit);
  if (backwards) rows.reverse();
  const first = rows.at(0);
  const last = rows.at(-1);
  const hasNext = backwards ? true : hasMore;
  const hasPrev = backwards ? hasMore : cursor !== null;
  return {
    rows,
    next: hasNext && last ? cursorAt('after', last) : null,
    prev: hasPrev && first ? cursorAt('before', first) : null,
  };
}

function cursorAt(direction: Cursor['direction'], row: OrderedRow): string {
  return showCursor({ direction, at: row.created_at, id: row.id });
}

function statementFor<Row>(list: KeysetList, direction: Cursor['direction'] | null) {
  const filters = list.filters.map((filter) => filter.name);
  const name = [list.name, direction ?? 'first', ...filters].join('-');
  const known: Statement<{ rows: readonly Row[] }> | undefined = statements.get(name);
  if (known) return known;
  const made = statement<{ rows: readonly Row[] }>(name, textOf(list, direction));
  statements.set(name, statement<{ rows: readonly never[] }>(made.name, made.text));
  return made;
}

function textOf({ columns, from, alias, filters }: KeysetList, direction: string | null): string {
  const order = direction === 'before' ? 'ASC' : 'DESC';
  const compare = direction === 'before' ? '>' : '<';
  const key = `(${alias}.created_at, ${alias}.id)`;
  const start = direction ? [`${key} ${compare} ($2::timestamptz, $3::uuid)`] : [];
  const firstFilter = direction ? 4 : 2;
  const conditions = [...start, ...filters.map((f, i) => f.sql(`$${firstFilter + i}`))];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return `SELECT coalesce(json_agg(r), '[]') AS rows FROM (
    SELECT ${columns} FROM ${from} ${where}
    ORDER BY ${alias}.created_at ${order}, ${alias}.id ${order} LIMIT $1) r`;
}
