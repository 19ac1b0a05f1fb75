import { Client } from 'pg';
import { generateApiKey, hashApiKey } from '../src/platform/auth/api-key';
import { exampleUuids } from '../src/shared/example-ids';

/** Payments that are there before anything is measured: the indexes have their usual height. */
const PAYMENTS = 20_000;
const CUSTOMERS = 500;

export const SUBJECT = 'bench';
export const CUSTOMER = exampleUuids.customer;

/**
 * Kassa looks at unfinished payments again after two minutes. It would do so with thousands of them in the middle
 * of whatever is being measured then, so here they come up after the run.
 */
const SEED = `
  ALTER TABLE payments.payments ALTER COLUMN next_look_at SET DEFAULT now() + interval '1 day';

  INSERT INTO customers.customers (id, name, email, country)
  SELECT CASE n WHEN 1 THEN '${CUSTOMER}' ELSE uuidv7() END, 'Customer ' || n, 'c' || n || '@example.com', 'NL'
  FROM generate_series(1, ${CUSTOMERS}) n;

  INSERT INTO customers.owners (customer_id, subject) SELECT id, '${SUBJECT}' FROM customers.customers;

  WITH customer AS (SELECT array_agg(id) AS ids FROM customers.customers)
  INSERT INTO payments.payments (id, account, chosen_because, customer_id, state, amount_minor, currency,
    captured_minor, description, return_url, cancel_url, locale, metadata, provider_payment_id, provider_token,
    provider_state, checkout_url, pay_method, payer_id, paid_at, version, created_by, created_at, updated_at)
  SELECT uuidv7(at - now()), 'paypal', 'requested', ids[1 + n % ${CUSTOMERS}], state, 1000 + n % 9000, 'EUR',
    CASE state WHEN 'paid' THEN 1000 + n % 9000 ELSE 0 END, 'Order ' || n, 'https://shop.example.com/return',
    'https://shop.example.com/cancel', 'nl-NL', jsonb_build_object('order', n::text, 'shop', 'Amsterdam'), o, o,
    CASE state WHEN 'paid' THEN 'COMPLETED' ELSE 'PAYER_ACTION_REQUIRED' END,
    'https://www.paypal.com/checkoutnow?token=' || o, 'paypal', CASE state WHEN 'paid' THEN '7E7MGXCWTTKK2' END,
    CASE state WHEN 'paid' THEN at + interval '1 minute' END, 3, '${SUBJECT}', at, at + interval '1 minute'
  FROM customer, generate_series(1, ${PAYMENTS}) n,
    LATERAL (SELECT now() - n * interval '37.001003 seconds' AS at, 'ORDER' || lpad(n::text, 12, '0') AS o,
      CASE WHEN n % 10 < 6 THEN 'paid' WHEN n % 10 < 8 THEN 'open' WHEN n % 10 = 8 THEN 'canceled'
        ELSE 'expired' END AS state) x;

  INSERT INTO payments.operations (id, payment_id, kind, slot, provider_key, request_hash, state, lease_until,
    next_attempt_at, created_by, settled_at)
  SELECT uuidv7(), id, 'create', 1, 'seed.' || id, 'seed', 'succeeded', created_at, created_at, '${SUBJECT}',
    created_at FROM payments.payments;

  INSERT INTO payments.state_changes (payment_id, seq, to_state, trigger, cause, actor, at)
  SELECT id, version, state, 'open', 'api', '${SUBJECT}', created_at FROM payments.payments;`;

/** Fills an empty database. Returns the key of a user who owns every customer, so that ownership is checked each time. */
export async function seed(database: Client): Promise<string> {
  const key = await insertKey(database, 'user');
  await database.query(SEED);
  await database.query('VACUUM ANALYZE');
  await database.query('CHECKPOINT');
  return key;
}

export async function insertKey(database: Client, role: 'user' | 'staff'): Promise<string> {
  const key = generateApiKey();
  await database.query(
    `INSERT INTO platform.api_keys (id, hash, subject, role, label) VALUES (uuidv7(), $1, $2, $3, 'bench')`,
    [hashApiKey(key), SUBJECT, role],
  );
  return key;
}

export async function openClient(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Both servers begin on empty tables, and neither has to work on what it or the other one was sent before. */
export async function forgetNotifications(database: Client): Promise<void> {
  await database.query(
    'TRUNCATE providers.notifications, graphile_worker._private_jobs, bare.notifications',
  );
}
