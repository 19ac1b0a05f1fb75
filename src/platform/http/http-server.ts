import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastify as createFastify, type FastifyInstance } from 'fastify';
import { type Logger } from '../logging/log';
import '../auth/fastify-request';
import { malformedRequest } from './http.errors';
import { readJsonBody } from './json-body';
import { sendProblem } from './problem.filter';
import { RAW_BODY_BYTES_MAX, wantsRawBody } from './raw-body';
import { SAFETY_HEADERS } from './safety-headers';
import { answerUnreadable } from './unreadable';

/** The largest body any route takes; invoices with hundreds of lines stay below. */
const BODY_BYTES_MAX = 64 * 1024;
/** A request must have arrived completely within this time; slow senders are closed. */
const REQUEST_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 5_000;
/** Longer than common load balancers keep idle connections, so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;
const CONNECTIONS_MAX = 2_000;

const REQUEST_ID = /^[\w.:-]{1,100}$/;

/** Fastify as this API needs it: request ids, strict bodies, problem+json for whatever fails before a route runs. */
export function createHttpServer(log: Logger, publicUrl: string | null): FastifyAdapter {
  const fastify: FastifyInstance = createFastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    genReqId: (request) => {
      const given = request.headers['request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (thrown, request, reply) => sendProblem({ reply, request, thrown, log }),
  });
  fastify.server.headersTimeout = HEADERS_TIMEOUT_MS;
  fastify.server.maxConnections = CONNECTIONS_MAX;
  fastify.decorateRequest('caller', null);
  fastify.decorate('publicUrl', publicUrl);
  addBodyParsers(fastify);
  addHooks(fastify, log);
  return new FastifyAdapter(fastify);
}

function addBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    if (wantsRawBody(request.routeOptions.config)) return done(null, bytes);
    try {
      done(null, readJsonBody(bytes));
    } catch (error) {
      done(error instanceof Error ? error : malformedRequest('The body cannot be read.'));
    }
  });
}

function addHooks(fastify: FastifyInstance, log: Logger): void {
  fastify.addHook('onRoute', (route) => {
    if (wantsRawBody(route.config)) route.bodyLimit = RAW_BODY_BYTES_MAX;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('Request-Id', request.id).headers(SAFETY_HEADERS);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    log.info({
      request_id: request.id,
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      caller: request.caller?.subject ?? null,
    });
    done();
  });
}
