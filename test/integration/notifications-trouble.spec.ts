import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Jobs } from '../../src/platform/jobs/jobs';
import { Logger } from '../../src/platform/logging/log';
import { createLogger } from '../../src/platform/logging/logger';
import { UnfinishedWork } from '../../src/platform/unfinished-work';
import { ReadLostNotifications } from '../../src/providers/notifications/read-lost-notifications';
import { ReceiveNotification } from '../../src/providers/notifications/receive-notification';
import { NotificationsRepository } from '../../src/providers/notifications/storage/notifications.repository';
import { StoreNotifications } from '../../src/providers/notifications/store-notifications';
import {
  type NotificationList,
  type NotificationOps,
  type ProviderNotification,
} from '../../src/providers/provider-parts';
import { ProviderRegistry } from '../../src/providers/provider-registry';
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

describe('a list of events with a gap', () => {
  const markOf = () => parts.get(NotificationsRepository).readMark('paypro');
  const read = (gap: NonNullable<NotificationList['gap']>, eventId: string) => {
    const value = { notifications: [anEvent(eventId)], isComplete: false, gap };
    const registry = hearing({ list: () => Promise.resolve({ outcome: 'done', value }) });
    const repository = parts.get(NotificationsRepository);
    const job = new ReadLostNotifications(registry, repository, parts.get(Jobs), parts.get(Logger));
    return job.execute(new AbortController().signal);
  };

  it('is stored as far as it was read, and asked for again where it was only slow', async () => {
    await read('too_slow', 'SLOW');
    expect(await stored('SLOW')).toHaveLength(1);
    expect(await markOf()).toBeNull();
  });

  it('is left behind where it is too long to be read ever', async () => {
    await read('too_many', 'MANY');
    expect(await stored('MANY')).toHaveLength(1);
    expect(await markOf()).not.toBeNull();
  });
});
