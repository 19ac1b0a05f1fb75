import { type Answer } from '../http/answer';
import { debugId } from '../ids';
import { ISSUES, type Problem } from './issues';

const ERROR_PAGE = 'https://developer.paypal.com/api/rest/reference/orders/v2/errors/';

interface Link {
  href: string;
  rel: string;
  method?: string;
}

const NAMES: Record<number, [name: string, message: string]> = {
  400: ['INVALID_REQUEST', 'The request is malformed or breaks its schema.'],
  401: ['AUTHENTICATION_FAILURE', 'The call carries no valid credentials.'],
  403: ['NOT_AUTHORIZED', 'The caller lacks the permission for this.'],
  404: ['RESOURCE_NOT_FOUND', 'There is no such resource.'],
  409: ['RESOURCE_CONFLICT', 'Another call works on the same thing.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'The media type of the body is not supported.'],
  422: ['UNPROCESSABLE_ENTITY', 'The request was understood but cannot be carried out.'],
  429: ['RATE_LIMIT_REACHED', 'Too many requests.'],
  503: ['SERVICE_UNAVAILABLE', 'The service is not available.'],
};

/** An error in the shape of the gateway; the first problem decides about the status. */
export function refuse(problems: [Problem, ...Problem[]], moreLinks: Link[] = []): Answer {
  const [first] = problems;
  const [status] = ISSUES[first.issue];
  const details = problems.map((problem) => ({
    ...problem,
    ...('value' in problem ? { value: asText(problem.value) } : {}),
    description: ISSUES[problem.issue][1],
  }));
  return {
    status,
    body: { ...named(status), details, links: [pageOf(first.issue), ...moreLinks] },
  };
}

export function unknownOrder(): Answer {
  return unknownId('order_id');
}

export function unknownId(field: string): Answer {
  return refuse([{ issue: 'INVALID_RESOURCE_ID', field, location: 'path' }]);
}

export function malformed(): Answer {
  return refuse([{ issue: 'MALFORMED_REQUEST_JSON', location: 'body' }]);
}

/** No Authorization header at all, which has another shape than a bad token. */
export function notAuthenticated(): Answer {
  return { status: 401, body: { ...named(401), links: [pageOf('AUTHENTICATION_FAILURE')] } };
}

export function oauthError(status: 400 | 401, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

export function tooManyRequests(): Answer {
  return { status: 429, body: named(429) };
}

/** A 500 has nothing but a name and a message. */
export function serverError(status: number): Answer {
  if (status === 500)
    return { status, body: { name: 'INTERNAL_SERVER_ERROR', message: 'An error.' } };
  return { status, body: named(status) };
}

function named(status: number): { name: string; message: string; debug_id: string } {
  const [name, message] = NAMES[status] ?? ['INTERNAL_SERVER_ERROR', 'An error.'];
  return { name, message, debug_id: debugId() };
}

/** PayPal shows what was sent as a text, whatever it was. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function pageOf(code: string): Link {
  return { href: `${ERROR_PAGE}#${code}`, rel: 'information_link' };
}
