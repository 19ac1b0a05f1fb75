import { SAFETY_HEADERS } from '../src/platform/http/safety-headers';
import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { createPayment } from './bare/create-payment';
import { Gateway } from './bare/gateway';
import { uuidOf } from './bare/ids';
import { authenticate } from './bare/keys';
import { countRequest } from './bare/limits';
import { addNotifications } from './bare/notifications';
import { toAnswer } from './bare/payment-view';
import { findPayment, listPayments } from './bare/read-payments';
import { Refused } from './bare/refused';

/**
 * The yardstick: what somebody would write who wants nothing but speed. Fastify and pg, no framework, no validation
 * library, the fewest statements; but every row, every check and every answer that the same requests need in Kassa.
 */
const { DATABASE_URL, POOL_SIZE, PUBLIC_URL = '', GATEWAY_URL = '' } = process.env;
const { CLIENT_ID = '', CLIENT_SECRET = '' } = process.env;

/** Kassa's settings of a connection. */
const pool = new Pool({
  connectionString: DATABASE_URL,
  max: Number(POOL_SIZE),
  connectionTimeoutMillis: 5_000,
  statement_timeout: 5_000,
  lock_timeout: 4_000,
  idle_in_transaction_session_timeout: 10_000,
  options: '-c TimeZone=UTC -c synchronous_commit=on',
});
const gateway = new Gateway(GATEWAY_URL, CLIENT_ID, CLIENT_SECRET);

function addRoutes(app: FastifyInstance): void {
  app.get<{ Params: { id: string } }>('/api/payments/:id', async (request, reply) => {
    const who = await authenticate(pool, request.headers.authorization);
    countRequest(who, reply);
    const id = uuidOf('pay', request.params.id);
    if (id === null) throw new Refused(404, 'There is no such payment.');
    return toAnswer(await findPayment(pool, who, id), PUBLIC_URL);
  });

  app.get<{ Querystring: Record<'limit' | 'cursor', string> }>(
    '/api/payments',
    async (request, reply) => {
      const who = await authenticate(pool, request.headers.authorization);
      countRequest(who, reply);
      const asked = { ...request.query, url: PUBLIC_URL + request.url, base: PUBLIC_URL };
      return listPayments(pool, who, asked);
    },
  );

  app.post('/api/payments', async (request, reply) => {
    const who = await authenticate(pool, request.headers.authorization);
    countRequest(who, reply);
    const header = request.headers['idempotency-key'];
    const key = typeof header === 'string' ? header : null;
    const payment = await createPayment(pool, gateway, { who, key, body: request.body });
    const answer = toAnswer(payment, PUBLIC_URL);
    void reply.status(201).header('Location', answer._links.self);
    return answer;
  });
}

async function main(): Promise<void> {
  const app = fastify({
    bodyLimit: 64 * 1024,
    genReqId: ({ headers }) => {
      const given = headers['request-id'];
      return typeof given === 'string' && given.length <= 100 ? given : randomUUID();
    },
  });
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('Request-Id', request.id).headers(SAFETY_HEADERS);
    done();
  });
  addRoutes(app);
  // A scope of its own: there, bodies are not parsed before they are stored.
  void app.register((scope, _options, done) => {
    addNotifications(scope, pool);
    done();
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.exit(0));
  process.send?.({ listening: url });
}

void main();
