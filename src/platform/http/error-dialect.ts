import { type FastifyRequest } from 'fastify';
import { type AppError } from '../../shared/app-error';

/**
 * How errors are told at some addresses. Everywhere else it is `application/problem+json`. Who speaks another dialect
 * hands it in when the server is created.
 */
export interface ErrorDialect {
  /** Whether the request is to one of these addresses; also asked where no route was found for it. */
  speaksFor(request: FastifyRequest): boolean;
  tell(error: AppError, request: FastifyRequest): ToldError;
}

/** An error as it goes out. `Request-Id`, `Retry-After` and the safety headers are added to every dialect. */
export interface ToldError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}
