import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from '../logging/log';
import { AppError } from '../../shared/app-error';
import { toAppError, toProblem } from './problem';
import { SAFETY_HEADERS } from './safety-headers';

/** Renders whatever was thrown as problem+json; the only place that decides about an error's status. */
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
    log.error({ request_id: request.id, code: error.code, error: described(thrown) }, 'failed');
  } else if (!(thrown instanceof AppError) && error.code === 'malformed_request') {
    log.warn({ request_id: request.id, error: described(thrown) }, 'refused late');
  }
  const { retryAfterS, isReplayed } = error.context;
  if (retryAfterS !== undefined) void reply.header('Retry-After', retryAfterS);
  if (isReplayed) void reply.header('Idempotent-Replayed', 'true');
  if (error.definition.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
  void reply
    .status(error.definition.status)
    // Addresses that no route can be looked up for never pass the hooks that set these.
    .headers({ ...SAFETY_HEADERS, 'Request-Id': request.id })
    .header('Content-Type', 'application/problem+json; charset=utf-8')
    .send(toProblem(error, request.id));
}

/** Where it came from. Messages of errors with a code (the database's) may quote values, so they are left out. */
function described(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const frames = (thrown.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const what = 'code' in thrown ? `${thrown.name} ${String(thrown.code)}` : String(thrown);
  return [what, ...frames].join('\n');
}
