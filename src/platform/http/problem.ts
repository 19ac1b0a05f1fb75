import { AppError } from '../../shared/app-error';
import { isObject } from '../../shared/json';
import { ONLY_READS, sqlState } from '../database/sql-state';
import {
  bodyTooLarge,
  databaseUnavailable,
  internalError,
  malformedRequest,
  routeNotFound,
  unsupportedMediaType,
} from './http.errors';

/** An `application/problem+json` document (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly retryable: boolean;
  readonly request_id: string;
  readonly [member: string]: unknown;
}

export function toProblem(error: AppError, requestId: string): Problem {
  const { definition, context } = error;
  return {
    type: `/problems/${error.code}`,
    title: definition.title,
    status: definition.status,
    detail: error.message,
    code: error.code,
    retryable: definition.retryable ?? false,
    request_id: requestId,
    ...(context.errors ? { errors: context.errors } : {}),
    ...(context.provider ? { provider: context.provider } : {}),
    ...context.members,
  };
}

const DATABASE_RETRY_AFTER_S = 2;

/** Connection trouble: the server is away, restarting, full, or cancelled the statement. */
const DATABASE_AWAY =
  /^(?:08|53|57P|55P03|57014|25P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
const DATABASE_AWAY_MESSAGE =
  /^(?:Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Everything that can be thrown, as an error that the API knows; what it does not know is our defect. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = isObject(error) ? Number(error['statusCode'] ?? error['status']) : NaN;
  if (status === 413) return bodyTooLarge('The body is larger than 64 kB. Send less.');
  if (status === 415) return unsupportedMediaType('Send `Content-Type: application/json`.');
  if (status === 404) return routeNotFound('There is nothing at this method and path; see /docs.');
  if (status >= 400 && status < 500) return malformedRequest(unreadableDetail(error));
  return databaseError(error) ?? internalError('Something went wrong on our side.');
}

/** What Fastify refuses before a route runs, in words that say what to do. */
const UNREADABLE = new Map([
  ['FST_ERR_BAD_URL', 'The address is not valid. Write it as percent-encoded UTF-8.'],
  ['FST_ERR_MAX_PARAM_LENGTH', 'A part of the address is longer than any id. Check the id.'],
]);

function unreadableDetail(error: unknown): string {
  const code = isObject(error) ? error['code'] : undefined;
  const message = messageOf(error);
  return UNREADABLE.get(String(code)) ?? (/[.!?]$/.test(message) ? message : `${message}.`);
}

function databaseError(error: unknown): AppError | null {
  const code = sqlState(error) ?? '';
  if (DATABASE_AWAY.test(code) || DATABASE_AWAY_MESSAGE.test(messageOf(error))) {
    return databaseUnavailable('The database does not answer right now. Try again shortly.', {
      retryAfterS: DATABASE_RETRY_AFTER_S,
    });
  }
  if (code === ONLY_READS) {
    return databaseUnavailable('The database only reads right now. Try again shortly.', {
      retryAfterS: DATABASE_RETRY_AFTER_S,
    });
  }
  // A schema or a table of ours is not there (yet): another version's database.
  if (code === '3F000' || code === '42P01') {
    return databaseUnavailable(
      'The database lacks migrations of this version. Start one process with MIGRATE_ON_START=true.',
      { retryAfterS: DATABASE_RETRY_AFTER_S },
    );
  }
  // A value that the database refuses slipped through validation: the caller gets a 4xx, the log an alarm.
  if (/^22/.test(code)) {
    return malformedRequest('A value cannot be stored. Check lengths, numbers and characters.');
  }
  return null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The request cannot be read.';
}
