import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { describeError } from '../logging/describe-error';
import { type Logger } from '../logging/log';
import { AppError } from '../../shared/app-error';
import '../auth/fastify-request';
import { corsHeadersFor } from './cors';
import { type ErrorDialect } from './error-dialect';
import { toAppError, toProblem } from './problem';
import { SAFETY_HEADERS } from './safety-headers';

/** Tells whatever was thrown, as problem+json unless the address has a dialect of its own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    sendProblem({ reply, request, thrown, log: this.log });
  }
}

export interface FailedRequest {
  readonly reply: FastifyReply;
  readonly request: FastifyRequest;
  readonly thrown: unknown;
  readonly log: Logger;
}

export function sendProblem({ reply, request, thrown, log }: FailedRequest): void {
  const error = toAppError(thrown);
  if (error.definition.status >= 500) {
    log.error({ request_id: request.id, code: error.code, error: describeError(thrown) }, 'failed');
  } else if (!(thrown instanceof AppError) && error.code === 'malformed_request') {
    log.warn({ request_id: request.id, error: describeError(thrown) }, 'refused late');
  }
  const { retryAfterS, isReplayed } = error.context;
  if (retryAfterS !== undefined) void reply.header('Retry-After', retryAfterS);
  if (isReplayed) void reply.header('Idempotent-Replayed', 'true');
  const dialects = request.server.errorDialects;
  const dialect = dialects.find((one) => one.speaksFor(request)) ?? PROBLEM_JSON;
  const { status, headers, body } = dialect.tell(error, request);
  void reply
    .status(status)
    // Addresses that no route can be looked up for never pass the hooks that set these.
    .headers({
      ...SAFETY_HEADERS,
      ...corsHeadersFor(request),
      'Request-Id': request.id,
      ...headers,
    })
    .send(body);
}

const PROBLEM_JSON: ErrorDialect = {
  speaksFor: () => true,
  tell: (error, request) => ({
    status: error.definition.status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      ...(error.definition.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    },
    body: toProblem(error, request.id),
  }),
};
