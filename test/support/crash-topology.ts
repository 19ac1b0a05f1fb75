import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Pool } from 'pg';
import { removeDataDir } from '../../src/launcher/data-dir';
import { parseJson, valueAt } from '../../src/shared/json';
import { compileApp } from './crash-app';
import { askOnce } from './crash-ask';
import { within } from './crash-within';
import { type CrashSite } from './crash-world';
import { eventually } from './http';
import { listOf, textOf } from './read';

/** Of the sources or of what they were compiled to; programs are always run from the latter. */
const HERE = join(__dirname, '../..');
const ROOT = basename(HERE) === 'dist' ? dirname(HERE) : HERE;
/** All clients of a storm are one caller. */
const UNLIMITED = { RATE_LIMIT_PER_MINUTE: '1000000' };
/** A cluster is made, the schema is migrated, six processes start, and the machine is busy. */
const START_WITHIN_MS = 180_000;
/** A start, the recovery of a database, and pauses between tries. */
const BACK_WITHIN_MS = 90_000;
/** Each part in turn; an API has 25 s for what is under way. */
const STOP_WITHIN_MS = 120_000;

/** `npm run topology` on a data folder of its own, whose parts may be killed. */
export class CrashTopology implements CrashSite {
  customer = '';
  private readonly pool: Pool;

  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDir: string,
    private readonly said: () => string,
  ) {
    this.pool = new Pool({ connectionString: textOf(this.info(), 'database_url'), max: 2 });
    // The database dies on purpose; the pool then connects anew.
    this.pool.on('error', () => undefined);
  }

  /** `environment` is handed on to every process. */
  static async open(environment: Readonly<Record<string, string>> = {}): Promise<CrashTopology> {
    await compileApp();
    const dataDir = mkdtempSync(join(tmpdir(), 'kassa-topology-'));
    // Under root the server runs as another user, who has to pass through to its own folder.
    chmodSync(dataDir, 0o711);
    const child = spawn(process.execPath, [join(ROOT, 'dist/src/launcher/topology/main.js')], {
      env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', ...UNLIMITED, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    }
    const ended = once(child, 'exit').then(() => {
      throw new Error(`the topology ended: ${said}`);
    });
    ended.catch(() => undefined);
    const started = Promise.race([once(child, 'message'), ended]);
    await within(START_WITHIN_MS, 'everything runs', started);
    const topology = new CrashTopology(child, dataDir, () => said);
    await topology.makeCustomer();
    return topology;
  }

  get app(): { readonly url: string } {
    return { url: textOf(this.info(), 'url') };
  }

  get sandboxUrl(): string {
    return textOf(this.info(), 'sandbox_url');
  }

  get key(): string {
    return textOf(this.info(), 'user_key');
  }

  get names(): readonly string[] {
    return listOf(this.info(), 'parts').map((part) => textOf(part, 'name'));
  }

  async query(sql: string, values: readonly unknown[] = []) {
    const result = await this.pool.query<Record<string, unknown>>(sql, [...values]);
    return result.rows;
  }

  /** Ends a part without a word to anybody, and waits until another process has taken its place. */
  async kill(name: string): Promise<void> {
    const before = this.pidOf(name);
    if (before === null) throw new Error(`${name} does not run`);
    // A database whose parent alone is killed keeps its children for a while: this ends all of them, and writes nothing.
    process.kill(before, name === 'database' ? 'SIGQUIT' : 'SIGKILL');
    await eventually(
      () => Promise.resolve(this.pidOf(name)),
      (pid) => pid !== null && pid !== before,
      BACK_WITHIN_MS,
    );
  }

  /** What it said, and its exit code. */
  async close(): Promise<{ readonly code: number | null; readonly said: string }> {
    await this.pool.end();
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await within(STOP_WITHIN_MS, 'all parts are stopped', ended);
    await removeDataDir(join(this.dataDir, 'topology'));
    await removeDataDir(this.dataDir);
    return { code: this.child.exitCode, said: this.said() };
  }

  private pidOf(name: string): number | null {
    const part = listOf(this.info(), 'parts').find((one) => textOf(one, 'name') === name);
    const pid = valueAt(part, 'pid');
    return typeof pid === 'number' ? pid : null;
  }

  private info(): unknown {
    return parseJson(readFileSync(join(this.dataDir, 'topology', 'topology.json'), 'utf8'));
  }

  private async makeCustomer(): Promise<void> {
    const body = { name: 'Maude' };
    const question = { method: 'POST', path: '/api/customers', key: this.key, body } as const;
    const made = await askOnce(this.app.url, question);
    this.customer = textOf(made.body, 'id');
  }
}
