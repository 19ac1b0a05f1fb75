import { type Child } from '../src/launcher/child';
import { type Client } from 'pg';
import { type Part } from '../src/launcher/part';
import { type Server } from './processes';
import { openClient, seed } from './seed';
import { startBare, startKassa } from './servers';
import { type Tools } from './tools';
import { chooseRequests, type Requests } from './workloads';

/** Two servers, one database, and what they are asked. */
export interface Stage {
  readonly kassa: Server;
  readonly bare: Server;
  readonly load: Child;
  readonly database: Client;
  readonly postgresVersion: string;
  /** A user's. */
  readonly key: string;
  readonly requests: Requests;
}

/** Starts both servers as they run for real. Kassa makes the schema first. */
export async function setStage(tools: Tools): Promise<Stage> {
  const { databaseUrl, load } = tools;
  const kassa = await startKassa(tools, { DATABASE_URL: databaseUrl });
  const bare = await startBare(tools, databaseUrl);
  return { kassa, bare, load, ...(await fill(tools, databaseUrl)) };
}

/** The rows and the choice of requests are the same for both servers. */
export async function fill({ parts, accounts }: Tools, databaseUrl: string) {
  const database = await connect(parts, databaseUrl);
  const key = await seed(database);
  const requests = await chooseRequests(database, accounts.webhookSecret);
  const { rows } = await database.query<{ server_version: string }>('SHOW server_version');
  return { database, key, requests, postgresVersion: rows[0]?.server_version ?? 'unknown' };
}

async function connect(parts: Part[], databaseUrl: string): Promise<Client> {
  const database = await openClient(databaseUrl);
  const ended = new Promise<string>(() => undefined);
  parts.push({ name: 'The connection', ended, stop: () => database.end() });
  return database;
}
