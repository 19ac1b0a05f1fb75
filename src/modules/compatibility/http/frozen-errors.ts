import { type FastifyRequest } from 'fastify';
import { type ErrorDialect } from '../../../platform/http/error-dialect';
import { internalError } from '../../../platform/http/http.errors';
import { decodedPathOf } from '../../../platform/http/request-target';
import { type AppError, type CredentialsProblem } from '../../../shared/app-error';
import {
  compatibilityDisabled,
  invoiceDoesNotExist,
  pageInvalid,
  paymentDoesNotExist,
} from '../compatibility.errors';

const FROZEN = /^\/api\/paypal-(?:payments|invoices)(?:\/|$)/;
const CUSTOMERS = /^\/api\/customers(?:\/|$)/;

/**
 * How the older API tells errors: `{"detail": "…"}`, or the messages of each field. It does so at its own addresses and
 * at those of customers as it writes them, with a slash at the end.
 */
export function frozenErrors(isEnabled: boolean): ErrorDialect {
  return {
    speaksFor: (request) => {
      const path = pathOf(request);
      const route = request.routeOptions.url ?? path;
      return FROZEN.test(route) || (CUSTOMERS.test(route) && path.endsWith('/'));
    },
    tell: (error, request) => {
      const isOff = !isEnabled && FROZEN.test(pathOf(request));
      const told = isOff ? compatibilityDisabled('PayPal extension is disabled.') : error;
      const status = statusOf(told);
      return {
        status,
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          ...(status === 401 ? { 'WWW-Authenticate': 'Token' } : {}),
        },
        body: bodyOf(told, status),
      };
    },
  };
}

function pathOf({ raw }: FastifyRequest): string {
  return decodedPathOf(raw.url ?? '');
}

/** The older API knew no 422. One that names no field is about the Idempotency-Key, which is new to it. */
function statusOf({ definition, context }: AppError): number {
  return definition.status === 422 && context.errors ? 400 : definition.status;
}

function bodyOf(error: AppError, status: number): object {
  const { errors = [] } = error.context;
  if (status !== 400 || errors.length === 0) return { detail: detailOf(error, status) };
  const messages = new Map<string, readonly string[]>();
  for (const { pointer, detail } of errors) {
    const field = fieldOf(pointer);
    messages.set(field, [...(messages.get(field) ?? []), detail]);
  }
  return Object.fromEntries(messages);
}

/** `amount` for `/amount`, `?amount` and `/amount/0`. */
function fieldOf(pointer: string): string {
  return /^[/?]([^/]+)/.exec(pointer)?.[1] ?? 'non_field_errors';
}

const CREDENTIALS: Readonly<Record<CredentialsProblem, string>> = {
  absent: 'Authentication credentials were not provided.',
  empty: 'Invalid token header. No credentials provided.',
  spaced: 'Invalid token header. Token string should not contain spaces.',
  unknown: 'Invalid token.',
};

/** Refusals that clients compare by their text. */
const IN_OWN_WORDS = [pageInvalid.code, paymentDoesNotExist.code, invoiceDoesNotExist.code];

function detailOf({ code, message, context }: AppError, status: number): string {
  if (status === 401) return CREDENTIALS[context.credentials ?? 'absent'];
  if (status === 403) return 'You do not have permission to perform this action.';
  if (status === 429) return throttledFor(context.retryAfterS ?? 1);
  if (status === 404 && !IN_OWN_WORDS.includes(code)) return 'Not found.';
  return code === internalError.code ? 'A server error occurred.' : message;
}

function throttledFor(seconds: number): string {
  const unit = seconds === 1 ? 'second' : 'seconds';
  return `Request was throttled. Expected available in ${seconds} ${unit}.`;
}
