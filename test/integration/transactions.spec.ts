import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CancelPayment } from '../../src/modules/payments/actions/cancel-payment';
import { PaymentQueries } from '../../src/modules/payments/queries/payment-queries';
import { PaymentsRepository } from '../../src/modules/payments/storage/payments.repository';
import { Database, type Tx } from '../../src/platform/database/database';
import { statement } from '../../src/platform/database/statement';
import { Events, type Reaction } from '../../src/platform/events/events';
import { newId } from '../../src/shared/id';
import { startTestApp, type TestApp } from '../support/app';
import { openParts, STAFF, uuidOf } from '../support/integration-parts';
import { makePayment, show } from '../support/payments';

const raise = statement<never>(
  'test-raise',
  `SELECT set_config('test.raised', $1, true), 1 / (CASE WHEN $1 = '' THEN 1 ELSE 0 END)`,
);
const conflict = (code: string) =>
  statement<never>(
    `test-raise-${code}`,
    `DO $$ BEGIN RAISE EXCEPTION 'as if' USING ERRCODE = '${code}'; END $$`,
  );
const connectionNow = statement<{ pid: number }>('test-pid', 'SELECT pg_backend_pid() AS pid');
const stateNow = statement<{ state: string }>(
  'test-state',
  'SELECT state FROM payments.payments WHERE id = $1',
);
const setNow = statement<never>(
  'test-set-updated',
  'UPDATE payments.payments SET updated_at = now() WHERE id = $1',
);

