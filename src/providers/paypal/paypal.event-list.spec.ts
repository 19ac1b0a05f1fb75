import { parseJson } from '../../shared/json';
import { type ProviderReply } from '../provider-reply';
import { listEvents } from './paypal.event-list';
import { type PayPalReply } from './paypal.outcome';

const now = new Date('2026-11-20T12:00:00Z');
const hourAgo = new Date('2026-11-20T11:00:00Z');
const trouble = { code: 'timeout', message: 'No answer.', reference: null };

function event(id: string, createdAt: Date) {
  return {
    id,
    event_type: 'PAYMENT.CAPTURE.COMPLETED',
    create_time: createdAt.toISOString(),
    resource: { id: `CAP-${id}` },
  };
}

function page(events: readonly unknown[], next?: string): ProviderReply {
  const links = next === undefined ? [] : [{ rel: 'next', href: next }];
  return { kind: 'answer', status: 200, body: { events, links }, headers: {} };
}

/** Reads the list where PayPal answers each query like this, on a clock that the answers may turn. */
async function list(answer: (query: URLSearchParams) => PayPalReply, pageMs = 0) {
  const queries: string[] = [];
  let nowMs = now.getTime();
  const client = {
    listEvents: (query: string) => {
      queries.push(query);
      nowMs += pageMs;
      return Promise.resolve(answer(new URLSearchParams(query)));
    },
  };
  const result = await listEvents({ client, clock: { now: () => new Date(nowMs) } }, hourAgo);
  const ids = result.outcome === 'done' ? result.value.notifications.map((one) => one.eventId) : [];
  return { result, ids, queries };
}

/** PayPal with these events: newest first, a hundred a page. */
function holding(events: readonly ReturnType<typeof event>[]) {
  const timed = events.map((one) => ({ one, ms: Date.parse(one.create_time) }));
  const newestFirst = timed.sort((a, b) => b.ms - a.ms);
  return (query: URLSearchParams): PayPalReply => {
    const fromMs = Date.parse(query.get('start_time') ?? '');
    const toMs = Date.parse(query.get('end_time') ?? '');
    const at = Number(query.get('at') ?? 0);
    const within = newestFirst.filter(({ ms }) => ms >= fromMs && ms <= toMs);
    const sorted = within.map(({ one }) => one);
    query.set('at', String(at + 100));
    const isLast = at + 100 >= sorted.length;
    return page(
      sorted.slice(at, at + 100),
      isLast ? undefined : `https://evil.example/?${query.toString()}`,
    );
  };
}

