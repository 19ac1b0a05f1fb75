import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeDataDir } from '../../src/launcher/data-dir';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/launcher/embedded-postgres';
import { findPostgresPackage } from '../../src/launcher/postgres/package';
import { readPidFile } from '../../src/launcher/postgres/pid-file';
import { within } from './crash-within';

/** A server that is told to stop at once does nothing more than end. */
const STOP_WITHIN_MS = 10_000;

/**
 * - `SIGQUIT`: what `pg_ctl stop -m immediate` sends; nothing is written back, recovery follows
 * - `SIGKILL`: not even its children are told
 */
export type StopSignal = 'SIGQUIT' | 'SIGKILL';

/** A PostgreSQL that may crash and come back on the same port with the same data. */
export class CrashPostgres {
  private constructor(
    private readonly dataDir: string,
    private server: EmbeddedPostgres,
  ) {}

  static async open(): Promise<CrashPostgres> {
    const dataDir = mkdtempSync(join(tmpdir(), 'kassa-crash-'));
    // Under root the server runs as another user, who has to pass through to its own folder.
    chmodSync(dataDir, 0o711);
    try {
      return new CrashPostgres(dataDir, await start(dataDir));
    } catch (error) {
      await removeDataDir(dataDir);
      throw error;
    }
  }

  get url(): string {
    return this.server.url;
  }

  async crash(signal: StopSignal): Promise<void> {
    const pid = readPidFile(join(this.dataDir, `pg${findPostgresPackage().major}`))?.pid;
    if (pid === undefined) throw new Error('no server');
    process.kill(pid, signal);
    await within(STOP_WITHIN_MS, 'the server is gone', this.server.ended);
  }

  /** Others know its address already, so it has to be the same again. */
  async restart(): Promise<void> {
    const { url } = this;
    this.server = await start(this.dataDir);
    if (this.server.url !== url) throw new Error('the server came back at another address');
  }

  async close(): Promise<void> {
    await this.server.stop();
    await removeDataDir(this.dataDir);
  }
}

function start(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, log: () => undefined });
}
