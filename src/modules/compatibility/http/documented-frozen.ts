import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiQuery,
  type ApiQueryOptions,
  ApiResponse,
  type ApiResponseOptions,
  getSchemaPath,
} from '@nestjs/swagger';
import { DetailResponse } from './frozen-payment.response';

export interface FrozenDocumentation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** The first one is the usual one. */
  readonly answers: readonly [FrozenAnswer, ...FrozenAnswer[]];
  readonly errors: readonly FrozenError[];
  readonly queries?: readonly ApiQueryOptions[];
  /** A POST: takes an `Idempotency-Key` and a body. */
  readonly isCommand?: boolean;
}

export interface FrozenAnswer {
  readonly status: number;
  readonly description: string;
  readonly type: Type;
  readonly isList?: boolean;
  /** Names of headers and what they hold. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly example: unknown;
}

/** An error with one example for each text, or of a field map. */
export interface FrozenError {
  readonly status: number;
  readonly description: string;
  readonly details?: readonly string[];
  readonly fields?: Readonly<Record<string, readonly string[]>>;
}

const EVERYWHERE: readonly FrozenError[] = [
  {
    status: 401,
    description: 'No valid API key.',
    details: ['Authentication credentials were not provided.', 'Invalid token.'],
  },
  {
    status: 424,
    description: 'The older API is switched off; told before anything else.',
    details: ['PayPal extension is disabled.'],
  },
  {
    status: 429,
    description: 'Too many requests; `Retry-After` says how long to wait.',
    details: ['Request was throttled. Expected available in 30 seconds.'],
  },
  {
    status: 503,
    description: 'The database or the provider cannot be reached; nothing was done.',
    details: ['The database does not answer right now. Try again shortly.'],
  },
];

/** Documents one operation of the older API completely, with its own form of errors. */
export function DocumentedFrozen(doc: FrozenDocumentation): MethodDecorator {
  const { operationId, summary, description, answers, errors } = doc;
  return applyDecorators(
    HttpCode(answers[0].status),
    ApiOperation({ operationId, summary, description }),
    ApiExtraModels(DetailResponse, ...answers.map(({ type }) => type)),
    ...answers.map((answer) => ApiResponse(answerOf(answer))),
    ...[...errors, ...EVERYWHERE].map((error) => ApiResponse(errorOf(error))),
    ...(doc.queries ?? []).map((query) => ApiQuery(query)),
    ...(doc.isCommand ? [idempotencyHeader()] : []),
  );
}

/** The same for the one answer that is no JSON. */
export function DocumentedFrozenPdf(notFound: FrozenError): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'getFrozenInvoicePdf',
      summary: 'The PDF of an invoice (older API)',
      description: 'The first rendering, served for ever.',
    }),
    ApiResponse({
      status: 200,
      description: 'The PDF.',
      content: {
        'application/pdf': { schema: { type: 'string', format: 'binary' }, example: '%PDF-1.4\n…' },
      },
    }),
    ...[notFound, ...EVERYWHERE].map((error) => ApiResponse(errorOf(error))),
  );
}

function answerOf({ status, description, headers = {}, ...answer }: FrozenAnswer) {
  const one = { $ref: getSchemaPath(answer.type) };
  const schema = answer.isList ? { type: 'array', items: one } : one;
  const named = Object.entries(headers).map(([name, text]) => [name, headerOf(text)] as const);
  return {
    status,
    description,
    headers: Object.fromEntries(named),
    content: { 'application/json': { schema, example: answer.example } },
  } satisfies ApiResponseOptions;
}

function errorOf({ status, description, details, fields }: FrozenError) {
  const schema = fields ? FIELD_MESSAGES : { $ref: getSchemaPath(DetailResponse) };
  const texts = (details ?? []).map((detail) => [detail, { value: { detail } }] as const);
  const examples = fields ? { fields: { value: fields } } : Object.fromEntries(texts);
  return {
    status,
    description,
    content: { 'application/json': { schema, examples } },
  } satisfies ApiResponseOptions;
}

const FIELD_MESSAGES = {
  type: 'object',
  description: 'Messages by field; `detail` where the request cannot be read at all.',
  additionalProperties: {
    oneOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }],
  },
};

function headerOf(description: string) {
  return { description, schema: { type: 'string' as const } };
}

function idempotencyHeader(): MethodDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'New to this API: repeating a request with its key never does it twice. 1 to 255 visible ASCII characters.',
    schema: { type: 'string', maxLength: 255 },
  });
}