function minutesAgo(minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

describe("PayPal's list of events", () => {
  it('is read by the query of its links alone and comes oldest first', async () => {
    const { ids, result, queries } = await list((query) =>
      query.get('token') === 'c 2'
        ? page([event('WH-1', minutesAgo(30)), event('WH-2', minutesAgo(20))])
        : page([event('WH-3', minutesAgo(10))], 'https://evil.example/elsewhere?token=c+2'),
    );
    expect(ids).toEqual(['WH-1', 'WH-2', 'WH-3']);
    expect(result).toMatchObject({ outcome: 'done', value: { isComplete: true } });
    expect(queries).toEqual([
      'page_size=100&start_time=2026-11-20T11%3A00%3A00Z&end_time=2026-11-20T12%3A00%3A00Z',
      'token=c+2',
    ]);
  });

  it('keeps the order of what happened in the same instant', async () => {
    const at = minutesAgo(1);
    const { ids } = await list(() => page([event('WH-2', at), event('WH-1', at)]));
    expect(ids).toEqual(['WH-1', 'WH-2']);
  });

  it('has each event as the hint that a delivery would have been', async () => {
    const { result } = await list(() => page([event('WH-1', minutesAgo(1))]));
    expect(result).toMatchObject({
      value: { notifications: [{ kind: 'payment', objectIds: ['CAP-WH-1'] }] },
    });
  });

  it('leaves out what is no event', async () => {
    const { ids } = await list(() => page([7, {}, event('WH-1', minutesAgo(1))]));
    expect(ids).toEqual(['WH-1']);
  });

  it('begins with the oldest when there are more than can be read, and says so', async () => {
    const burst = Array.from({ length: 6_000 }, (_one, i) => event(`B${i}`, minutesAgo(i / 6_000)));
    const { ids, result } = await list(holding([event('OLD', minutesAgo(59)), ...burst]));
    expect(result).toMatchObject({ outcome: 'done', value: { isComplete: false } });
    expect(ids[0]).toBe('OLD');
    expect(ids.length).toBeGreaterThan(1_000);
    expect(ids[1]).toBe('B5999');
    const next = 5_999 - (ids.length - 2);
    expect(ids.at(-1)).toBe(`B${next}`);
  });

  it('gives up when one second holds more than can be read', async () => {
    const { result, queries } = await list((query) => {
      const again = new URLSearchParams(query);
      return page([event('WH-1', hourAgo)], `/?${again.toString()}`);
    });
    expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'too_many_pages' } });
    expect(queries.length).toBeLessThanOrEqual(800);
  });

  it('gives up after a minute of which nothing came', async () => {
    const { result, queries } = await list(() => page([], '/?token=again'), 8_000);
    expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'list_timeout' } });
    expect(queries.length).toBeLessThanOrEqual(10);
  });

  it('tells after a minute what it has, and until when that is all', async () => {
    const burst = Array.from({ length: 6_000 }, (_one, i) => event(`B${i}`, minutesAgo(i / 100)));
    const { ids, result } = await list(holding(burst), 3_000);
    expect(ids[0]).toBe('B5999');
    expect(result).toMatchObject({ outcome: 'done', value: { isComplete: false } });
    const { readUntil } = result.outcome === 'done' ? result.value : {};
    expect(readUntil?.getTime()).toBeGreaterThan(hourAgo.getTime());
    const until = burst.filter(({ create_time }) => new Date(create_time) <= (readUntil ?? now));
    expect([...ids].sort()).toEqual(until.map(({ id }) => id).sort());
  });

  it('has got further also where nothing happened before time ran out', async () => {
    const burst = Array.from({ length: 6_000 }, (_one, i) => event(`B${i}`, minutesAgo(i / 6_000)));
    const { ids, result } = await list(holding(burst), 8_000);
    expect(ids).toEqual([]);
    const { readUntil } = result.outcome === 'done' ? result.value : {};
    expect(readUntil?.getTime()).toBeGreaterThan(minutesAgo(46).getTime());
  });

  it('keeps what it has when a later question fails', async () => {
    const burst = Array.from({ length: 6_000 }, (_one, i) => event(`B${i}`, minutesAgo(i / 6_000)));
    const answer = holding([event('OLD', minutesAgo(59)), ...burst]);
    const { ids, result } = await list((query) => {
      const isFirst = new Date(query.get('end_time') ?? '') >= now;
      const isOldest = new Date(query.get('start_time') ?? '') <= hourAgo;
      return isFirst || isOldest ? answer(query) : errorOf(500);
    });
    expect(ids).toEqual(['OLD']);
    expect(result).toMatchObject({ outcome: 'done', value: { isComplete: false } });
  });

  it.each<[string, PayPalReply, object]>([
    ['silence', { kind: 'unknown', trouble }, { outcome: 'unknown', trouble }],
    [
      'no token',
      { kind: 'denied', trouble },
      { outcome: 'refused', refusal: { kind: 'merchant' } },
    ],
    [
      'a circuit that is open',
      { kind: 'not_sent', trouble, retryAfterS: 5 },
      { outcome: 'not_sent' },
    ],
    ['an error', errorOf(500), { outcome: 'unknown' }],
    ['a limit', errorOf(429), { outcome: 'not_sent', retryAfterS: 5 }],
    ['a missing permission', errorOf(403), { outcome: 'refused', refusal: { kind: 'merchant' } }],
    ['nothing to be found', errorOf(404), { outcome: 'unknown' }],
  ])('ends with %s', async (_what, reply, expected) => {
    expect((await list(() => reply)).result).toMatchObject(expected);
  });
});

function errorOf(status: number): ProviderReply {
  return { kind: 'answer', status, body: parseJson('{"name":"NO"}'), headers: {} };
}
