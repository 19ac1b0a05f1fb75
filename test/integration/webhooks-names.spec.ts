import { promises as dns } from 'node:dns';
import { nameLookup } from '../../src/modules/webhooks/delivery/name-lookup';
import { NOT_ALLOWED } from '../../src/modules/webhooks/delivery/send-outcome';
import { newSecret } from '../../src/modules/webhooks/delivery/signed-request';
import { WebhookSender } from '../../src/modules/webhooks/delivery/webhook-sender';
import { eventually } from '../support/http';
import { type NameServer, startNameServer } from '../support/name-server';
import { startWebhookListener } from '../support/webhook-listener';

const MESSAGE = {
  id: 'evt_01kacwhz00e008000000000040',
  type: 'payment.paid',
  timestamp: '2026-11-20T09:00:00.000Z',
  data: {},
};

/** Less than name servers are given, so that it is the request that ends the questions. */
const TIMEOUT_MS = 3_500;
/** What is said of a request that took its whole time, whatever that is. */
const NO_ANSWER = 'There was no answer within 15 seconds.';
/** More than the threads that the process has for the system's own lookups. */
const HANGING_MAX = 12;

describe('the name of a receiver', () => {
  let server: NameServer;
  let answer: (name: string) => readonly string[] | null;
  beforeAll(async () => {
    server = await startNameServer((name) => answer(name));
  });
  afterAll(() => server?.close());

  function send(url: string, isDemo = false) {
    const sender = new WebhookSender({
      isDemo,
      timeoutMs: TIMEOUT_MS,
      nameServers: [server.address],
    });
    return sender.send({ url, secrets: [newSecret()], message: MESSAGE });
  }

  it('is looked up at the name servers, and every address that they give is judged', async () => {
    answer = () => ['10.0.0.5'];
    expect(await send('https://inside.example.com/')).toMatchObject({ error: NOT_ALLOWED });
    answer = () => ['93.184.215.14', '127.0.0.1'];
    expect(await send('https://both.example.com/')).toMatchObject({ error: NOT_ALLOWED });
    expect(server.asked).toEqual(expect.arrayContaining(['inside.example.com']));
  });

  it('that has no address is unknown', async () => {
    answer = () => [];
    const outcome = await send('https://nobody.example.com/');
    expect(outcome).toMatchObject({ status: null, error: 'The name is unknown.' });
  });

  it('keeps nobody else waiting while its name servers are silent, and is given up in time', async () => {
    answer = () => null;
    const sent = Array.from({ length: HANGING_MAX }, (_, n) =>
      send(`https://hangs-${n}.example.com/`),
    );
    const firstSent = Promise.race(sent).then(() => 'one that hangs');
    await eventually(
      () => Promise.resolve(new Set(server.asked.filter((name) => name.startsWith('hangs'))).size),
      (names) => names === HANGING_MAX,
    );
    const found = dns.lookup('localhost').then(() => 'localhost');
    expect(await Promise.race([firstSent, found])).toBe('localhost');
    const outcomes = await Promise.all(sent);
    // The end of the request, not that of its questions, which comes at least half a second later.
    expect(new Set(outcomes.map(({ error }) => error))).toEqual(new Set([NO_ANSWER]));
  });

  it('is no longer asked for once the request has ended', async () => {
    answer = () => null;
    const request = new AbortController();
    const lookup = nameLookup({
      isDemo: false,
      signal: request.signal,
      servers: [server.address],
    });
    const ended = new Promise<string>((resolve) =>
      lookup('ended.example.com', { all: true }, (error) => resolve(String(error?.code))),
    );
    await eventually(
      () => Promise.resolve(server.asked.filter((name) => name.startsWith('ended'))),
      (asked) => asked.length === 2,
    );
    const startedAt = performance.now();
    request.abort();
    expect(await ended).toBe('EAI_AGAIN');
    expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS);
  });

  it('localhost is this machine in a demonstration, without asking anybody', async () => {
    const listener = await startWebhookListener();
    answer = () => null;
    const url = `http://localhost:${listener.port}/`;
    expect(await send(url, true)).toMatchObject({ status: 200 });
    expect(await send(url)).toMatchObject({ error: NOT_ALLOWED });
    expect(server.asked).not.toContain('localhost');
    await listener.close();
  });
});
