import { createServer, type Server } from 'node:net';
import { type Pool } from 'pg';
import { wayThrough } from '../../../test/support/way-to-database';
import { JobConnections } from './job-connections';

/** What PostgreSQL answers while it recovers from a crash. */
const STARTING = 'SFATAL\0C57P03\0Mthe database system is starting up\0\0';

/** A server that says so to everybody. */
async function startingServer(): Promise<{ server: Server; url: string }> {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + STARTING.length);
  const server = createServer((socket) => {
    socket.once('data', () =>
      socket.end(Buffer.concat([Buffer.from('E'), length, Buffer.from(STARTING)])),
    );
    socket.on('error', () => socket.destroy());
  });
  return { server, url: await wayThrough(server, 'postgres://anybody@127.0.0.1/any') };
}

describe('connections for jobs to a database that is just starting', () => {
  it('say so without the code for which the job library would wait for minutes', async () => {
    const { server, url } = await startingServer();
    const connections = new JobConnections(url, 1);
    try {
      const error: unknown = await connections.pool.connect().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ message: 'the database system is starting up' });
      expect(error).not.toHaveProperty('code');
    } finally {
      await connections.end();
      server.close();
    }
  });
});

/** What PostgreSQL says to whom it lets in, and to each simple query. */
const LET_IN = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1');
const ANSWER = Buffer.from('C\0\0\0\x0dSELECT 0\0Z\0\0\0\x05I', 'latin1');
const QUERY = 'Q'.charCodeAt(0);

/** A server that answers everybody with no rows. */
async function answeringServer(): Promise<{ server: Server; url: string }> {
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(LET_IN);
      socket.on('data', (said) => {
        if (said[0] === QUERY) socket.write(ANSWER);
      });
    });
    socket.on('error', () => socket.destroy());
  });
  return { server, url: await wayThrough(server, 'postgres://anybody@127.0.0.1/any') };
}

async function askOnItsOwn(pool: Pool): Promise<unknown> {
  const client = await pool.connect();
  return client.query('SELECT').finally(() => client.release());
}

describe('connections for jobs that fell silent', () => {
  it.each(['pool.query', 'pool.connect'])(
    'are cut, and the next %s gets a new one',
    async (way) => {
      const { server, url } = await answeringServer();
      const connections = new JobConnections(url, 1);
      const { pool } = connections;
      try {
        await pool.query('SELECT');
        expect(pool.idleCount).toBe(1);
        expect(connections.cutIfSilent(new Error('Query read timeout'))).toBe(true);
        const asked = way === 'pool.query' ? pool.query('SELECT') : askOnItsOwn(pool);
        expect(await asked).toMatchObject({ rows: [] });
      } finally {
        await connections.end();
        server.close();
      }
    },
  );
});

describe('connections for jobs that are not given out any more', () => {
  it('may be given back all the same, as the job library does', async () => {
    const connections = new JobConnections('postgres://anybody@127.0.0.1:1/any', 1);
    await connections.end();
    const heard: unknown[] = [];
    connections.pool.connect((error, _client, release) => {
      heard.push(error?.message);
      release();
    });
    expect(heard).toEqual(['Cannot use a pool after calling end on the pool']);
  });
});
