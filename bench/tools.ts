import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child } from '../src/launcher/child';
import { removeDataDir } from '../src/launcher/data-dir';
import { startEmbeddedPostgres } from '../src/launcher/embedded-postgres';
import { type Part } from '../src/launcher/part';
import { type Accounts, startPart, untilListening } from './processes';

/** What runs from the first measurement to the last one. */
export interface Tools {
  readonly databaseUrl: string;
  readonly simulatorUrl: string;
  readonly accounts: Accounts;
  readonly load: Child;
  /** Everything that has to be stopped, also when something throws halfway. */
  readonly parts: Part[];
}

export async function startTools(parts: Part[], say: (line: string) => void): Promise<Tools> {
  const databaseUrl = await startDatabase(parts, say);
  const accounts = {
    paypalId: 'bench',
    paypalSecret: randomBytes(16).toString('hex'),
    payproKey: randomBytes(16).toString('hex'),
    webhookSecret: randomBytes(16).toString('hex'),
  };
  const simulator = startPart('The simulator', 'simulator.js', {
    ACCOUNTS: JSON.stringify(accounts),
  });
  parts.push(simulator);
  const simulatorUrl = await untilListening(simulator);
  const load = startPart('The load', 'load.js');
  parts.push(load);
  await untilListening(load);
  return { databaseUrl, simulatorUrl, accounts, load, parts };
}

async function startDatabase(parts: Part[], say: (line: string) => void): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-bench-'));
  const folder = { name: 'The data folder', ended: new Promise<string>(() => undefined) };
  parts.push({ ...folder, stop: () => removeDataDir(dataDir) });
  const server = await startEmbeddedPostgres({ dataDir, log: say });
  const ended = server.ended.then(() => 'ended');
  parts.push({ name: 'The database', ended, stop: server.stop });
  return server.url;
}
