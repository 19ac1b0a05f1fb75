import { type LookupAddress } from 'node:dns';
import { type Agent, request } from 'node:http';
import { type LookupFunction } from 'node:net';
import { NOT_ALLOWED } from '../../src/modules/webhooks/delivery/send-outcome';
import { newSecret } from '../../src/modules/webhooks/delivery/signed-request';
import { WebhookSender } from '../../src/modules/webhooks/delivery/webhook-sender';
import { guardedAgents } from '../../src/modules/webhooks/delivery/guarded-agents';
import { startWebhookListener, type WebhookListener } from '../support/webhook-listener';

const MESSAGE = {
  id: 'evt_01kacwhz00e008000000000040',
  type: 'payment.paid',
  timestamp: '2026-11-20T09:00:00.000Z',
  data: { id: 'pay_01kacwhz00e008000000000012' },
};

/** Time for a call to a public address that nobody answers, such as where this machine has no way out. */
const TIMEOUT_MS = 3_000;

/** Public by its range, and nobody's since the network that tried IPv6 out was closed. */
const NOBODY = '3ffe::1';

/** Addresses by family that are no public receivers, each in the spelling that a resolver gives. */
const PRIVATE = [
  '0.0.0.0',
  '10.0.0.5',
  '100.64.0.1',
  '127.0.0.1',
  '127.8.8.8',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.170',
  '192.0.2.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.88.99.1',
  '192.168.1.1',
  '192.175.48.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.5',
  '::127.0.0.1',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a00:5',
  '64:ff9b:1::7f00:1',
  '100::1',
  '100:0:0:1::1',
  '2001::1',
  '2001:0:7f00:1::1',
  '2001:2::1',
  '2001:10::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '2002:a00:5::1',
  '2620:4f:8000::1',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456:789a::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
];

/** The same machine in spellings that a URL allows. */
const SPELLINGS = [
  '127.1',
  '127.0.1',
  '0x7f.1',
  '0x7f000001',
  '0177.0.0.1',
  '017700000001',
  '2130706433',
  '0',
  '127.0.0.1.',
  '①②⑦.0.0.1',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'shop.localhost',
];

