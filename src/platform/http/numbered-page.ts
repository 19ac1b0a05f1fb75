/** A page of the older API by its number. New lists are paged by key, which costs the same for every page. */
export interface NumberedPage {
  readonly customerId: string | null;
  /** How many come before; null for the last page. */
  readonly offset: number | null;
  readonly limit: number;
}

export interface CountedRows<Row> {
  /** Of all pages. */
  readonly count: number;
  readonly rows: readonly Row[];
}

export interface NumberedList {
  /** A table and its alias: `payments.payments p`. */
  readonly from: string;
  readonly alias: string;
  readonly columns: string;
  readonly where: string;
  /** A column by which the newest come first; rows of the same moment follow their ids. */
  readonly newest: string;
  /** Placeholders of `limit` and `offset`. */
  readonly limit: string;
  readonly offset: string;
}

/** One statement; the page is found by ids alone, so that what makes rows large is not read for those it skips. */
export function numberedPageSql(list: NumberedList): string {
  const { from, alias, columns, where, newest, limit, offset } = list;
  return `WITH counted AS (SELECT count(*) AS count FROM ${from} WHERE ${where}),
   page AS (
     SELECT ${alias}.id FROM ${from} WHERE ${where}
     ORDER BY ${alias}.${newest} DESC, ${alias}.id DESC LIMIT ${limit}::int
     OFFSET coalesce(${offset}::bigint, (SELECT greatest(count - 1, 0) / ${limit}::int * ${limit}::int FROM counted)))
   SELECT (SELECT count::int FROM counted) AS count,
     (SELECT coalesce(json_agg(r ORDER BY r.${newest} DESC, r.id DESC), '[]') FROM (
        SELECT ${columns} FROM page JOIN ${from} ON ${alias}.id = page.id) r) AS rows`;
}
