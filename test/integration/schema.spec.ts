import { PAYMENT_EDGES, PAYMENT_STATES } from '../../src/modules/payments/domain/payment-lifecycle';
import { REFUND_EDGES, REFUND_STATES } from '../../src/modules/payments/domain/refund-lifecycle';
import { hasPendingMigrations, migrate } from '../../src/platform/database/migrate';
import { newId } from '../../src/shared/id';
import { createTestDatabase } from '../support/database';
import {
  dataSourceFor,
  factRow,
  openSchema,
  operationRow,
  paymentRow,
  refundRow,
  type Schema,
  type Values,
} from '../support/integration-schema';

/** SQLSTATE: a check failed, a unique index was hit, a trigger forbids it, a row is missing. */
const CHECK = '23514';
const UNIQUE = '23505';
const APPEND_ONLY = '42501';
const FOREIGN_KEY = '23503';

describe('the database as the last wall', () => {
  let db: Schema;
  beforeAll(async () => {
    db = await openSchema();
  });
  afterAll(() => db?.close());

  async function payment(changes: Values = {}): Promise<unknown> {
    const row = paymentRow(changes);
    await db.insert('payments.payments', row);
    return row['id'];
  }

  const change = (id: unknown, sql: string) =>
    db.refusalOf(`UPDATE payments.payments SET ${sql} WHERE id = $1`, [id]);

  describe('payments', () => {
    it('move along the edges of the lifecycle and along no other', async () => {
      const stored = await db.run(
        `SELECT from_state || ' ' || to_state AS edge FROM payments.state_edges ORDER BY 1`,
      );
      const drawn = Object.entries(PAYMENT_EDGES).flatMap(([from, edges]) =>
        Object.values(edges).map((to) => `${from} ${to}`),
      );
      expect(stored.map(({ edge }) => edge)).toEqual(drawn.sort());
    });

    it.each(PAYMENT_STATES)('refuse every illegal way out of %s', async (from) => {
      const legal: readonly string[] = [from, ...Object.values(PAYMENT_EDGES[from])];
      for (const to of PAYMENT_STATES) {
        const id = await payment({ state: from });
        const refusal = await change(id, `state = '${to}'`);
        expect({ from, to, refusal }).toEqual({
          from,
          to,
          refusal: legal.includes(to) ? null : CHECK,
        });
      }
    });

    it.each([
      ['the amount', 'amount_minor = 999'],
      ['the currency', `currency = 'USD'`],
      ['the account', `account = 'paypro'`],
      ['the customer', `customer_id = gen_random_uuid()`],
      ['the subject', 'subject_id = gen_random_uuid()'],
      ["the provider's id", `provider_payment_id = 'ORDER-2'`],
      ["the provider's id by forgetting it", 'provider_payment_id = NULL'],
    ])('never change %s', async (_, sql) => {
      const ours = { subject_kind: 'invoice', subject_id: newId() };
      const id = await payment({ ...ours, provider_payment_id: newId() });
      expect(await change(id, sql)).toBe(CHECK);
    });

    it('learn the id of the provider once', async () => {
      const id = await payment();
      expect(await change(id, `provider_payment_id = '${newId()}'`)).toBeNull();
    });

    it.each([
      ['an amount of nothing', { amount_minor: 0 }],
      ['a negative amount', { amount_minor: -1 }],
      ['an amount above the limit', { amount_minor: '1000000000000' }],
      ['a negative capture', { captured_minor: -1 }],
      ['a negative refund', { refunded_minor: -1 }],
      ['a negative reservation', { refund_reserved_minor: -1 }],
      ['a currency that is none', { currency: 'euro' }],
      ['a state that is none', { state: 'settled' }],
      ['a subject without its kind', { subject_id: newId() }],
    ])('refuse %s', async (_, wrong) => {
      expect(await db.refusalOfInsert('payments.payments', paymentRow(wrong))).toBe(CHECK);
    });

    it('accept the largest amount', async () => {
      const row = paymentRow({ amount_minor: '999999999999' });
      expect(await db.refusalOfInsert('payments.payments', row)).toBeNull();
    });

    it('belong to a customer that exists', async () => {
      const row = paymentRow({ customer_id: newId() });
      expect(await db.refusalOfInsert('payments.payments', row)).toBe(FOREIGN_KEY);
    });

    it('never share a payment of one account at the provider', async () => {
      const id = newId();
      await payment({ provider_payment_id: id });
      const again = paymentRow({ provider_payment_id: id });
      expect(await db.refusalOfInsert('payments.payments', again)).toBe(UNIQUE);
      const elsewhere = paymentRow({ provider_payment_id: id, account: 'paypal_be' });
      expect(await db.refusalOfInsert('payments.payments', elsewhere)).toBeNull();
    });

    it.each(['initialized', 'open', 'processing', 'authorized'])(
      'are live once per subject while one is %s',
      async (state) => {
        const subject = { subject_kind: 'invoice', subject_id: newId() };
        const id = await payment({ ...subject, state });
        const second = paymentRow(subject);
        expect(await db.refusalOfInsert('payments.payments', second)).toBe(UNIQUE);
        await db.run(
          `UPDATE payments.payments SET state = $2 WHERE id = $1`,
          state === 'processing' ? [id, 'failed'] : [id, 'expired'],
        );
        expect(await db.refusalOfInsert('payments.payments', second)).toBeNull();
      },
    );
  });

  describe('refunds', () => {
    it('move along the edges of the lifecycle and along no other', async () => {
      const stored = await db.run(
        `SELECT from_state || ' ' || to_state AS edge FROM payments.refund_edges ORDER BY 1`,
      );
      const drawn = REFUND_STATES.flatMap((from) =>
        REFUND_EDGES[from].map((to) => `${from} ${to}`),
      );
      expect(stored.map(({ edge }) => edge)).toEqual(drawn.sort());
      for (const from of REFUND_STATES) {
        for (const to of REFUND_STATES) {
          const row = refundRow(await payment(), { state: from });
          await db.insert('payments.refunds', row);
          const sql = `UPDATE payments.refunds SET state = '${to}' WHERE id = $1`;
          const isLegal = from === to || REFUND_EDGES[from].includes(to);
          expect({ from, to, refusal: await db.refusalOf(sql, [row['id']]) }).toEqual({
            from,
            to,
            refusal: isLegal ? null : CHECK,
          });
        }
      }
    });

    it.each([
      ['amount', 'amount_minor = 1'],
      ['currency', `currency = 'USD'`],
      ['account', `account = 'paypro'`],
      ['id at the provider', `provider_refund_id = 'other'`],
    ])('never change their %s', async (_, sql) => {
      const row = refundRow(await payment(), { provider_refund_id: newId() });
      await db.insert('payments.refunds', row);
      const changed = `UPDATE payments.refunds SET ${sql} WHERE id = $1`;
      expect(await db.refusalOf(changed, [row['id']])).toBe(CHECK);
    });

    it('are one for each id at the provider', async () => {
      const id = await payment();
      const row = refundRow(id, { provider_refund_id: newId() });
      await db.insert('payments.refunds', row);
      const again = { ...row, id: newId() };
      expect(await db.refusalOfInsert('payments.refunds', again)).toBe(UNIQUE);
    });
  });

  describe('operations', () => {
    const add = (id: unknown, changes: Values) =>
      db.refusalOfInsert('payments.operations', operationRow(id, changes));

    it.each(['capture', 'cancel', 'void', 'authorize'])(
      'allow one unfinished decision, so that no %s runs beside a capture',
      async (kind) => {
        const id = await payment();
        expect(await add(id, { kind: 'capture' })).toBeNull();
        expect(await add(id, { kind, slot: 2 })).toBe(UNIQUE);
      },
    );

    it('keep the place of a decision that waits for a person', async () => {
      const id = await payment();
      expect(await add(id, { kind: 'capture', state: 'needs_review' })).toBeNull();
      expect(await add(id, { kind: 'cancel' })).toBe(UNIQUE);
    });

    it('allow the next decision after a refusal', async () => {
      const id = await payment();
      await add(id, { state: 'refused', settled_at: new Date() });
      expect(await add(id, { slot: 2 })).toBeNull();
    });

    it.each(['unsettled', 'succeeded', 'needs_review'])(
      'allow no second create after one that is %s',
      async (state) => {
        const id = await payment();
        const settled_at = state === 'succeeded' ? new Date() : null;
        expect(await add(id, { kind: 'create', state, settled_at })).toBeNull();
        expect(await add(id, { kind: 'create', slot: 2 })).toBe(UNIQUE);
        expect(await add(id, { kind: 'charge', slot: 2 })).toBe(UNIQUE);
      },
    );

    it('allow one unfinished refund', async () => {
      const id = await payment();
      const refund = refundRow(id);
      await db.insert('payments.refunds', refund);
      const about = { refund_id: refund['id'] };
      expect(await add(id, { kind: 'refund', ...about })).toBeNull();
      expect(await add(id, { kind: 'refund', slot: 2, ...about })).toBe(UNIQUE);
      expect(await add(id, { kind: 'cancel_refund', ...about })).toBe(UNIQUE);
      expect(await add(id, { kind: 'capture', slot: 3, ...about })).toBe(CHECK);
      expect(await add(id, { kind: 'refund', slot: 3, state: 'needs_review' })).toBe(CHECK);
    });

    it.each([
      ['a slot of nothing', { slot: 0 }],
      ['a kind that is none', { kind: 'steal' }],
      ['an amount of nothing', { amount_minor: 0 }],
      ['a key that is too long for a provider', { provider_key: 'k'.repeat(61) }],
      ['an end without its time', { state: 'succeeded' }],
      ['a time without an end', { settled_at: new Date() }],
    ])('refuse %s', async (_, wrong) => {
      expect(await add(await payment(), wrong)).toBe(CHECK);
    });

    it('never use a key or a slot twice', async () => {
      const id = await payment();
      const provider_key = newId();
      const ended = { state: 'refused', settled_at: new Date() };
      expect(await add(id, { ...ended, provider_key })).toBeNull();
      expect(await add(id, { ...ended, provider_key, slot: 2 })).toBe(UNIQUE);
      expect(await add(id, ended)).toBe(UNIQUE);
    });

    it('belong to a payment that exists', async () => {
      expect(await add(newId(), {})).toBe(FOREIGN_KEY);
    });
  });

  describe('what a provider says', () => {
    it.each([
      ['more captured than the amount', { amount_minor: '5000' }],
      ['an amount that no bigint holds', { amount_minor: '9'.repeat(38) }],
      ['nothing', { amount_minor: '0' }],
      ['a negative amount', { amount_minor: '-5' }],
      ['words we never heard', { currency: 'moon stones', state: 'ON_HOLIDAY', kind: 'gift' }],
      ['a payment we never made', { payment_id: null, account: 'gone' }],
    ])('is stored even if it is %s', async (_, changes) => {
      const payment_id = await payment();
      const row = factRow({ payment_id, ...changes });
      expect(await db.refusalOfInsert('payments.facts', row)).toBeNull();
    });

    it('may be more captured than was asked for', async () => {
      const id = await payment({ state: 'open' });
      expect(await change(id, `state = 'paid', captured_minor = 5000`)).toBeNull();
    });
  });

  describe('what was written once', () => {
    it.each([
      ['platform.events', 'type'],
      ['payments.state_changes', 'cause'],
      ['payments.facts', 'state'],
      ['customers.ledger_transactions', 'cause_kind'],
      ['customers.ledger_entries', 'currency'],
    ])('is neither changed nor removed from %s', async (table, column) => {
      await fill();
      expect(await db.refusalOf(`UPDATE ${table} SET ${column} = 'XXX'`)).toBe(APPEND_ONLY);
      expect(await db.refusalOf(`DELETE FROM ${table}`)).toBe(APPEND_ONLY);
    });

    /** A row in each of them: a trigger per row says nothing about an empty table. */
    async function fill(): Promise<void> {
      const id = await payment();
      await db.insert('platform.events', {
        id: newId(),
        type: 'payment.paid',
        subject_kind: 'payment',
        subject_id: id,
        subject_seq: 1,
        data: '{}',
      });
      await db.insert('payments.state_changes', {
        payment_id: id,
        seq: 1,
        to_state: 'open',
        trigger: 'open',
        cause: 'api',
        actor: 'test',
      });
      await db.insert('payments.facts', factRow({ payment_id: id }));
      await book({ minor: 5 });
    }
  });

  /** Two lines of one ledger transaction in one statement; `other` unbalances them. */
  const book = (entry: { minor: number; other?: number; currency?: string; cause?: string }) =>
    db.refusalOf(
      `WITH t AS (INSERT INTO customers.ledger_transactions (id, cause_kind, cause_id)
         VALUES (gen_random_uuid(), 'capture', $1) RETURNING id)
       INSERT INTO customers.ledger_entries (transaction_id, line, account, currency, amount_minor)
       SELECT id, 1, 'unassigned', 'EUR', $2::bigint FROM t
       UNION ALL SELECT id, 2, 'provider:paypal', $4, $3::bigint FROM t`,
      [entry.cause ?? newId(), entry.minor, entry.other ?? -entry.minor, entry.currency ?? 'EUR'],
    );

  describe('the ledger', () => {
    it('refuses a transaction that does not balance', async () => {
      expect(await book({ minor: 10 })).toBeNull();
      expect(await book({ minor: 10, other: -9 })).toBe(CHECK);
    });

    it('refuses a transaction that balances only over two currencies', async () => {
      expect(await book({ minor: 10, currency: 'USD' })).toBe(CHECK);
    });

    it('refuses a line of nothing', async () => {
      expect(await book({ minor: 0 })).toBe(CHECK);
    });

    it('knows each cause once', async () => {
      const cause = newId();
      expect(await book({ minor: 10, cause })).toBeNull();
      expect(await book({ minor: 10, cause })).toBe(UNIQUE);
    });

    it('names a customer on the lines of customers and on no other', async () => {
      const line = (account: string) =>
        db.refusalOf(
          `WITH t AS (INSERT INTO customers.ledger_transactions (id, cause_kind, cause_id)
             VALUES (gen_random_uuid(), 'capture', gen_random_uuid()::text) RETURNING id)
           INSERT INTO customers.ledger_entries (transaction_id, line, account, currency, amount_minor)
           SELECT id, n, $1, 'EUR', 2 * n - 3 FROM t, generate_series(1, 2) n`,
          [account],
        );
      expect(await line('customer')).toBe(CHECK);
      expect(await line('unassigned')).toBeNull();
    });
  });

  it('is for real or for demonstration money, never for both', async () => {
    const claim = `INSERT INTO platform.installation (purpose, only_row) VALUES ($1, $2)`;
    expect(await db.refusalOf(claim, ['real', true])).toBeNull();
    expect(await db.refusalOf(claim, ['demo', true])).toBe(UNIQUE);
    expect(await db.refusalOf(claim, ['demo', false])).toBe(CHECK);
  });
});

