import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from '../logging/log';
import { AppError } from '../../shared/app-error';
import { toAppError, toProblem } from './problem';

/** Renders whatever was thrown as problem+json; the only place that decides about an error's status. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    sendProblem(reply, request, thrown, this.log);
  }
}

export function sendProblem(
  reply: FastifyReply,
  request: FastifyRequest,
  thrown: unknown,
  log: Logger,
): void {
  const error = toAppError(thrown);
  if (error.definition.status >= 500) {
    log.error({ request_id: request.id, code: error.code, error: described(thrown) }, 'failed');
  } else if (!(thrown instanceof AppError) && error.code === 'malformed_request') {
    log.warn({ request_id: request.id, error: described(thrown) }, 'refused late');
  }
  const { retryAfterS } = error.context;
  if (retryAfterS !== undefined) void reply.header('Retry-After', retryAfterS);
  if (error.definition.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
  void reply
    .status(error.definition.status)
    // Addresses that no route can be looked up for never pass the hook that sets it.
    .header('Request-Id', request.id)
    .header('Content-Type', 'application/problem+json; charset=utf-8')
    .send(toProblem(error, request.id));
}

/** The stack of our own code; messages of libraries may hold parameters, so only their class and code are kept. */
function described(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const code = 'code' in thrown ? ` ${String(thrown.code)}` : '';
  return `${thrown.name}${code}: ${thrown.stack ?? thrown.message}`;
}
