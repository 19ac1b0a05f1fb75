import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/** Missing numbers that are named; there should be none. */
const MISSING_SHOWN_MAX = 100;

/** The numbers of one series in one year. */
export interface SeriesReport {
  readonly series: string;
  readonly year: number;
  /** The counter. */
  readonly last_number: number;
  /** Documents that have a number of it. */
  readonly issued: number;
  /** Between 1 and the counter, at most 100 of them. */
  readonly missing: readonly number[];
  /** Documents with a number beyond the counter. */
  readonly beyond: number;
}

const read = statement<{ rows: readonly SeriesReport[] }>(
  'report-invoice-numbers',
  `SELECT coalesce(json_agg(r ORDER BY r.series, r.year DESC), '[]') AS rows FROM (
     SELECT s.series, s.year, s.last_number,
       (SELECT count(*) FROM invoices.invoices i WHERE i.series = s.series AND i.year = s.year) AS issued,
       (SELECT coalesce(json_agg(m.n), '[]') FROM (
          SELECT n FROM generate_series(1, s.last_number) n WHERE NOT EXISTS (
            SELECT FROM invoices.invoices i WHERE i.series = s.series AND i.year = s.year AND i.number = n)
          ORDER BY n LIMIT ${MISSING_SHOWN_MAX}) m) AS missing,
       (SELECT count(*) FROM invoices.invoices i
        WHERE i.series = s.series AND i.year = s.year AND i.number > s.last_number) AS beyond
     FROM invoices.number_series s WHERE $1::text IS NULL OR s.series = $1) r`,
);

/** Proves that no number is missing: counter and documents, compared in one statement. */
@Injectable()
export class NumberReport {
  constructor(private readonly database: Database) {}

  /** Null for all series. */
  async of(series: string | null): Promise<readonly SeriesReport[]> {
    const [found] = await this.database.query(read, [series]);
    return found?.rows ?? [];
  }
}
