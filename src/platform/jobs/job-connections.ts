import { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { type Statement, type Value } from '../database/statement';

/** One listens; the clock and the signs of life need one for milliseconds at a time. */
const CONNECTIONS_WITHOUT_JOBS = 2;
/** Being handed out and reported takes milliseconds of a job's time. */
const JOBS_PER_CONNECTION = 2;
/** As many as docs/architecture.md and `npm run doctor` count on. */
const CONNECTIONS_MAX = 6;
/** A connection that is not there by then does not come: the database is away, or all of them are stuck. */
const CONNECTION_TIMEOUT_MS = 5_000;
/** The library's slowest statement takes milliseconds; a server that is silent for longer is not there. */
const ANSWER_TIMEOUT_MS = 5_000;
/** Connections take leave of the server within this time, or are cut. */
const LEAVE_TIMEOUT_MS = 1_000;

/**
 * That a job was taken or is done may be lost in a power cut: then it is done once more. What it did was committed
 * before, on a connection of its own, and is on disk. Waiting here would make everybody else's commits wait, too.
 */
const NOTES_REACH_THE_DISK_LATER = '-c synchronous_commit=off';

/** What pg says when no answer came, or no connection was to be had. */
const SILENCE = /Query read timeout|timeout exceeded when trying to connect/;

/** The connections of one set of workers, which can be cut when nobody answers on them any more. */
export class JobConnections {
  readonly pool: Pool;
  private readonly sockets = new Set<Socket>();

  constructor(databaseUrl: string, jobsAtOnce: number) {
    this.pool = new PatientPool(() => this.isCutting(), {
      connectionString: databaseUrl,
      max: connectionsFor(jobsAtOnce),
      application_name: 'kassa jobs',
      options: NOTES_REACH_THE_DISK_LATER,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
      keepAlive: true,
      stream: () => this.openSocket(),
    });
    // A connection that breaks is replaced; without a listener it would end the process.
    this.pool.on('error', ignore);
    this.pool.on('connect', (client) => client.on('error', ignore));
  }

  async query<Row extends object>(
    { name, text }: Statement<Row>,
    values: readonly Value[],
  ): Promise<readonly Row[]> {
    const { rows } = await this.pool.query<Row>({ name, text, values: [...values] });
    return rows;
  }

  /** The library goes on using a connection that did not answer: it and its like are cut, so that new ones are made. */
  cutIfSilent(error: unknown): boolean {
    const isSilent = error instanceof Error && SILENCE.test(error.message);
    if (isSilent) this.cut();
    return isSilent;
  }

  /** From now on nobody is answered. */
  refuse(): void {
    void this.pool.end().catch(ignore);
    this.cut();
  }

  async end(): Promise<void> {
    const ended = this.pool.end().catch(ignore);
    await Promise.race([ended, sleep(LEAVE_TIMEOUT_MS, undefined, { ref: false })]);
    this.cut();
  }

  /** Whoever waits on one of these connections hears that it broke, as when the server dies. */
  private cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** A connection that was cut is still among the idle ones until its socket has closed, a moment later. */
  private isCutting(): boolean {
    return [...this.sockets].some(({ destroyed }) => destroyed);
  }

  private openSocket(): Socket {
    const socket = new Socket();
    this.sockets.add(socket);
    return socket.once('close', () => this.sockets.delete(socket));
  }
}

function connectionsFor(jobsAtOnce: number): number {
  const wanted = CONNECTIONS_WITHOUT_JOBS + Math.ceil(jobsAtOnce / JOBS_PER_CONNECTION);
  return Math.min(wanted, CONNECTIONS_MAX);
}

type Connected = (error: Error | undefined, client: PoolClient | undefined, done: Done) => void;
type Done = (release?: boolean | Error) => void;

/**
 * The library gives the connection that it listens on back twice when that breaks while the process ends, and the
 * pool would throw at the second time, where nobody catches it. And it waits ever longer, for up to three minutes, where
 * the code of an error says that the database is just starting; without the code it asks again each second. The pool
 * itself would hand out a connection that was cut a moment ago, and a second report would be lost with it.
 */
class PatientPool extends Pool {
  constructor(
    private readonly isCutting: () => boolean,
    options: PoolConfig,
  ) {
    super(options);
  }

  override connect(): Promise<PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<PoolClient> | void {
    if (!connected) return this.connectWhenCut().catch(withoutCode);
    if (this.isCutting()) return void setImmediate(() => this.connect(connected));
    // Who got none is given no way to give it back, and the library would use it all the same.
    super.connect((error, client, done) => connected(error, client, client ? once(done) : ignore));
  }

  private async connectWhenCut(): Promise<PoolClient> {
    while (this.isCutting()) await nextTurn();
    return super.connect();
  }
}

function withoutCode(error: unknown): never {
  throw new Error(error instanceof Error ? error.message : String(error), { cause: error });
}

function once(done: Done): Done {
  let isDone = false;
  return (release) => {
    if (isDone) return;
    isDone = true;
    done(release);
  };
}

function ignore(): void {}
