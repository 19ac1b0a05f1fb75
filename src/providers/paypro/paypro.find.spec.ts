import { type ProviderRequest } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { PayproClient } from './paypro.client';
import { findPayment } from './paypro.find';

const createdAfter = new Date('2026-01-01T12:00:00Z');
const search = { reference: 'pay_1', createdAfter };

function payment(id: string, minutesAfter: number, reference?: string) {
  const created_at = new Date(createdAfter.getTime() + minutesAfter * 60_000).toISOString();
  const metadata = reference === undefined ? {} : { kassa_payment: reference };
  return { id, state: 'open', amount: 1, currency: 'EUR', metadata, created_at };
}

/** A clock on which every page takes so long. */
function clockWith(pageMs: number) {
  let nowMs = createdAfter.getTime();
  return { now: () => new Date(nowMs), turn: () => (nowMs += pageMs) };
}

/** A list that answers with these bodies in turn, and with the last one from then on. */
function listOf(...bodies: readonly unknown[]) {
  return slowListOf({ pageMs: 0 }, ...bodies);
}

function slowListOf({ pageMs }: { pageMs: number }, ...bodies: readonly unknown[]) {
  const clock = clockWith(pageMs);
  const paths: string[] = [];
  const timeouts: (number | undefined)[] = [];
  const send = (request: ProviderRequest): Promise<ProviderReply> => {
    clock.turn();
    timeouts.push(request.timeoutMs);
    paths.push(request.path);
    // As the HTTP client does.
    if (request.timeoutMs !== undefined && pageMs > request.timeoutMs) {
      const trouble = { code: 'timeout', message: 'no answer in time', reference: null };
      return Promise.resolve({ kind: 'unknown', trouble });
    }
    const body = bodies[Math.min(paths.length, bodies.length) - 1];
    return Promise.resolve({ kind: 'answer', status: 200, headers: {}, body });
  };
  return { paths, timeouts, tools: { client: new PayproClient({ send }, 'pp_key'), clock } };
}

const page = (data: readonly unknown[], cursor?: string) => ({
  data,
  _links: cursor === undefined ? {} : { next: `https://evil.example/x?cursor=${cursor}` },
});

describe('looking for a payment at PayPro by our reference', () => {
  it('walks the pages by the cursor alone until it is found', async () => {
    const { tools, paths } = listOf(
      page([payment('PP3', 3, 'pay_3')], 'c/2'),
      page([payment('PP2', 2), payment('PP1', 1, 'pay_1')], 'c3'),
    );
    expect(await findPayment(tools, search)).toMatchObject({
      outcome: 'done',
      value: { providerId: 'PP1', reference: 'pay_1' },
    });
    expect(paths).toEqual(['/payments?limit=100', '/payments?limit=100&cursor=c%2F2']);
  });

  it('is sure that there is none once the last page was read', async () => {
    const { tools } = listOf(page([payment('PP3', 3, 'pay_3')], 'c2'), page([]));
    expect(await findPayment(tools, search)).toMatchObject({ outcome: 'not_found' });
  });

  it('stops at payments made before ours, with ten minutes for two clocks', async () => {
    const within = listOf(page([payment('PP2', -9)], 'c2'), page([payment('PP1', -9, 'pay_1')]));
    expect(await findPayment(within.tools, search)).toMatchObject({ outcome: 'done' });
    const beyond = listOf(page([payment('PP2', -11)], 'c2'), page([payment('PP1', -9, 'pay_1')]));
    expect(await findPayment(beyond.tools, search)).toMatchObject({ outcome: 'not_found' });
    expect(beyond.paths).toHaveLength(1);
  });

  it('gives up without a verdict after fifty pages', async () => {
    const { tools, paths } = listOf(page([payment('PP2', 2)], 'again'));
    expect(await findPayment(tools, search)).toMatchObject({
      outcome: 'unsearchable',
      trouble: { code: 'too_many_pages' },
    });
    expect(paths).toHaveLength(50);
  });

  it('gives up without a verdict after half a minute, and waits for no page longer than that', async () => {
    const slow = slowListOf({ pageMs: 7_000 }, page([payment('PP2', 2)], 'again'));
    expect(await findPayment(slow.tools, search)).toMatchObject({
      outcome: 'unsearchable',
      trouble: { code: 'find_timeout' },
    });
    expect(slow.timeouts).toEqual([8_000, 8_000, 8_000, 8_000, 2_000]);
  });

  it('knows nothing of lists whose first page does not come', async () => {
    const silent = slowListOf({ pageMs: 31_000 }, page([payment('PP1', 1, 'pay_1')], 'c2'));
    expect(await findPayment(silent.tools, search)).toMatchObject({ outcome: 'unknown' });
    expect(silent.timeouts).toEqual([8_000]);
  });

  it('does not call a payment missing when the list leaves metadata or a payment out', async () => {
    const { metadata, ...bare } = payment('PP2', 2);
    expect(metadata).toEqual({});
    expect(await findPayment(listOf(page([bare])).tools, search)).toMatchObject({
      outcome: 'unsearchable',
      trouble: { code: 'metadata_missing' },
    });
    const torn = page([payment('PP3', 3, 'pay_3'), { id: 'PP2' }]);
    expect(await findPayment(listOf(torn).tools, search)).toMatchObject({
      outcome: 'unsearchable',
    });
    const old = { ...bare, created_at: '2023-01-01T00:00:00Z' };
    expect(await findPayment(listOf(page([old])).tools, search)).toMatchObject({
      outcome: 'not_found',
    });
  });

  it('does not call a payment missing when a page cannot be read or is not there', async () => {
    const garbage = listOf(page([payment('PP3', 3)], 'c2'), 'nonsense');
    expect(await findPayment(garbage.tools, search)).toMatchObject({ outcome: 'unknown' });
    const reply = { kind: 'answer' as const, status: 404, headers: {}, body: {} };
    const client = new PayproClient({ send: () => Promise.resolve(reply) }, 'pp_key');
    expect(await findPayment({ client, clock: clockWith(0) }, search)).toMatchObject({
      outcome: 'unknown',
    });
  });
});
