import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * Books captures, refunds and chargebacks that were recorded before there was a ledger, or that it missed. The causes
 * are those of the program, so what is booked already is left alone, and running it again books nothing.
 */
export class BookWhatWasMissed1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  /** What is booked stays booked: the ledger is only ever added to. */
  async down(): Promise<void> {}
}

/**
 * Every line of `missed` becomes a transaction of now, in the order in which the money moved: a balance that was shown
 * for last month does not change afterwards.
 */
const UP = `
  WITH captures AS (
    SELECT DISTINCT ON (f.account, f.ref) f.account, 'capture' AS kind, f.account || ':' || f.ref AS cause_id,
      f.payment_id, f.amount_minor AS minor, f.currency, f.seen_at AS at
    FROM payments.facts f JOIN payments.payments p ON p.id = f.payment_id AND p.account = f.account
    WHERE f.kind = 'capture' AND f.state = 'completed' AND f.problem IS NULL AND f.currency = p.currency
    ORDER BY f.account, f.ref, f.seen_at
  ), refunds AS (
    SELECT r.account, 'refund' AS kind, r.account || ':' || coalesce(r.provider_refund_id, r.id::text) AS cause_id,
      r.payment_id, -r.amount_minor::numeric AS minor, r.currency, coalesce(r.refunded_at, r.updated_at) AS at
    FROM payments.refunds r WHERE r.state = 'refunded'
  ), movements AS (
    SELECT c.account, c.account || ':' || c.provider_chargeback_id AS cause_id, c.payment_id, m.minor, c.currency, m.at,
      row_number() OVER (PARTITION BY c.id ORDER BY m.seq) AS nth
    FROM payments.chargebacks c JOIN (
      SELECT chargeback_id, seq, at,
        lag(taken_minor, 1, 0::numeric) OVER (PARTITION BY chargeback_id ORDER BY seq) - taken_minor AS minor
      FROM payments.chargeback_changes) m ON m.chargeback_id = c.id AND m.minor <> 0
  ), recorded AS (
    SELECT * FROM captures UNION ALL SELECT * FROM refunds UNION ALL
    SELECT account, 'chargeback', cause_id || CASE WHEN nth = 1 THEN '' ELSE ':' || nth END, payment_id, minor,
      currency, at FROM movements
  ), missed AS MATERIALIZED (
    SELECT r.*, p.customer_id, overlay(overlay(replace(gen_random_uuid()::text, '-', '')
        PLACING lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') FROM 1 FOR 12)
        PLACING '7' FROM 13 FOR 1)::uuid AS id
    FROM recorded r JOIN payments.payments p ON p.id = r.payment_id
    WHERE r.minor <> 0 AND abs(r.minor) <= 9223372036854775807 AND NOT EXISTS (
      SELECT FROM customers.ledger_transactions t WHERE t.cause_kind = r.kind AND t.cause_id = r.cause_id)
  ), booked AS (
    INSERT INTO customers.ledger_transactions (id, cause_kind, cause_id, payment_id, created_at)
    SELECT id, kind, cause_id, payment_id, clock_timestamp() FROM (SELECT * FROM missed ORDER BY at, cause_id) m
    ON CONFLICT (cause_kind, cause_id) DO NOTHING RETURNING id
  )
  INSERT INTO customers.ledger_entries (transaction_id, line, account, customer_id, currency, amount_minor)
  SELECT m.id, l.line, CASE WHEN l.line = 2 THEN 'provider:' || m.account
      WHEN m.customer_id IS NULL THEN 'unassigned' ELSE 'customer' END,
    CASE l.line WHEN 1 THEN m.customer_id END, m.currency, CASE l.line WHEN 1 THEN m.minor ELSE -m.minor END
  FROM missed m JOIN booked b ON b.id = m.id CROSS JOIN (VALUES (1::smallint), (2::smallint)) l (line)`;
