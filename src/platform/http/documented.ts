import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { type ErrorKind, showing } from '../../shared/app-error';
import {
  bodyTooLarge,
  databaseUnavailable,
  idempotencyKeyInFlight,
  idempotencyKeyReused,
  invalidRequest,
  issuerUnavailable,
  malformedRequest,
  rateLimited,
  unauthorized,
  unsupportedMediaType,
} from './http.errors';
import { ProblemResponse } from './problem.response';
import { toProblem } from './problem';

/** A successful answer of an operation. */
export interface DocumentedAnswer {
  readonly status: number;
  readonly description: string;
  readonly type: Type;
  /** Answers the first request example, where there are any. */
  readonly example: unknown;
  /** Answers to other request examples, by their keys. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A successful answer that is no JSON but a file. */
export interface DocumentedFile {
  readonly status: number;
  readonly description: string;
  readonly mediaType: string;
  /** How such a file begins. */
  readonly example: string;
}

/** An answer that says all by its status and its headers. */
export interface DocumentedStatus {
  readonly status: number;
  readonly description: string;
}

type AnyAnswer = DocumentedAnswer | DocumentedFile | DocumentedStatus;

export interface Documentation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** The first one is the usual one. */
  readonly answers: readonly [AnyAnswer, ...AnyAnswer[]];
  readonly errors?: readonly ErrorKind[];
  /** A POST: takes an `Idempotency-Key` and a body. */
  readonly idempotent?: boolean;
  /** Doing it twice at the same time is harmless, so that no key is ever in flight. */
  readonly isRepeatable?: boolean;
  /** A PATCH, or anything else with a body but no key. */
  readonly hasBody?: boolean;
  readonly isPublic?: boolean;
}

const LOCATION_HEADER = {
  Location: {
    description: 'Address of the object.',
    schema: { type: 'string' as const, format: 'uri' },
  },
};

/** Documents one operation completely: its answers, each with an example, and every error it can give. */
export function Documented(doc: Documentation): MethodDecorator {
  const { operationId, summary, description, answers } = doc;
  return applyDecorators(
    HttpCode(answers[0].status),
    ApiOperation({ operationId, summary, description, ...(doc.isPublic ? { security: [] } : {}) }),
    ApiExtraModels(ProblemResponse, ...answers.flatMap(modelsOf)),
    ...answers.map(answerDecorator),
    ...errorDecorators(errorsOf(doc)),
    ...(doc.idempotent ? [idempotencyHeader()] : []),
  );
}

function modelsOf(answer: AnyAnswer): Type[] {
  return 'type' in answer ? [answer.type] : [];
}

function contentOf(answer: DocumentedAnswer | DocumentedFile) {
  if ('mediaType' in answer) {
    const schema = { type: 'string' as const, format: 'binary' };
    return { [answer.mediaType]: { schema, example: answer.example } };
  }
  const { type, example, more = {} } = answer;
  const others = Object.entries(more).map(([key, value]) => [key, { value }] as const);
  const examples = Object.fromEntries(others);
  return { 'application/json': { schema: { $ref: getSchemaPath(type) }, example, examples } };
}

function answerDecorator(answer: AnyAnswer): MethodDecorator {
  const { status, description } = answer;
  return ApiResponse({
    status,
    description,
    ...(status === 201 || status === 202 ? { headers: LOCATION_HEADER } : {}),
    ...('type' in answer || 'mediaType' in answer ? { content: contentOf(answer) } : {}),
  });
}

/** Whoever sends no body can only be wrong about the query. */
function errorsOf(doc: Documentation): readonly ErrorKind[] {
  const kinds = [...(doc.errors ?? []), ...commonErrors(doc)];
  if (doc.idempotent || doc.hasBody) return kinds;
  return kinds.map((kind) => (kind === invalidRequest ? INVALID_QUERY : kind));
}

const NO_SUCH_PARAMETER = 'There is no query parameter "colour" here. Remove it.';
const INVALID_QUERY = showing(invalidRequest, {
  detail: `?colour: ${NO_SUCH_PARAMETER}`,
  errors: [{ pointer: '?colour', code: 'unknown_field', detail: NO_SUCH_PARAMETER }],
});

function commonErrors({
  idempotent,
  isRepeatable,
  hasBody,
  isPublic,
}: Documentation): readonly ErrorKind[] {
  return [
    ...(isPublic
      ? []
      : [unauthorized, invalidRequest, rateLimited, issuerUnavailable, databaseUnavailable]),
    ...(idempotent || hasBody ? [malformedRequest, bodyTooLarge, unsupportedMediaType] : []),
    ...(idempotent ? [idempotencyKeyReused] : []),
    ...(idempotent && !isRepeatable ? [idempotencyKeyInFlight] : []),
  ];
}

function errorDecorators(kinds: readonly ErrorKind[]): MethodDecorator[] {
  const statuses = new Set(kinds.map((kind) => kind.definition.status));
  return [...statuses].map((status) => {
    const group = [...new Set(kinds)].filter((kind) => kind.definition.status === status);
    return ApiResponse({ status, ...errorAnswer(group) });
  });
}

/** The answer of errors that share a status. */
export function errorAnswer(kinds: readonly ErrorKind[]) {
  return {
    description: kinds.map((kind) => kind.definition.title).join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemResponse) },
        examples: Object.fromEntries(kinds.map((kind) => [kind.code, errorExample(kind)])),
      },
    },
  };
}

const REQUEST_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

function errorExample(kind: ErrorKind) {
  const { title, cure, example = { detail: cure } } = kind.definition;
  const { detail, ...context } = example;
  return { summary: title, value: toProblem(kind(detail, context), REQUEST_ID) };
}

function idempotencyHeader(): MethodDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'Any text of 1 to 255 visible ASCII characters that is new for a new request, such as a UUID. ' +
      'Repeating a request with its key never does it twice; kept for 7 days.',
    schema: { type: 'string', maxLength: 255 },
  });
}
