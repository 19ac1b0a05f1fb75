import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Jobs } from '../../src/platform/jobs/jobs';
import { Logger } from '../../src/platform/logging/log';
import { createLogger } from '../../src/platform/logging/logger';
import { UnfinishedWork } from '../../src/platform/unfinished-work';
import { ReadLostNotifications } from '../../src/providers/notifications/read-lost-notifications';
import { ReceiveNotification } from '../../src/providers/notifications/receive-notification';
import { EventMarks } from '../../src/providers/notifications/storage/event-marks';
import { NotificationsRepository } from '../../src/providers/notifications/storage/notifications.repository';
import { StoreNotifications } from '../../src/providers/notifications/store-notifications';
import {
  type NotificationList,
  type NotificationOps,
  type ProviderNotification,
} from '../../src/providers/provider-parts';
import { ProviderRegistry } from '../../src/providers/provider-registry';
import { systemClock } from '../../src/shared/clock';
import { createApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { configOf } from '../support/integration-parts';

let app: TestApp;
let parts: NestFastifyApplication;

beforeAll(async () => {
  app = await startTestApp({ settings: { RUN_JOBS: 'false' } });
  const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), RUN_JOBS: 'false' };
  parts = await createApp(configOf(settings), createLogger('silent'));
  await parts.init();
});

afterAll(async () => {
  await parts?.close();
  await app?.close();
});

const delivery = { body: Buffer.from('{}'), headers: {} };

function anEvent(eventId: string, objectIds: readonly string[] = []): ProviderNotification {
  return {
    eventId,
    eventType: 'chargeback.created',
    kind: 'chargeback',
    paymentIds: [],
    objectIds,
    references: [],
    transmissionId: null,
    body: '{}',
    occurredAt: null,
  };
}

/** The account as it is, with a gateway that says and lists this. */
function hearing(ops: Partial<NotificationOps>): ProviderRegistry {
  const provider = parts.get(ProviderRegistry).get('paypro');
  const notifications: NotificationOps = {
    verify: () => Promise.reject(new Error('nothing was delivered')),
    list: () => Promise.reject(new Error('nothing is listed')),
    ...ops,
  };
  return new ProviderRegistry([{ ...provider, notifications }], null);
}

function receiver(registry: ProviderRegistry, work = new UnfinishedWork()): ReceiveNotification {
  return new ReceiveNotification(
    registry,
    parts.get(StoreNotifications),
    work,
    createLogger('silent'),
  );
}

const stored = (eventId: string) =>
  app.query('SELECT object_ids FROM providers.notifications WHERE event_id = $1', [eventId]);

describe('a delivery', () => {
  it('that names more than twenty payments is taken with the first twenty', async () => {
    const ids = Array.from({ length: 50 }, (_one, i) => `CAP${i}`);
    const verify = () =>
      Promise.resolve({ verdict: 'genuine', notification: anEvent('BIG', ids) } as const);
    await receiver(hearing({ verify })).execute('paypro', delivery, 'a-request');
    expect(await stored('BIG')).toEqual([{ object_ids: ids.slice(0, 20) }]);
  });

  it('is stored before the database is closed, although its sender hung up', async () => {
    const work = new UnfinishedWork();
    let decide = () => {};
    const asked = new Promise<void>((resolve) => (decide = resolve));
    const verify = async () => {
      await asked;
      return { verdict: 'genuine', notification: anEvent('LATE') } as const;
    };
    void receiver(hearing({ verify }), work).execute('paypro', delivery, 'a-request');
    decide();
    await work.done();
    expect(await stored('LATE')).toHaveLength(1);
  });
});

/** One run over a list that answers like this; the warnings that it logs. */
async function readList(list: NotificationOps['list']): Promise<readonly string[]> {
  const warnings: string[] = [];
  const log = Object.assign(Object.create(parts.get(Logger)) as Logger, {
    warn: (_fields: unknown, message = '') => void warnings.push(message),
  });
  const marks = parts.get(EventMarks);
  const job = new ReadLostNotifications(
    hearing({ list }),
    parts.get(NotificationsRepository),
    marks,
    parts.get(Jobs),
    log,
  );
  await job.execute(new AbortController().signal);
  return warnings;
}

