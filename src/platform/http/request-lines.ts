import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import '../auth/fastify-request';
import { type Logger } from '../logging/log';
import { enterLogContext, leaveLogContext } from '../logging/log-context';
import { type Metrics } from '../metrics/metrics';
import { logsMore } from './log-lines';
import { whenEnded } from './request-end';

declare module 'fastify' {
  interface FastifyReply {
    /** Whether whoever answers the request is done with it. */
    isMade: boolean;
    /** Whether the caller has the answer, or hung up. */
    isEnded: boolean;
  }
}

/** What servers say among themselves of a caller that hung up before it had the answer; nobody is sent it. */
const HUNG_UP = 499;

export type TellRequest = (request: FastifyRequest, reply: FastifyReply, startedMs: number) => void;

/** One line and one measurement for a request that ended, whoever ended it. */
export function requestTeller(log: Logger, metrics: Metrics): TellRequest {
  return (request, reply, startedMs) => {
    const { method } = request;
    const durationMs = performance.now() - startedMs;
    const route = request.routeOptions.url ?? null;
    const status = reply.raw.writableFinished ? reply.statusCode : HUNG_UP;
    metrics.requestEnded({ method, route, status, durationMs });
    log.info({
      request_id: request.id,
      method,
      route,
      status,
      ms: Math.round(durationMs),
      caller: request.caller?.subject ?? null,
    });
  };
}

/**
 * Every line of a request carries its id until both its caller and whoever answers it are done: a command goes on after
 * its caller hung up, and what it does is to be found by that id.
 */
export function addRequestLines(fastify: FastifyInstance, tell: TellRequest): void {
  fastify.decorateReply('isMade', false);
  fastify.decorateReply('isEnded', false);
  fastify.addHook('onRequest', (request, reply, done) => {
    const startedMs = performance.now();
    whenEnded(request.raw, reply.raw, () => {
      tell(request, reply, startedMs);
      reply.isEnded = true;
      if (reply.isMade) leave(request);
    });
    enterLogContext({ request_id: request.id }, { isWorthIt: logsMore(request) }, done);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // What fails while it is sent is sent again, as an error.
    if (reply.isEnded && !reply.isMade) leave(request);
    reply.isMade = true;
    done(null, payload);
  });
}

function leave(request: FastifyRequest): void {
  leaveLogContext({ isWorthIt: logsMore(request) });
}
