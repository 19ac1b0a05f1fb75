import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { newSecret } from '../../src/modules/webhooks/delivery/signed-request';
import { WebhookSender } from '../../src/modules/webhooks/delivery/webhook-sender';
import { eventually } from '../support/http';
import { startWebhookListener } from '../support/webhook-listener';

/** Far less than the fifteen seconds of an attempt, and enough for a slow machine. */
const SHORT_MS = 5_000;

describe('the answer of a receiver', () => {
  function send(url: string) {
    const message = { id: 'evt_1', type: 'test.happened', timestamp: '2026-11-20T09:00:00.000Z' };
    const sender = new WebhookSender({ isDemo: true });
    return sender.send({ url, secrets: [newSecret()], message: { ...message, data: {} } });
  }

  it.each([
    [200, null],
    [503, 'It answered 503.'],
  ])('is its status, %s, however slowly the rest of it comes', async (status, error) => {
    const listener = await startWebhookListener();
    listener.answer = () => ({ status, isDripping: true });
    const startedAt = performance.now();
    expect(await send(listener.url)).toMatchObject({ status, error });
    expect(performance.now() - startedAt).toBeLessThan(SHORT_MS);
    await listener.close();
  });

  it('is read to its end where that comes soon, so that a receiver which works on is not cut off', async () => {
    const finished: boolean[] = [];
    const server = createServer((request, response) => {
      request.resume();
      response.on('close', () => finished.push(response.writableFinished));
      response.flushHeaders();
      setTimeout(() => response.end('ok'), 200);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // Where this test fails it does not keep the run from ending.
    server.unref();
    const { port } = server.address() as AddressInfo;
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 });
    await eventually(
      () => Promise.resolve(finished),
      (all) => all.length > 0,
    );
    expect(finished).toEqual([true]);
    server.close();
  });
});