const forgetMarks = () => app.query('DELETE FROM providers.event_marks');

const listing = (value: NotificationList) => () =>
  Promise.resolve({ outcome: 'done', value } as const);

describe('a list of events with a gap', () => {
  beforeAll(forgetMarks);
  const marks = () => app.query('SELECT account FROM providers.event_marks');
  const read = (gap: NonNullable<NotificationList['gap']>, eventId: string) =>
    readList(listing({ notifications: [anEvent(eventId)], isComplete: false, gap }));

  it('is stored as far as it was read, and asked for again where it was only slow', async () => {
    await read('too_slow', 'SLOW');
    expect(await stored('SLOW')).toHaveLength(1);
    expect(await marks()).toEqual([]);
  });

  it('is left behind where it is too long to be read ever', async () => {
    await read('too_many', 'MANY');
    expect(await stored('MANY')).toHaveLength(1);
    expect(await marks()).toEqual([{ account: 'paypro' }]);
  });
});

describe('the reading of a list of events', () => {
  beforeEach(forgetMarks);
  const MINUTE_MS = 60_000;
  const complete = { notifications: [], isComplete: true } as const;

  /** A run over a list that holds nothing new; how many minutes ago it began to read. */
  async function minutesReadBack(): Promise<number> {
    let sinceMs = 0;
    await readList((since) => {
      sinceMs = since.getTime();
      return listing(complete)();
    });
    return (Date.now() - sinceMs) / MINUTE_MS;
  }

  /** Each round gets half a minute further. */
  const slowly = (asked: number[]) => (since: Date) => {
    asked.push(since.getTime());
    const readUntil = new Date(since.getTime() + MINUTE_MS / 2);
    return listing({ notifications: [], isComplete: false, readUntil })();
  };

  it('begins a day back, and then an hour before the end of the last one', async () => {
    expect(await minutesReadBack()).toBeCloseTo(24 * 60, 0);
    expect(await minutesReadBack()).toBeCloseTo(60, 0);
    expect(await minutesReadBack()).toBeCloseTo(60, 0);
  });

  it('goes on shortly before where it ended when its rounds ran out, and says that they did', async () => {
    await readList(listing(complete));
    const asked: number[] = [];
    const warnings = await readList(slowly(asked));
    expect(warnings).toEqual(['the list of events was not read to its end']);
    expect(asked).toHaveLength(20);
    expect(await minutesReadBack()).toBeCloseTo(55, 0);
    expect(await minutesReadBack()).toBeCloseTo(60, 0);
  });

  it('ends where the list gets no further, and says so', async () => {
    const asked: Date[] = [];
    const warnings = await readList((since) => {
      asked.push(since);
      return listing({ notifications: [], isComplete: false })();
    });
    expect(asked).toHaveLength(1);
    expect(warnings).toEqual(['the list of events was not read to its end']);
  });

  it('is not led into the future by a clock that is fast', async () => {
    const fast = jest.spyOn(systemClock, 'now');
    fast.mockReturnValue(new Date(Date.now() + 180 * MINUTE_MS));
    await readList(listing(complete)).finally(() => fast.mockRestore());
    expect(await minutesReadBack()).toBeCloseTo(60, 0);
  });

  it('comes back from a mark in the future', async () => {
    await app.query(
      `INSERT INTO providers.event_marks (account, read_until) VALUES ('paypro', now() + interval '3 hours')`,
    );
    expect(await minutesReadBack()).toBeCloseTo(60, 0);
    const ahead = 'SELECT account FROM providers.event_marks WHERE read_until > now()';
    expect(await app.query(ahead)).toEqual([]);
  });
});
