import { type Pool, type PoolClient, type QueryConfig, type QueryResultRow } from 'pg';

/** A look-up takes a tenth of a millisecond, so whoever comes last waits for some three. */
const UNDER_WAY_MAX = 32;

/** A connection of the pool while look-ups share it. */
interface Line {
  readonly client: Promise<PoolClient>;
  isConnected: boolean;
  underWay: number;
}

/**
 * Sends look-ups that come at the same time over one connection, each without waiting for the answer to the one before
 * (https://node-postgres.com/features/pipelining). Waking up another process of the server for each of them costs both
 * sides more than the look-up itself. Each is a statement on its own: one that fails fails alone.
 */
export class LookUps {
  private line: Line | null = null;

  constructor(private readonly pool: Pool) {}

  async query<Row extends QueryResultRow>(config: QueryConfig): Promise<readonly Row[]> {
    const line = this.openLine();
    line.underWay += 1;
    try {
      const client = await line.client;
      const { rows } = await client.query<Row>(config);
      return rows;
    } finally {
      line.underWay -= 1;
      if (line.underWay === 0) void this.close(line);
    }
  }

  private openLine(): Line {
    if (this.line !== null && this.takesMore(this.line)) return this.line;
    const client = this.pool.connect();
    const line: Line = { client, isConnected: false, underWay: 0 };
    this.line = line;
    client.then((connected) => {
      // Documented for a pool as a whole; transactions do without, and nothing is under way here.
      Object.assign(connected, { pipeline: true });
      line.isConnected = true;
    }, ignore);
    return line;
  }

  /** A line ends when others wait for a connection: look-ups that never cease would keep it for ever. */
  private takesMore({ isConnected, underWay }: Line): boolean {
    if (underWay >= UNDER_WAY_MAX) return false;
    return !isConnected || this.pool.waitingCount === 0;
  }

  /** The pool does not keep a connection that broke. */
  private async close(line: Line): Promise<void> {
    if (this.line === line) this.line = null;
    const client = await line.client.catch(ignore);
    if (!client) return;
    Object.assign(client, { pipeline: false });
    client.release();
  }
}

function ignore(): void {}
