import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { ProviderHttp, type ProviderCallLine, type ProviderRequest } from './provider-http';

const get: ProviderRequest = { method: 'GET', path: '/payments', headers: {}, purpose: 'read' };

const running: Server[] = [];
const sockets = new Set<{ destroy(): void }>();
let lines: ProviderCallLine[] = [];

async function listen(server: Server): Promise<number> {
  running.push(server);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A server that counts and answers like this. */
async function serve(handler: RequestListener) {
  const calls: string[] = [];
  const port = await listen(
    createServer((request, response) => {
      calls.push(`${request.method} ${request.url}`);
      handler(request, response);
    }),
  );
  return { calls, url: `http://127.0.0.1:${port}` };
}

function open(baseUrl: string, timeoutMs = 5_000): ProviderHttp {
  return new ProviderHttp('paypal', { baseUrl, timeoutMs }, (line) => lines.push(line));
}

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function repeat(times: number, http: ProviderHttp): Promise<void> {
  for (let i = 0; i < times; i++) await http.send(get);
}

beforeEach(() => {
  lines = [];
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(running.splice(0).map((server) => new Promise((done) => server.close(done))));
});

describe('a call that certainly did not arrive', () => {
  it('was refused a connection', async () => {
    const http = open(`http://127.0.0.1:${await closedPort()}`);
    expect(await http.send(get)).toMatchObject({
      kind: 'not_sent',
      trouble: { code: 'ECONNREFUSED' },
      retryAfterS: 5,
    });
  });

  it('was refused at every address of a name that has several', async () => {
    const http = open(`http://localhost:${await closedPort()}`);
    expect(await http.send(get)).toMatchObject({ kind: 'not_sent' });
  });

  it('had nowhere to go', async () => {
    // The name is reserved for this: https://www.rfc-editor.org/rfc/rfc6761#section-6.4
    const reply = await open('http://provider.invalid').send(get);
    expect(reply.kind).toBe('not_sent');
  });

  it('waited in vain for the connection to stand', async () => {
    const port = await listen(createTcpServer());
    expect(await open(`https://127.0.0.1:${port}`).send(get)).toMatchObject({
      kind: 'not_sent',
      trouble: { code: 'ECONNECTTIMEOUT' },
    });
  });

  it.each([
    ['broke off', ''],
    ['is no TLS', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ])('met a handshake that %s', async (_how, text) => {
    const port = await listen(createTcpServer((socket) => socket.end(text)));
    expect(await open(`https://127.0.0.1:${port}`).send(get)).toMatchObject({ kind: 'not_sent' });
  });
});

describe('a call of which nothing is known', () => {
  it('was accepted and never answered', async () => {
    const { url } = await serve(() => undefined);
    expect(await open(url, 100).send(get)).toMatchObject({
      kind: 'unknown',
      trouble: { code: 'timeout' },
    });
  });

  it('stopped in the middle of the answer', async () => {
    const { url } = await serve((_request, response) => response.write('{"id":'));
    expect(await open(url, 100).send(get)).toMatchObject({
      kind: 'unknown',
      trouble: { code: 'timeout' },
    });
  });

  it('lost its connection after it was sent', async () => {
    const { url } = await serve((request) => request.socket.destroy());
    expect(await open(url).send(get)).toMatchObject({
      kind: 'unknown',
      trouble: { code: 'ECONNRESET' },
    });
  });

  it('lost its connection to a reset, which is an error of the socket itself', async () => {
    const { url } = await serve((request) => request.socket.resetAndDestroy());
    expect(await open(url).send(get)).toMatchObject({
      kind: 'unknown',
      trouble: { code: 'ECONNRESET' },
    });
  });

  it('lost a connection that had served before', async () => {
    const { url, calls } = await serve((request, response) => {
      if (calls.length === 2) request.socket.destroy();
      else response.end('{}');
    });
    const http = open(url);
    expect(await http.send(get)).toMatchObject({ kind: 'answer' });
    expect(await http.send(get)).toMatchObject({ kind: 'unknown' });
    expect(calls).toHaveLength(2);
  });

  it('was answered with more than is ever read', async () => {
    const { url } = await serve((_request, response) => response.end('x'.repeat(2_000_000)));
    expect(await open(url).send(get)).toMatchObject({ kind: 'unknown' });
  });
});

describe('an answer', () => {
  it('has its status, its headers in lower case and its parsed body', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(422, { 'X-Request-Id': 'r-1' }).end('{"error":{"type":"no"}}');
    });
    expect(await open(url).send(get)).toMatchObject({
      kind: 'answer',
      status: 422,
      body: { error: { type: 'no' } },
      headers: { 'x-request-id': 'r-1' },
    });
  });

  it('that is no JSON has no body', async () => {
    const { url } = await serve((_request, response) => response.end('<html>'));
    expect(await open(url).send(get)).toMatchObject({
      kind: 'answer',
      status: 200,
      body: undefined,
    });
  });

  it('is left as text where that was asked for', async () => {
    const { url } = await serve((_request, response) => response.end('{"a":1}'));
    expect(await open(url).send({ ...get, answerAs: 'text' })).toMatchObject({ body: '{"a":1}' });
  });

  it('that points elsewhere is not followed', async () => {
    const { url, calls } = await serve((_request, response) => {
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    expect(await open(url).send(get)).toMatchObject({ kind: 'answer', status: 302 });
    expect(calls).toEqual(['GET /payments']);
  });
});

describe('the request', () => {
  it('arrives as it was given', async () => {
    const seen: unknown[] = [];
    const { url } = await serve((request, response) => {
      const { method, headers } = request;
      const chunks: string[] = [];
      request.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
      request.on('end', () => {
        seen.push([
          method,
          request.url,
          headers['content-type'],
          headers['x-key'],
          chunks.join(''),
        ]);
        response.end('{}');
      });
    });
    const headers = { 'Content-Type': 'application/json', 'X-Key': 'k-1' };
    const body = '{ "amount": 1 }';
    await open(`${url}/base`).send({ ...get, method: 'POST', path: '/p?a=b', headers, body });
    expect(seen).toEqual([['POST', '/base/p?a=b', 'application/json', 'k-1', body]]);
  });
});

describe('the log', () => {
  it('has one line per call without a query, a header or a body', async () => {
    const { url } = await serve((_request, response) => response.end('{"iban":"answer-secret"}'));
    const headers = { Authorization: 'Bearer header-secret' };
    const path = '/payments?cursor=query-secret';
    await open(url).send({ ...get, method: 'POST', path, headers, body: 'body-secret' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toEqual({
      account: 'paypal',
      purpose: 'read',
      method: 'POST',
      path: '/payments',
      outcome: 'answer',
      status: 200,
      durationMs: lines[0]?.durationMs,
      error: null,
    });
    expect(lines[0]?.durationMs).toEqual(expect.any(Number));
  });

  it('says what went wrong by its code alone', async () => {
    const { url } = await serve((request) => request.socket.destroy());
    const headers = { Authorization: 'Bearer header-secret' };
    await open(url).send({ ...get, headers, method: 'POST', body: 'body-secret' });
    expect(lines).toMatchObject([{ outcome: 'unknown', status: null, error: 'ECONNRESET' }]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});

describe('the circuit breaker', () => {
  it('keeps calls back after ten in a row without a usable answer', async () => {
    const { url, calls } = await serve((request) => request.socket.destroy());
    const http = open(url);
    await repeat(10, http);
    expect(calls).toHaveLength(10);
    expect(http.pausedForS()).toBeGreaterThan(0);
    expect(await http.send(get)).toMatchObject({
      kind: 'not_sent',
      trouble: { code: 'circuit_open' },
      retryAfterS: 5,
    });
    expect(calls).toHaveLength(10);
    expect(lines.at(-1)).toMatchObject({ outcome: 'not_sent', error: 'circuit_open' });
  });

  it('counts errors of the provider as silence', async () => {
    const { url } = await serve((_request, response) => response.writeHead(503).end('{}'));
    const http = open(url);
    await repeat(9, http);
    expect(http.pausedForS()).toBe(0);
    await http.send(get);
    expect(http.pausedForS()).toBeGreaterThan(0);
  });

  it('does not mind being told no', async () => {
    const { url, calls } = await serve((_request, response) => response.writeHead(422).end('{}'));
    const http = open(url);
    await repeat(20, http);
    expect(calls).toHaveLength(20);
    expect(http.pausedForS()).toBe(0);
  });

  it('starts counting anew with every answer', async () => {
    const { url, calls } = await serve((request, response) => {
      if (calls.length === 10) response.end('{}');
      else request.socket.destroy();
    });
    const http = open(url);
    await repeat(19, http);
    expect(http.pausedForS()).toBe(0);
  });

  it('is one per account', async () => {
    const { url } = await serve((request) => request.socket.destroy());
    await repeat(10, open(url));
    expect(open(url).pausedForS()).toBe(0);
  });
});

describe('a provider that hangs', () => {
  it('holds twenty calls; a further one is not sent and creates are refused beforehand', async () => {
    const { url, calls } = await serve(() => undefined);
    // Longer than a busy machine may hold the twenty up before they are sent.
    const http = open(url, 5_000);
    const post: ProviderRequest = { ...get, method: 'POST' };
    const hanging = Array.from({ length: 20 }, () => http.send(post));
    expect(http.pausedForS()).toBe(0);
    expect(await http.send(post)).toMatchObject({
      kind: 'not_sent',
      trouble: { code: 'too_many_calls' },
      retryAfterS: 1,
    });
    expect(http.pausedForS()).toBe(1);
    expect(calls).toHaveLength(20);
    expect((await Promise.all(hanging)).map(({ kind }) => kind)).toEqual(Array(20).fill('unknown'));
  });

  it('for reads still takes a call that moves money', async () => {
    const { url, calls } = await serve((request, response) => {
      if (request.method === 'POST') response.end('{}');
    });
    const http = open(url, 1_000);
    const reads = Array.from({ length: 30 }, () => http.send(get));
    expect(await http.send({ ...get, method: 'POST' })).toMatchObject({ kind: 'answer' });
    expect(calls.filter((call) => call.startsWith('GET')).length).toBeLessThanOrEqual(15);
    await Promise.all(reads);
  });
});
