import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastify as createFastify, type FastifyInstance } from 'fastify';
import { type Logger } from '../logging/log';
import { type Metrics } from '../metrics/metrics';
import '../auth/fastify-request';
import { addCors } from './cors';
import { type CorsOrigins } from './cors-origins';
import { malformedRequest } from './http.errors';
import { type ErrorDialect } from './error-dialect';
import { readJsonBody } from './json-body';
import { sendProblem } from './problem.filter';
import { JSON_BODY_BYTES_MAX, jsonMembersMax, rawBodyBytesMax } from './raw-body';
import { isAwaited, whenEnded } from './request-end';
import { addRequestLines, requestTeller } from './request-lines';
import { SAFETY_HEADERS } from './safety-headers';
import { answerUnreadable } from './unreadable';

/** A request must have arrived completely within this time; slow senders are closed. */
const REQUEST_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 5_000;
/** Longer than common load balancers keep idle connections, so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;
const CONNECTIONS_MAX = 2_000;

const REQUEST_ID = /^[\w.:-]{1,100}$/;

export interface HttpServerOptions {
  readonly metrics: Metrics;
  readonly publicUrl: string | null;
  /** Whose `X-Forwarded-…` headers are believed; null: nobody's. */
  readonly trustedProxies: readonly string[] | null;
  readonly corsOrigins: CorsOrigins;
  readonly errorDialects: readonly ErrorDialect[];
}

/** Fastify as this API needs it: request ids, strict bodies, and one form for whatever fails before a route runs. */
export function createHttpServer(
  log: Logger,
  { metrics, publicUrl, trustedProxies, corsOrigins, errorDialects }: HttpServerOptions,
): FastifyAdapter {
  const tell = requestTeller(log, metrics);
  const fastify: FastifyInstance = createFastify({
    bodyLimit: JSON_BODY_BYTES_MAX,
    trustProxy: trustedProxies === null ? false : [...trustedProxies],
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Who still has a connection while the process ends is answered as ever, by everything that made it so.
    return503OnClosing: false,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    genReqId: (request) => {
      const given = request.headers['request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    clientErrorHandler: answerUnreadable,
    // Addresses that no route can be looked up for never pass a hook.
    frameworkErrors: (thrown, request, reply) => {
      const startedMs = performance.now();
      whenEnded(request.raw, reply.raw, () => tell(request, reply, startedMs));
      sendProblem({ reply, request, thrown, log });
    },
  });
  fastify.server.headersTimeout = HEADERS_TIMEOUT_MS;
  fastify.server.maxConnections = CONNECTIONS_MAX;
  // Node.js would refuse what it does not know itself, without a reason and without an id.
  fastify.server.on('checkExpectation', (request, response) => {
    fastify.server.emit('request', request, response);
  });
  fastify.decorateRequest('caller', null);
  fastify.decorate('publicUrl', publicUrl);
  fastify.decorate('errorDialects', errorDialects);
  fastify.decorate('corsOrigins', corsOrigins);
  addBodyParsers(fastify);
  addHooks(fastify);
  addRequestLines(fastify, tell);
  if (corsOrigins !== null) addCors(fastify);
  return new FastifyAdapter(fastify);
}

function addBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    if (rawBodyBytesMax(request.routeOptions.config) !== null) return done(null, bytes);
    try {
      done(null, readJsonBody(bytes, jsonMembersMax(request.routeOptions.config)));
    } catch (error) {
      done(error instanceof Error ? error : malformedRequest('The body cannot be read.'));
    }
  });
}

function addHooks(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const bytesMax = rawBodyBytesMax(route.config);
    if (bytesMax !== null) route.bodyLimit = bytesMax;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('Request-Id', request.id).headers(SAFETY_HEADERS);
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // Who keeps its connection to a process that ends would send the next request into it.
    const isLast = !fastify.server.listening && !isAwaited(request.raw.socket);
    if (isLast) void reply.header('Connection', 'close');
    done(null, payload);
  });
}
