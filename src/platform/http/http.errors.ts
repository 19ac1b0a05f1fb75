import { defineError } from '../../shared/app-error';

export const malformedRequest = defineError('malformed_request', {
  status: 400,
  title: 'The request cannot be read',
  cure: 'Send UTF-8 JSON with every key once, whole numbers for amounts, no NUL and no broken surrogates.',
  example: { detail: 'The body is not valid JSON. Check quotes, commas and brackets.' },
});

export const invalidRequest = defineError('invalid_request', {
  status: 422,
  title: 'The request is not acceptable',
  cure: 'Correct the fields listed in `errors`; each entry names the place and says what to send.',
  example: {
    detail: '/colour: There is no field "colour" here. Remove it.',
    errors: [
      {
        pointer: '/colour',
        code: 'unknown_field',
        detail: 'There is no field "colour" here. Remove it.',
      },
    ],
  },
});

export const unauthorized = defineError('unauthorized', {
  status: 401,
  title: 'No valid API key or token',
  cure: 'Send `Authorization: Bearer <key>`. Keys are made with `npm run keys -- create`; tokens come from the issuer that OIDC_ISSUER names.',
  example: { detail: 'Send `Authorization: Bearer <API key>`.' },
});

export const forbidden = defineError('forbidden', {
  status: 403,
  title: 'Not allowed',
  cure: 'Use a key whose role or customers cover what you ask for.',
  example: { detail: 'The role user may not do this. Use a staff key.' },
});

export const routeNotFound = defineError('route_not_found', {
  status: 404,
  title: 'No such address',
  cure: 'Compare the method and the path with the API document at /docs.',
});

export const bodyTooLarge = defineError('body_too_large', {
  status: 413,
  title: 'The body is too large',
  cure: 'Keep bodies at 64 kB or less.',
  example: { detail: 'The body is larger than 64 kB. Send less.' },
});

export const unsupportedMediaType = defineError('unsupported_media_type', {
  status: 415,
  title: 'The content type is not supported',
  cure: 'Send the body as `Content-Type: application/json`.',
  example: { detail: 'Send `Content-Type: application/json`.' },
});

export const idempotencyKeyReused = defineError('idempotency_key_reused', {
  status: 422,
  title: 'The idempotency key belongs to another request',
  cure: 'Use a new key for a new request; repeat a request with its key and the very same body.',
  example: {
    detail:
      'The Idempotency-Key "order-1234" was used for another request. Use a new key for this one.',
  },
});

export const idempotencyKeyInFlight = defineError('idempotency_key_in_flight', {
  status: 409,
  title: 'The first request with this key still runs',
  cure: 'Wait a second and repeat the request with the same key.',
  retryable: true,
  example: {
    detail:
      'The first request with the Idempotency-Key "order-1234" still runs. Repeat this one in a second.',
  },
});

export const rateLimited = defineError('rate_limited', {
  status: 429,
  title: 'Too many requests',
  cure: 'Wait `Retry-After` seconds; `RateLimit` in every answer says how many requests are left.',
  retryable: true,
  example: {
    detail: 'You sent more requests than a minute allows. Wait 1 s, then send fewer.',
  },
});

export const issuerUnavailable = defineError('issuer_unavailable', {
  status: 503,
  title: 'The issuer of the token does not answer',
  cure: 'Repeat the request after `Retry-After` seconds. API keys work meanwhile.',
  retryable: true,
  example: {
    detail:
      'The issuer of the token cannot be asked for its keys right now. Try again shortly; API keys work.',
  },
});

export const databaseUnavailable = defineError('database_unavailable', {
  status: 503,
  title: 'The database does not answer',
  cure: 'Repeat the request after `Retry-After` seconds, with the same Idempotency-Key.',
  retryable: true,
  example: { detail: 'The database does not answer right now. Try again shortly.' },
});

export const shuttingDown = defineError('shutting_down', {
  status: 503,
  title: 'The process ends',
  cure: 'Send requests to another process; those under way are still answered.',
  retryable: true,
  example: { detail: 'The process ends. Send requests to another one.' },
});

export const internalError = defineError('internal_error', {
  status: 500,
  title: 'A defect on our side',
  cure: 'Report it with the `request_id`. Repeat the request only with the same Idempotency-Key.',
});

export const httpErrors = [
  malformedRequest,
  invalidRequest,
  unauthorized,
  forbidden,
  routeNotFound,
  bodyTooLarge,
  unsupportedMediaType,
  idempotencyKeyReused,
  idempotencyKeyInFlight,
  rateLimited,
  issuerUnavailable,
  databaseUnavailable,
  shuttingDown,
  internalError,
];