describe('transactions', () => {
  let app: TestApp;
  let parts: NestFastifyApplication;
  let database: Database;
  beforeAll(async () => {
    app = await startTestApp();
    parts = await openParts(app);
    database = parts.get(Database);
  });
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });

  const change = { cause: 'refresh', actor: 'test' } as const;
  const locked = (tx: Tx, id: string) => parts.get(PaymentsRepository).lock(tx, id);

  async function touch(tx: Tx, id: string): Promise<void> {
    const payments = parts.get(PaymentsRepository);
    await payments.change(tx, await locked(tx, id), change);
  }

  async function versionOf(id: string): Promise<unknown> {
    const [row] = await app.query('SELECT version FROM payments.payments WHERE id = $1', [id]);
    return row?.['version'];
  }

  async function newPayment(): Promise<string> {
    return uuidOf((await makePayment(app, 'paypal')).id);
  }

  it.each(['40001', '40P01'])('are repeated as a whole after %s', async (code) => {
    const id = await newPayment();
    const before = await versionOf(id);
    let tries = 0;
    await database.inTransaction(async (tx) => {
      await touch(tx, id);
      if (++tries < 3) await tx.query(conflict(code), []);
    });
    expect(tries).toBe(3);
    expect(await versionOf(id)).toBe(Number(before) + 1);
  });

  it('give up after five conflicts, with nothing done', async () => {
    const id = await newPayment();
    const before = await versionOf(id);
    let tries = 0;
    const doomed = database.inTransaction(async (tx) => {
      tries++;
      await touch(tx, id);
      await tx.query(conflict('40001'), []);
    });
    await expect(doomed).rejects.toMatchObject({ code: '40001' });
    expect(tries).toBe(5);
    expect(await versionOf(id)).toBe(before);
  });

  it('are not repeated after any other error', async () => {
    let tries = 0;
    const failing = database.inTransaction(async (tx) => {
      tries++;
      await tx.query(raise, ['x']);
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(tries).toBe(1);
  });

  /** On which connection a transaction was that failed so. */
  async function connectionOfFailed(code: string): Promise<number | undefined> {
    let used: number | undefined;
    const failing = database.inTransaction(async (tx) => {
      used = (await tx.query(connectionNow, []))[0]?.pid;
      await tx.query(conflict(code), []);
    });
    await expect(failing).rejects.toMatchObject({ code });
    return used;
  }

  it('leave a server that only reads any more, as a standby does', async () => {
    const used = await connectionOfFailed('25006');
    const [next] = await database.inTransaction((tx) => tx.query(connectionNow, []));
    expect(next?.pid).not.toBe(used);
  });

  it('keep their connection where a statement was refused', async () => {
    const used = await connectionOfFailed('22012');
    const sql = 'SELECT FROM pg_stat_activity WHERE pid = $1';
    expect(await app.query(sql, [used])).toHaveLength(1);
  });

  it('survive a real deadlock, both of them', async () => {
    const [a, b] = [await newPayment(), await newPayment()];
    const before = [await versionOf(a), await versionOf(b)];
    let waiting = 2;
    let open: () => void = () => undefined;
    const bothHoldOne = new Promise<void>((resolve) => (open = resolve));
    const crossing = (first: string, second: string) =>
      database.inTransaction(async (tx) => {
        await touch(tx, first);
        if (--waiting === 0) open();
        await bothHoldOne;
        await touch(tx, second);
      });
    await Promise.all([crossing(a, b), crossing(b, a)]);
    expect([await versionOf(a), await versionOf(b)]).toEqual(before.map((one) => Number(one) + 2));
  });

  it('wait for each other where they lock the same payment', async () => {
    const id = await newPayment();
    const before = await versionOf(id);
    const changes = Array.from({ length: 20 }, () => database.inTransaction((tx) => touch(tx, id)));
    await Promise.all(changes);
    expect(await versionOf(id)).toBe(Number(before) + 20);
  });

  it('refuse a write to another version than the one that was locked', async () => {
    const id = await newPayment();
    const stale = database.inTransaction(async (tx) => {
      const seen = await locked(tx, id);
      await touch(tx, id);
      await parts.get(PaymentsRepository).change(tx, seen, change);
    });
    await expect(stale).rejects.toThrow('stale write');
  });

  it('show one moment of the database to reads that belong together, and write nothing', async () => {
    const id = await newPayment();
    const seen = await database.inSnapshot(async (on) => {
      const before = await on.query(stateNow, [id]);
      await app.query(`UPDATE payments.payments SET state = 'processing' WHERE id = $1`, [id]);
      return [...before, ...(await on.query(stateNow, [id]))];
    });
    expect(seen).toEqual([{ state: 'open' }, { state: 'open' }]);
    const writing = database.inSnapshot((on) => on.query(setNow, [id]));
    await expect(writing).rejects.toMatchObject({ code: '25006' });
  });

  describe('with reactions', () => {
    let react: Reaction;
    beforeAll(() => {
      parts.get(Events).react('payment.canceled', (tx, event) => react(tx, event));
    });

    async function cancel(id: string): Promise<void> {
      const payment = await parts.get(PaymentQueries).get(uuidOf(id));
      await parts.get(CancelPayment).execute({ caller: STAFF, idempotency: null, payment });
    }

    it('show a reaction what they are about to commit, and nobody else', async () => {
      const { id } = await makePayment(app, 'paypal');
      const seen: unknown[] = [];
      react = async (tx, event) => {
        seen.push(event.type, event.subjectId);
        seen.push(await tx.query(stateNow, [event.subjectId]));
        seen.push(await database.query(stateNow, [event.subjectId]));
      };
      await cancel(id);
      const [inside, outside] = [[{ state: 'canceled' }], [{ state: 'open' }]];
      expect(seen).toEqual(['payment.canceled', uuidOf(id), inside, outside]);
    });

    it('keep what a reaction writes together with what it reacts to', async () => {
      const { id } = await makePayment(app, 'paypal');
      const subjectId = newId();
      react = (tx) =>
        parts.get(Events).publish(tx, {
          type: 'test.reacted',
          subjectKind: 'test',
          subjectId,
          subjectSeq: 1,
          data: {},
        });
      await cancel(id);
      const rows = await app.query(
        `SELECT a.tx_id = b.tx_id AS together FROM platform.events a, platform.events b
         WHERE a.subject_id = $1 AND b.subject_id = $2 AND b.type = 'payment.canceled'`,
        [subjectId, uuidOf(id)],
      );
      expect(rows).toEqual([{ together: true }]);
    });

    it('are undone by a reaction that throws: state, history, operation and event', async () => {
      const { id } = await makePayment(app, 'paypal');
      const all = () =>
        app.query(
          `SELECT (SELECT state || version FROM payments.payments WHERE id = $1) AS payment,
             (SELECT count(*)::int FROM payments.state_changes WHERE payment_id = $1) AS changes,
             (SELECT count(*)::int FROM payments.operations WHERE payment_id = $1) AS operations,
             (SELECT count(*)::int FROM platform.events WHERE subject_id = $1) AS events`,
          [uuidOf(id)],
        );
      const before = await all();
      react = () => Promise.reject(new Error('the invoice cannot be unpaid'));
      await expect(cancel(id)).rejects.toThrow('the invoice cannot be unpaid');
      expect(await all()).toEqual(before);
      expect((await show(app, id)).body).toMatchObject({ state: 'open', operation: null });
    });
  });
});
