import { type ProviderRequest } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { PayproClient } from './paypro.client';
import { listEvents } from './paypro.event-list';

const now = new Date('2026-11-20T12:00:00Z');
const since = new Date('2026-11-20T11:00:00Z');

function event(id: string, minutesAfter: number) {
  const created_at = new Date(since.getTime() + minutesAfter * 60_000).toISOString();
  return { id, event_type: 'payment.paid', payload: { id: `PP-${id}` }, created_at };
}

function page(data: readonly unknown[], cursor?: string): unknown {
  const next = `https://evil.example/events?cursor=${cursor}`;
  return { type: 'list', data, _links: cursor === undefined ? {} : { next } };
}

/** Reads the list where PayPro answers with these bodies in turn, and with the last one from then on. */
async function list(bodies: readonly unknown[], { status = 200, pageMs = 0 } = {}) {
  const paths: string[] = [];
  let nowMs = now.getTime();
  const send = ({ path }: ProviderRequest): Promise<ProviderReply> => {
    nowMs += pageMs;
    const body = bodies[Math.min(paths.push(path), bodies.length) - 1];
    return Promise.resolve({ kind: 'answer', status, body, headers: {} });
  };
  const client = new PayproClient({ send }, 'pp_key');
  const result = await listEvents({ client, clock: { now: () => new Date(nowMs) } }, since);
  const ids = result.outcome === 'done' ? result.value.notifications.map((one) => one.eventId) : [];
  return { result, ids, paths };
}

describe("PayPro's list of events", () => {
  it('is read back to the time that is asked for and comes oldest first', async () => {
    const { ids, result, paths } = await list([
      page([event('EV4', 40), event('EV3', 30)], 'c/2'),
      page([event('EV2', 20), event('EV1', -0.5), event('EV0', -1.5)], 'c3'),
    ]);
    expect(ids).toEqual(['EV1', 'EV2', 'EV3', 'EV4']);
    expect(result).toMatchObject({ outcome: 'done', value: { isComplete: true } });
    expect(paths).toEqual(['/events?limit=100', '/events?limit=100&cursor=c%2F2']);
  });

  it('ends with its last page and leaves out what is no event', async () => {
    const { ids, paths } = await list([page([7, { id: 'EV' }, event('EV1', 1)])]);
    expect(ids).toEqual(['EV1']);
    expect(paths).toHaveLength(1);
  });

  it('has the newest events and a gap when it goes on for more than fifty pages', async () => {
    const pages = Array.from({ length: 60 }, (_one, i) => page([event(`EV${i}`, 59 - i)], 'on'));
    const { ids, result, paths } = await list(pages);
    expect(result).toMatchObject({
      outcome: 'done',
      value: { isComplete: false, gap: 'too_many' },
    });
    expect(paths).toHaveLength(50);
    expect([ids[0], ids.at(-1)]).toEqual(['EV49', 'EV0']);
  });

  it('has what was read and a gap when it takes more than a minute', async () => {
    const { ids, result } = await list([page([event('EV1', 1)], 'again')], { pageMs: 7_000 });
    expect(result).toMatchObject({
      outcome: 'done',
      value: { isComplete: false, gap: 'too_slow' },
    });
    expect(ids).toHaveLength(9);
  });

  it.each([
    [200, 'nonsense', 'unknown'],
    [200, { data: [], _links: { next: 7 } }, 'unknown'],
    [404, {}, 'unknown'],
    [401, {}, 'refused'],
    [429, {}, 'not_sent'],
  ])('answered with %s and %j is %s', async (status, body, outcome) => {
    expect((await list([body], { status })).result).toMatchObject({ outcome });
  });
});
