import { type Queryable, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/** A number and the moment it was drawn, by the clock of the database. */
export interface DrawnNumber {
  readonly series: string;
  readonly year: number;
  readonly number: number;
  /** In the issuer's time zone, `YYYY-MM-DD`. */
  readonly issue_date: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly issued_at: string;
}

/**
 * The row is held until the transaction ends, so the next number waits for the fate of this one. The time is read after
 * the row was had: of two invoices the later number never has the earlier time.
 */
const draw = statement<DrawnNumber>(
  'draw-invoice-number',
  `WITH drawn AS (
     INSERT INTO invoices.number_series AS s (series, year, last_number)
     VALUES ($1, extract(year FROM clock_timestamp() AT TIME ZONE $2)::integer, 1)
     ON CONFLICT (series, year) DO UPDATE SET last_number = s.last_number + 1
     RETURNING series, year, last_number
   )
   SELECT d.series, d.year, d.last_number AS number, to_char(t.at AT TIME ZONE $2, 'YYYY-MM-DD') AS issue_date,
     to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS issued_at
   FROM drawn d, LATERAL (SELECT clock_timestamp() AS at WHERE d.last_number > 0 OFFSET 0) t`,
);

const readToday = statement<{ today: string }>(
  'read-issuer-day',
  `SELECT to_char(clock_timestamp() AT TIME ZONE $1, 'YYYY-MM-DD') AS today`,
);

/** Draws numbers without a gap: one that is rolled back is drawn again by the next. */
export class NumberSeries {
  /** Throws `YearTurned` in the one moment a year in which the number would get a date of another year. */
  async draw(tx: Tx, from: { readonly series: string; readonly timeZone: string }) {
    const [drawn] = await tx.query(draw, [from.series, from.timeZone]);
    if (!drawn) throw new Error(`no number was drawn from ${from.series}`);
    if (!drawn.issue_date.startsWith(`${drawn.year}-`)) throw new YearTurned();
    return drawn;
  }

  /** The issuer's day, `YYYY-MM-DD`, by the clock of the database. */
  async today(on: Queryable, timeZone: string): Promise<string> {
    const [row] = await on.query(readToday, [timeZone]);
    if (!row) throw new Error('the database has no clock');
    return row.today;
  }
}

/** The year ended while the number was waited for: begin the transaction anew. */
export class YearTurned extends Error {}
