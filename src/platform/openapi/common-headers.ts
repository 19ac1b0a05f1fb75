import { type OpenAPIObject } from '@nestjs/swagger';
import { type Operation, answersOf, isSecured, operationsOf, takesHeader } from './operations';

const text = { type: 'string' as const };

/** Headers that no operation has to describe itself. */
const HEADERS = {
  'Request-Id': {
    description: 'Id of this request; the caller’s own when it sent one.',
    schema: text,
    example: '01890a5d-ac96-774b-bcce-b302099a8057',
  },
  /** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
  RateLimit: {
    description:
      'What is left for this caller: `r` requests until `t` seconds have passed. A structured field (RFC 9651).',
    schema: text,
    example: '"default";r=599;t=60',
  },
  'RateLimit-Policy': {
    description: 'What every caller may do: `q` requests in `w` seconds. A structured field.',
    schema: text,
    example: '"default";q=600;w=60',
  },
  'Retry-After': {
    description: 'Seconds after which the same request may succeed.',
    schema: { type: 'integer' as const, minimum: 0 },
    example: 2,
  },
  'Idempotent-Replayed': {
    description: '`true` when the Idempotency-Key was seen before and nothing was done again.',
    schema: { ...text, enum: ['true'] },
    example: 'true',
  },
  'WWW-Authenticate': {
    description: 'The scheme that is wanted.',
    schema: text,
    example: 'Bearer',
  },
};

type Name = keyof typeof HEADERS;

/** What may tell how long to wait. */
const WAITING = ['409', '429', '502', '503'];
/** Refusals that are told before anybody looks at the Idempotency-Key. */
const BEFORE_KEYS = ['400', '401', '403', '404', '413', '415', '429'];

/** Says which operations want a key, and which headers every answer has. */
export function withCommonHeaders(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components, headers: { ...HEADERS } };
  for (const { operation } of operationsOf(document)) {
    operation.security ??= document.security ?? [];
    for (const [status, answer] of answersOf(operation)) {
      const names = namesFor(operation, status);
      const common = names.map((name) => [name, { $ref: `#/components/headers/${name}` }] as const);
      answer.headers = { ...Object.fromEntries(common), ...answer.headers };
    }
  }
  return document;
}

function namesFor(operation: Operation, status: string): readonly Name[] {
  const knowsCaller = isSecured(operation) && status !== '401';
  const mayBeReplayed = takesHeader(operation, 'Idempotency-Key') && !BEFORE_KEYS.includes(status);
  return [
    'Request-Id',
    ...(knowsCaller ? (['RateLimit', 'RateLimit-Policy'] as const) : []),
    ...(mayBeReplayed ? (['Idempotent-Replayed'] as const) : []),
    ...(WAITING.includes(status) ? (['Retry-After'] as const) : []),
    ...(status === '401' ? (['WWW-Authenticate'] as const) : []),
  ];
}
