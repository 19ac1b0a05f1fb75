import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client } from 'pg';
import { type Child } from '../src/launcher/child';
import { removeDataDir } from '../src/launcher/data-dir';
import { startEmbeddedPostgres } from '../src/launcher/embedded-postgres';
import { type Part } from '../src/launcher/part';
import { type Server, startPart, startServer, untilListening } from './processes';
import { openClient, seed } from './seed';
import { chooseRequests, type Requests } from './workloads';

/** Both servers' pools; Kassa's default. */
const POOL_SIZE = 16;
/** Links in both servers' answers, so that the answers are the same to the letter. */
const PUBLIC_URL = 'https://pay.example.com';

/** Everything that a run needs. */
export interface Stage {
  readonly kassa: Server;
  readonly bare: Server;
  readonly load: Child;
  readonly database: Client;
  readonly postgresVersion: string;
  readonly key: string;
  readonly requests: Requests;
}

/** Starts all processes. What runs is in `parts`, also when this throws halfway. */
export async function setStage(parts: Part[], say: (line: string) => void): Promise<Stage> {
  const databaseUrl = await startDatabase(parts, say);
  const account = { id: 'bench', secret: randomBytes(16).toString('hex') };
  const simulator = startPart('The simulator', 'simulator.js', {
    ACCOUNT: JSON.stringify(account),
  });
  parts.push(simulator);
  const gatewayUrl = `${await untilListening(simulator)}/paypal`;
  const kassaChild = startServer('Kassa', '../src/main.js', {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    PORT: '0',
    PUBLIC_URL,
    // The bare server writes no access log either: this compares the work, not the logging.
    LOG_LEVEL: 'warn',
    PROVIDERS: 'paypal',
    PAYPAL__CLIENT_ID: account.id,
    PAYPAL__CLIENT_SECRET: account.secret,
    PAYPAL__MODE: 'sandbox',
    PAYPAL__BASE_URL: gatewayUrl,
  });
  parts.push(kassaChild);
  const kassa: Server = {
    name: 'kassa',
    url: await untilListening(kassaChild),
    child: kassaChild,
  };
  const bareChild = startServer('The bare server', 'bare-server.js', {
    DATABASE_URL: databaseUrl,
    POOL_SIZE: String(POOL_SIZE),
    PUBLIC_URL,
    GATEWAY_URL: gatewayUrl,
    CLIENT_ID: account.id,
    CLIENT_SECRET: account.secret,
  });
  parts.push(bareChild);
  const bare: Server = { name: 'bare', url: await untilListening(bareChild), child: bareChild };
  const load = startPart('The load', 'load.js');
  parts.push(load);
  await untilListening(load);
  return { kassa, bare, load, ...(await fill(databaseUrl, parts)) };
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

/** Kassa has made the schema by now; the rows and the choice of requests are the same for both. */
async function fill(databaseUrl: string, parts: Part[]) {
  const database = await openClient(databaseUrl);
  const ended = new Promise<string>(() => undefined);
  parts.push({ name: 'The connection', ended, stop: () => database.end() });
  const key = await seed(database);
  const requests = await chooseRequests(database);
  const { rows } = await database.query<{ server_version: string }>('SHOW server_version');
  return { database, key, requests, postgresVersion: rows[0]?.server_version ?? 'unknown' };
}