describe('migrations', () => {
  it('go down to nothing and up again', async () => {
    const db = await openSchema();
    try {
      const objects = () =>
        db.run(`SELECT n.nspname || '.' || c.relname AS name FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname IN ('platform', 'customers', 'payments', 'invoices') ORDER BY 1`);
      const before = await objects();
      expect(before.length).toBeGreaterThan(10);
      const count = db.dataSource.migrations.length;
      for (let undone = 0; undone < count; undone++) await db.dataSource.undoLastMigration();
      expect(await objects()).toEqual([]);
      await migrate(db.dataSource);
      expect(await objects()).toEqual(before);
    } finally {
      await db.close();
    }
  });

  it('run once when processes start together', async () => {
    const database = await createTestDatabase();
    const sources = await Promise.all(
      Array.from({ length: 4 }, () => dataSourceFor(database.url).initialize()),
    );
    try {
      await Promise.all(sources.map((source) => migrate(source)));
      for (const source of sources) expect(await hasPendingMigrations(source)).toBe(false);
      const [first] = sources;
      const applied: unknown = await first?.query('SELECT name FROM schema_migrations');
      expect(applied).toHaveLength(first?.migrations.length ?? 0);
    } finally {
      for (const source of sources) await source.destroy();
      await database.drop();
    }
  });
});
