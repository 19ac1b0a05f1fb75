import { CHARGEBACK_STATES } from '../../src/modules/payments/domain/chargeback-lifecycle';
import { newId } from '../../src/shared/id';
import {
  chargebackRow,
  openSchema,
  paymentRow,
  type Schema,
  type Values,
} from '../support/integration-schema';

/** SQLSTATE: a check failed, a unique index was hit, a trigger forbids it, a row is missing. */
const CHECK = '23514';
const UNIQUE = '23505';
const APPEND_ONLY = '42501';
const FOREIGN_KEY = '23503';

describe('the database as the last wall around chargebacks', () => {
  let db: Schema;
  let payment_id: unknown;
  beforeAll(async () => {
    db = await openSchema();
    const payment = paymentRow();
    await db.insert('payments.payments', payment);
    payment_id = payment['id'];
  });
  afterAll(() => db?.close());

  const add = (changes: Values) =>
    db.refusalOfInsert('payments.chargebacks', chargebackRow({ payment_id, ...changes }));

  async function chargeback(): Promise<unknown> {
    const row = chargebackRow({ payment_id });
    await db.insert('payments.chargebacks', row);
    return row['id'];
  }

  it.each([
    ['of more than was captured', { amount_minor: '5000', taken_minor: '5000' }],
    ['of an amount that no bigint holds', { amount_minor: '9'.repeat(38) }],
    ['of another currency', { currency: 'USD' }],
    ['in a word we never heard', { provider_state: 'ON_HOLIDAY' }],
  ])('stores one even if it is %s', async (_, changes) => {
    expect(await add(changes)).toBeNull();
  });

  it('knows one once per account, in a state that exists, of a payment that exists', async () => {
    const provider_chargeback_id = newId();
    expect(await add({ provider_chargeback_id })).toBeNull();
    expect(await add({ provider_chargeback_id })).toBe(UNIQUE);
    expect(await add({ provider_chargeback_id, account: 'paypal_be' })).toBeNull();
    for (const state of CHARGEBACK_STATES) expect(await add({ state })).toBeNull();
    expect(await add({ state: 'gone' })).toBe(CHECK);
    expect(await add({ payment_id: newId() })).toBe(FOREIGN_KEY);
  });

  it.each([
    ['the payment', 'payment_id = gen_random_uuid()'],
    ['the account', `account = 'paypro'`],
    ['the currency', `currency = 'USD'`],
    ["the provider's id", `provider_chargeback_id = 'PP-D-2'`],
  ])('never lets %s of one change', async (_, sql) => {
    const update = `UPDATE payments.chargebacks SET ${sql} WHERE id = $1`;
    expect(await db.refusalOf(update, [await chargeback()])).toBe(CHECK);
  });

  it('lists and counts those in conflict without reading all of them', async () => {
    await db.run(
      `INSERT INTO payments.chargebacks (id, payment_id, account, provider_chargeback_id, state, provider_state,
         amount_minor, currency, taken_minor, conflict)
       SELECT gen_random_uuid(), $1, 'paypal', 'MANY' || i, 'lost', 'LOST', 1, 'EUR', 1,
         CASE WHEN i % 1000 = 0 THEN 'unknown_state' END FROM generate_series(1, 20000) AS i`,
      [payment_id],
    );
    await db.run('ANALYZE payments.chargebacks');
    const inConflict = 'FROM payments.chargebacks WHERE conflict IS NOT NULL';
    for (const sql of [
      `SELECT count(*) ${inConflict}`,
      `SELECT * ${inConflict} ORDER BY created_at DESC, id DESC LIMIT 25`,
    ]) {
      const plan = JSON.stringify(await db.run(`EXPLAIN ${sql}`));
      expect(plan).toContain('chargebacks_in_conflict');
    }
  });

  it('neither changes nor removes its history', async () => {
    const table = 'payments.chargeback_changes';
    await db.insert(table, {
      chargeback_id: await chargeback(),
      seq: 1,
      to_state: 'open',
      trigger: 'open',
      provider_state: 'OPEN',
      amount_minor: 400,
      taken_minor: 0,
      cause: 'watch',
      actor: 'test',
    });
    expect(await db.refusalOf(`UPDATE ${table} SET cause = 'XXX'`)).toBe(APPEND_ONLY);
    expect(await db.refusalOf(`DELETE FROM ${table}`)).toBe(APPEND_ONLY);
    expect(await db.refusalOf(`TRUNCATE ${table}`)).toBe(APPEND_ONLY);
  });
});
