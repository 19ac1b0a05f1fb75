import { PAYMENT_COLUMNS } from '../../src/modules/payments/storage/payment.row';

/**
 * The intent: customer checked and held, key claimed, payment, operation, first line of history, event. One
 * statement is one transaction, so it needs no BEGIN and no COMMIT. `claimed` is false when the key was used before.
 */
export const INTENT = `
  WITH customer AS (
    SELECT c.id FROM customers.customers c WHERE c.id = $3 AND ($4::text IS NULL OR EXISTS (
      SELECT FROM customers.owners w WHERE w.customer_id = c.id AND w.subject = $4)) FOR KEY SHARE
  ), key AS (
    INSERT INTO platform.idempotency_keys (caller, key, fingerprint, resource_id, operation_id)
    SELECT $5, $6, $7, $1::uuid, $2::uuid FROM customer WHERE $6::text IS NOT NULL
    ON CONFLICT (caller, key) DO NOTHING RETURNING key
  ), claim AS (
    SELECT id FROM customer WHERE $6::text IS NULL OR EXISTS (SELECT FROM key)
  ), p AS (
    INSERT INTO payments.payments (id, account, chosen_because, customer_id, amount_minor, currency, description,
      return_url, cancel_url, metadata, locale, created_by)
    SELECT $1::uuid, 'paypal', 'requested', id, $8::bigint, $9, $10, $11, $12, $13::jsonb, $14, $5 FROM claim
    RETURNING id, version, state, created_by
  ), intent AS (
    INSERT INTO payments.operations (id, payment_id, kind, slot, provider_key, request_hash, created_by,
      lease_until, next_attempt_at)
    SELECT $2::uuid, id, 'create', 1, $15, $16, created_by, now() + interval '30 seconds',
      now() + interval '30 seconds' FROM p
  ), history AS (
    INSERT INTO payments.state_changes (payment_id, seq, to_state, trigger, cause, actor, operation_id)
    SELECT id, version, state, 'create', 'api', created_by, $2::uuid FROM p
  ), event AS (
    INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
    SELECT $17::uuid, 'payment.created', 'payment', id, version, $18::jsonb FROM p
  )
  SELECT EXISTS (SELECT FROM customer) AS allowed, EXISTS (SELECT FROM claim) AS claimed`;

/** The record: payment moved if it is where we left it, operation settled, history, event, and the row as it is now. */
export const RECORD = `
  WITH p AS (
    UPDATE payments.payments SET state = 'open', version = version + 1, updated_at = now(),
      provider_payment_id = $3, provider_token = $3, provider_state = $4, checkout_url = $5, pay_method = $6
    WHERE id = $1 AND version = 1 AND state = 'initialized' RETURNING *
  ), settled AS (
    UPDATE payments.operations SET state = 'succeeded', lease_until = now(), settled_at = clock_timestamp(),
      provider_ref = $3
    WHERE id = $2 AND state = 'unsettled'
  ), history AS (
    INSERT INTO payments.state_changes (payment_id, seq, from_state, to_state, trigger, cause, actor, operation_id)
    SELECT id, version, 'initialized', state, 'open', 'api', created_by, $2::uuid FROM p
  ), event AS (
    INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
    SELECT $7::uuid, 'payment.open', 'payment', id, version, $8::jsonb FROM p
  )
  SELECT row_to_json(r) AS row FROM (SELECT ${PAYMENT_COLUMNS}, NULL AS operation FROM p) r`;

export const FIND_KEY = `SELECT fingerprint, resource_id FROM platform.idempotency_keys
  WHERE caller = $1 AND key = $2`;
