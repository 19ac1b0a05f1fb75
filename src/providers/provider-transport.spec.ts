import { Agent, createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { type AddressInfo, type Server } from 'node:net';
import axios, { type AxiosRequestConfig } from 'axios';
import { sendText } from './provider-transport';

const running: { server: Server; agent: Agent }[] = [];

/** A client whose calls go out like this, to a server that answers like that. */
async function clientOf(handler: RequestListener, more: AxiosRequestConfig = {}) {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  running.push({ server, agent });
  return axios.create({
    adapter: sendText,
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`,
    httpAgent: agent,
    transformResponse: (text: unknown) => text,
    timeout: 5_000,
    ...more,
  });
}

afterEach(async () => {
  for (const { server, agent } of running.splice(0)) {
    agent.destroy();
    await new Promise((done) => server.close(done));
  }
});

it('sends what it was given and says how long it is', async () => {
  const seen: [string | undefined, string | undefined, IncomingHttpHeaders][] = [];
  const client = await clientOf((request, response) => {
    seen.push([request.method, request.url, request.headers]);
    response.end();
  });
  await client.post('/p?a=b', 'prijs: \u20ac 1', { headers: { 'X-Key': 'k-1' } });
  await client.get('/p');
  expect(seen).toEqual([
    ['POST', '/base/p?a=b', expect.objectContaining({ 'x-key': 'k-1', 'content-length': '12' })],
    ['GET', '/base/p', expect.not.objectContaining({ 'x-key': 'k-1' })],
  ]);
  expect(seen[1]?.[2]).not.toHaveProperty('content-length');
  expect(seen[1]?.[2]).not.toHaveProperty('transfer-encoding');
});

it('puts an answer together again, whatever it was cut into', async () => {
  const euro = Buffer.from('\u20ac');
  const client = await clientOf((_request, response) => {
    response.write(euro.subarray(0, 1));
    setTimeout(() => response.end(euro.subarray(1)), 20);
  });
  expect(await client.get('/')).toMatchObject({ status: 200, data: '\u20ac' });
});

it('reads up to the limit and not a byte more', async () => {
  const client = await clientOf(
    (request, response) => response.end('x'.repeat(Number(request.url?.slice(6)))),
    {
      maxContentLength: 100_000,
    },
  );
  expect((await client.get<string>('/100000')).data).toHaveLength(100_000);
  await expect(client.get('/100001')).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' });
});

it('fails with an answer that breaks off, however long it was announced', async () => {
  const client = await clientOf((request, response) => {
    response.writeHead(200, { 'Content-Length': 10 }).write('{}', () => request.socket.destroy());
  });
  await expect(client.get('/')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
});

it('counts the wait for a free connection, and frees the one it gave up', async () => {
  let calls = 0;
  const client = await clientOf((_request, response) => {
    if (++calls > 1) response.end('late');
  });
  const timeout = 100;
  const both = await Promise.allSettled([
    client.get('/', { timeout }),
    client.get('/', { timeout: timeout / 2 }),
  ]);
  expect(both).toMatchObject([
    { reason: { name: 'CanceledError' } },
    { reason: { name: 'CanceledError' } },
  ]);
  expect(calls).toBe(1);
  expect((await client.get<string>('/')).data).toBe('late');
});

it('keeps one connection for calls that follow each other', async () => {
  const ports = new Set<number | undefined>();
  const client = await clientOf((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('{}');
  });
  for (let i = 0; i < 3; i++) await client.post('/', '{}');
  expect(ports.size).toBe(1);
});