describe('an address that somebody else chose', () => {
  let listener: WebhookListener;
  beforeAll(async () => {
    listener = await startWebhookListener();
  });
  afterAll(() => listener?.close());

  /** Answers one after the other, the last one for ever; `all` is what a resolver is asked for these days. */
  function resolver(...answers: readonly (readonly string[])[]) {
    const asked: string[] = [];
    const lookup: LookupFunction = (hostname, options, callback) => {
      const answer = answers[Math.min(asked.push(hostname), answers.length) - 1] ?? [];
      const found = answer.map((address): LookupAddress => {
        return { address, family: address.includes(':') ? 6 : 4 };
      });
      const [first] = found;
      if (options.all) callback(null, found);
      else callback(null, first?.address ?? '', first?.family);
    };
    return { lookup, asked };
  }

  function send(url: string, options: { lookup?: LookupFunction; isDemo?: boolean } = {}) {
    const sender = new WebhookSender({ isDemo: false, timeoutMs: TIMEOUT_MS, ...options });
    return sender.send({ url, secrets: [newSecret()], message: MESSAGE });
  }

  const refused = { status: null, error: NOT_ALLOWED };

  it.each(PRIVATE)('is not called when a name stands for %s', async (address) => {
    const { lookup, asked } = resolver([address]);
    expect(await send('https://shop.example.com/webhooks', { lookup })).toMatchObject(refused);
    expect(asked).toEqual(['shop.example.com']);
  });

  it.each(PRIVATE)('is not called when it is %s itself', async (address) => {
    const host = address.includes(':') ? `[${address}]` : address;
    expect(await send(`https://${host}/webhooks`)).toMatchObject(refused);
  });

  it.each(SPELLINGS)('is not called when this machine is written as %s', async (host) => {
    for (const port of ['', ':8443']) {
      expect(await send(`https://${host}${port}/webhooks`)).toMatchObject(refused);
    }
  });

  it('is not called when one of several answers is private', async () => {
    const { lookup } = resolver(['93.184.215.14', '127.0.0.1']);
    expect(await send('https://shop.example.com/', { lookup })).toMatchObject(refused);
  });

  it('is not called when its name changes its mind: public at first, private afterwards', async () => {
    const { lookup, asked } = resolver([NOBODY], ['127.0.0.1']);
    const sender = new WebhookSender({ isDemo: false, timeoutMs: TIMEOUT_MS, lookup });
    const request = {
      url: 'https://rebind.example.com:8443/',
      secrets: [newSecret()],
      message: MESSAGE,
    };
    expect((await sender.send(request)).error).not.toBe(NOT_ALLOWED);
    expect(await sender.send(request)).toMatchObject(refused);
    expect(asked.length).toBe(2);
  });

  it('is judged in the very look that the connection uses, not in one before it', async () => {
    const { lookup, asked } = resolver(['127.0.0.1'], ['93.184.215.14']);
    expect(await send('https://rebind.example.com/', { lookup })).toMatchObject(refused);
    expect(asked).toHaveLength(1);
  });

  it('is refused by the library as well, should our own list forget it', async () => {
    const { httpAgent } = await guardedAgents({ isDemo: false, lookup: resolver([]).lookup });
    const said = await new Promise<string>((resolve) => {
      const knocked = request({ agent: httpAgent, host: '127.0.0.1', port: listener.port });
      knocked.on('response', () => resolve('connected'));
      knocked.on('error', (error) => resolve(error.message));
      knocked.end();
    });
    expect(said).toContain('is not allowed');
  });

  it.each([
    ['plain HTTP', 'http://shop.example.com/'],
    ['another port', 'https://shop.example.com:22/'],
    ['the port of a database', 'https://shop.example.com:5432/'],
    ['the port of plain HTTP', 'https://shop.example.com:80/'],
    ['credentials', 'https://user:password@shop.example.com/'],
    ['a user', 'https://user@shop.example.com/'],
    ['another scheme', 'ftp://shop.example.com/'],
    ['a file', 'file:///etc/passwd'],
    ['a backslash', 'https://shop.example.com\\@127.0.0.1/'],
    ['a line break', 'https://shop.example.com/\r\nHost: x'],
    ['a name of this network', 'https://metadata.google.internal/'],
    ['a name without a dot', 'https://database/'],
  ])('is not called with %s', async (_, url) => {
    const { lookup, asked } = resolver(['93.184.215.14']);
    expect(await send(url, { lookup })).toMatchObject(refused);
    expect(asked).toEqual([]);
  });

  it('may be this machine in a demonstration, and no other private one', async () => {
    const before = listener.received.length;
    expect(await send(listener.url, { isDemo: true })).toEqual({
      status: 200,
      error: null,
      retryAfterS: null,
    });
    const byName = `http://localhost:${listener.port}/`;
    expect(await send(byName, { isDemo: true })).toMatchObject({ status: 200 });
    expect(listener.received.length).toBe(before + 2);
    for (const address of PRIVATE.filter((one) => !['127.0.0.1', '::1'].includes(one))) {
      const { lookup } = resolver([address]);
      const outcome = await send('http://shop.example.com/', { lookup, isDemo: true });
      expect({ address, outcome }).toMatchObject({ address, outcome: refused });
    }
    expect(await send('http://10.0.0.5/', { isDemo: true })).toMatchObject(refused);
    expect(await send('http://169.254.169.254/latest', { isDemo: true })).toMatchObject(refused);
  });

  it('may not lead on to a private one by a redirect', async () => {
    const inside = await startWebhookListener();
    listener.answer = () => ({ status: 302, headers: { location: inside.url } });
    expect(await send(listener.url, { isDemo: true })).toMatchObject({ status: 302 });
    listener.answer = () => ({ status: 200 });
    expect(inside.connections()).toBe(0);
    await inside.close();
  });

  it('is waited for no longer than its time, and not read to its end', async () => {
    listener.answer = () => ({ status: 200, isSilent: true });
    const silent = await send(listener.url, { isDemo: true });
    expect(silent).toMatchObject({ status: null, error: 'There was no answer within 15 seconds.' });
    listener.answer = () => ({ status: 200, isEndless: true });
    const startedAt = performance.now();
    expect(await send(listener.url, { isDemo: true })).toMatchObject({ status: 200, error: null });
    expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS - 200);
    listener.answer = () => ({ status: 200 });
  });

  it('is never connected to on this machine, but where a demonstration allows it', async () => {
    const guarded = async (isDemo: boolean, ...answers: readonly string[]) => {
      const { lookup } = resolver(...answers.map((address) => [address]));
      return (await guardedAgents({ isDemo, lookup })).httpAgent;
    };
    const fresh = await startWebhookListener();
    const knock = (agent: Agent, host: string) =>
      new Promise<string>((resolve) => {
        const knocked = request({ agent, host, port: fresh.port }, (answer) => {
          answer.resume();
          resolve(String(answer.statusCode));
        });
        knocked.on('error', (error) => resolve(error.message));
        knocked.end();
      });
    expect(await knock(await guarded(true, '127.0.0.1'), 'shop.example.com')).toBe('200');
    expect(fresh.connections()).toBe(1);
    for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '0.0.0.0', '::1']) {
      const agent = await guarded(false, address);
      expect(await knock(agent, 'shop.example.com')).toBe('the address is not public');
    }
    const agent = await guarded(false, NOBODY, '127.0.0.1');
    expect(await knock(agent, 'shop.example.com')).not.toBe('the address is not public');
    expect(await knock(agent, 'shop.example.com')).toBe('the address is not public');
    for (const host of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '0.0.0.0', '::']) {
      expect(await knock(agent, host)).toMatch(/is not allowed/);
    }
    expect(fresh.connections()).toBe(1);
    await fresh.close();
  });
});
