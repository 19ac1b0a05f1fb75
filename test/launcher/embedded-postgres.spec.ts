import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { lstatSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import { removeDataDir } from '../../src/launcher/data-dir';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/launcher/embedded-postgres';
import { createMissingLinks } from '../../src/launcher/postgres/links';
import { findPostgresPackage } from '../../src/launcher/postgres/package';
import { isServerOf, readPidFile } from '../../src/launcher/postgres/pid-file';
import { readPostgresState } from '../../src/launcher/postgres/state';
import { parseJson, textAt } from '../../src/shared/json';
import { isAlive } from '../../src/launcher/process-info';

const isRoot = process.getuid?.() === 0;
/** initdb and a start; a loaded machine takes many times the usual second. */
jest.setTimeout(60_000);

let dataDir: string;
let cluster: string;
const servers: EmbeddedPostgres[] = [];
const messages: string[] = [];

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    log: (line) => messages.push(line),
  });
  servers.push(server);
  return server;
}

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function serverPid(folder = cluster): number {
  const pid = readPidFile(folder)?.pid;
  if (pid === undefined) throw new Error('no server');
  return pid;
}

function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kassa-launcher-'));
  // Without the search permission root's data would go to the private folder: a test of its own.
  chmodSync(folder, 0o711);
  return folder;
}

async function stopServers(): Promise<void> {
  for (const server of servers.splice(0)) await server.stop();
}

beforeAll(() => {
  dataDir = newDataDir();
  cluster = join(dataDir, `pg${findPostgresPackage().major}`);
});

afterEach(stopServers);

afterAll(() => removeDataDir(dataDir));

test('starts an empty UTF-8 database that only the password opens', async () => {
  const { url } = await start();
  const [settings] = await run(
    url,
    `SELECT current_database() AS name, current_setting('server_encoding') AS encoding,
            current_setting('fsync') AS fsync, current_setting('data_checksums') AS checksums,
            current_setting('listen_addresses') AS addresses`,
  );
  expect(settings).toEqual({
    name: 'kassa',
    encoding: 'UTF8',
    fsync: 'on',
    checksums: 'on',
    addresses: '127.0.0.1',
  });
  await expect(run(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
  expect(lstatSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
});

test('keeps the data and the address over a stop', async () => {
  const first = await start();
  await run(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  await first.ended;
  expect(readPidFile(cluster)).toBeUndefined();
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await run(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('starts again right after the server was killed', async () => {
  const first = await start();
  process.kill(serverPid(), 'SIGKILL');
  await first.ended;
  const { url } = await start();
  expect(await run(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

async function startInOtherProcess(): Promise<ChildProcess> {
  const parent = fork(join(__dirname, 'postgres-parent.mjs'), [dataDir]);
  await once(parent, 'message');
  return parent;
}

test('adopts the server of a launcher that was killed, and stops it in the end', async () => {
  const parent = await startInOtherProcess();
  const pid = serverPid();
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  expect(isServerOf(pid, cluster)).toBe(true);
  const { url, stop, ended } = await start();
  expect(serverPid()).toBe(pid);
  expect(await run(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await stop();
  await ended;
  expect(isAlive(pid)).toBe(false);
});

test('ends an orphan that refuses our password, and says what to do', async () => {
  const first = await start();
  const pid = serverPid();
  const state = join(dataDir, 'postgres.json');
  const before = readFileSync(state, 'utf8');
  // Another password is the quickest way to a server that is ours and yet of no use.
  await run(first.url, `ALTER ROLE kassa PASSWORD 'changed'`);
  await expect(start()).rejects.toThrow(/The password in postgres.json is not the one/);
  expect(isAlive(pid)).toBe(false);
  writeFileSync(state, before.replace(/"password": "[^"]*"/, '"password": "changed"'));
  const second = await start();
  const password = textAt(parseJson(before), 'password');
  await run(second.url, `ALTER ROLE kassa PASSWORD '${password}'`);
  await second.stop();
  writeFileSync(state, before);
});

test('leaves a stranger alone whose number is in postmaster.pid', async () => {
  const { uid, gid } = lstatSync(cluster);
  // As the same user as the server: PostgreSQL sees through the number of anybody else's process.
  const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
  const file = join(cluster, 'postmaster.pid');
  try {
    writeFileSync(file, `${stranger.pid}\n${cluster}\n1\n${5432}\n\n127.0.0.1\n\nready\n`);
    const { url } = await start();
    expect(await run(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(serverPid()).not.toBe(stranger.pid);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  } finally {
    stranger.kill('SIGKILL');
  }
});

test('redoes an initdb that was killed halfway, and moves aside what it cannot explain', async () => {
  const folder = newDataDir();
  try {
    const name = `pg${findPostgresPackage().major}`;
    mkdirSync(join(folder, `${name}.new-dead/base`), { recursive: true });
    mkdirSync(join(folder, name, 'base'), { recursive: true });
    writeFileSync(join(folder, name, 'PG_VERSION'), '18\n');
    const { url, stop } = await start(folder);
    expect(await run(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const names = readdirSync(folder).filter((entry) => entry.startsWith(name));
    expect(names).toEqual([name, expect.stringMatching(/^pg\d+\.incomplete-/)]);
    expect(messages.at(-1)).toMatch(/holds no complete database/);
    await stop();
  } finally {
    await removeDataDir(folder);
  }
});

test('says what the server says when it does not start', async () => {
  const config = join(cluster, 'postgresql.conf');
  const before = readFileSync(config, 'utf8');
  writeFileSync(config, `${before}\nno_such_setting = 1\n`);
  await expect(start()).rejects.toThrow(/no_such_setting/);
  writeFileSync(config, before);
});

test('makes the links that the install script would have made', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'kassa-links-'));
  try {
    await cp(
      join(findPostgresPackage().nativeFolder, 'pg-symlinks.json'),
      join(copy, 'pg-symlinks.json'),
    );
    mkdirSync(join(copy, 'lib'));
    expect(createMissingLinks(copy)).toBe(true);
    expect(lstatSync(join(copy, 'lib/libicuuc.so.60')).isSymbolicLink()).toBe(true);
    expect(createMissingLinks(copy)).toBe(true);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

/** Nobody else may start programs as another user, and nobody else needs to. */
const asRoot = isRoot ? test : test.skip;

asRoot('as root only: keeps data that nobody else can reach in a private folder', async () => {
  const folder = newDataDir();
  chmodSync(folder, 0o700);
  try {
    const first = await start(folder);
    await run(first.url, 'CREATE TABLE kept AS SELECT 7 AS answer');
    await first.stop();
    const privateFolder = readPostgresState(folder)?.privateFolder ?? '';
    expect(lstatSync(privateFolder).uid).toBe(0);
    expect(lstatSync(privateFolder).mode & 0o777).toBe(0o710);
    expect(existsSync(join(folder, basename(cluster)))).toBe(false);
    const second = await start(folder);
    expect(await run(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }]);
    await second.stop();
    chmodSync(privateFolder, 0o777);
    await expect(start(folder)).rejects.toThrow(/somebody else owns it or may write to it/);
  } finally {
    await removeDataDir(folder);
  }
});
