import { type Pool, type PoolClient, type QueryConfig, type QueryResultRow } from 'pg';
import { sqlState } from './sql-state';
import { socketOf } from './silence-watch';

/** A look-up takes a tenth of a millisecond, so whoever comes last waits for some three. */
const UNDER_WAY_MAX = 32;
/** A line that answered nothing for so long is held up, and nobody else shall wait behind it. */
const HELD_UP_MS = 50;
/** A lock or a statement took its whole time: those behind it would each wait as long. */
const HELD_UP = new Set(['55P03', '57014']);
/** The statement was not prepared after all, because the look-up that should have done it failed. */
const NOT_PREPARED = new Set(['26000', '42P05']);

/** A connection of the pool while look-ups share it. */
interface Line {
  readonly connecting: Promise<PoolClient>;
  client: PoolClient | null;
  underWay: number;
  hasFailed: boolean;
  /** Milliseconds of `performance.now()`: when it last answered, or was asked for. */
  movedAtMs: number;
}

/**
 * Sends look-ups that come at the same time over one connection, each without waiting for the answer to the one before
 * (https://node-postgres.com/features/pipelining). Waking up another process of the server for each of them costs both
 * sides more than the look-up itself. Each is a statement on its own: one that fails fails alone, but for one that was
 * held up for as long as a statement may take: the others are then told at once, by an end of the connection.
 */
export class LookUps {
  private line: Line | null = null;

  constructor(private readonly pool: Pool) {}

  async query<Row extends QueryResultRow>(config: QueryConfig): Promise<readonly Row[]> {
    const line = this.openLine();
    line.underWay += 1;
    try {
      const client = await line.connecting;
      const { rows } = await client.query<Row>(config);
      return rows;
    } catch (error) {
      line.hasFailed = true;
      const state = sqlState(error) ?? '';
      if (HELD_UP.has(state) && line.client) socketOf(line.client)?.destroy();
      if (!NOT_PREPARED.has(state)) throw error;
      return (await this.pool.query<Row>(config)).rows;
    } finally {
      line.movedAtMs = performance.now();
      line.underWay -= 1;
      if (line.underWay === 0) this.close(line);
    }
  }

  private openLine(): Line {
    if (this.line !== null && this.takesMore(this.line)) return this.line;
    const connecting = this.pool.connect();
    const movedAtMs = performance.now();
    const line: Line = { connecting, client: null, underWay: 0, hasFailed: false, movedAtMs };
    this.line = line;
    connecting.then((client) => {
      // Documented for a pool as a whole; transactions do without, and nothing is under way here.
      line.client = Object.assign(client, { pipeline: true });
      line.movedAtMs = performance.now();
    }, ignore);
    return line;
  }

  /** A line ends when others wait for a connection: look-ups that never cease would keep it for ever. */
  private takesMore({ client, underWay, hasFailed, movedAtMs }: Line): boolean {
    if (hasFailed || underWay >= UNDER_WAY_MAX || this.pool.ending) return false;
    if (client === null) return true;
    return this.pool.waitingCount === 0 && performance.now() - movedAtMs < HELD_UP_MS;
  }

  /** As with any statement, a connection that failed is not used again. */
  private close(line: Line): void {
    if (this.line === line) this.line = null;
    if (line.client === null) return;
    Object.assign(line.client, { pipeline: false });
    line.client.release(line.hasFailed);
  }
}

function ignore(): void {}
