import { type FastifyRequest } from 'fastify';
import { type Answer } from '../http/answer';
import { headerOf, sendsJson } from '../http/headers';
import { member, parseJson, textMember } from '../http/json';
import { type Sandbox } from '../sandbox';
import { type PayPalCall } from './call';
import { mockedCode } from './mock-response';
import { bearerAccount } from './tokens';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export type Handler = (sandbox: Sandbox, call: PayPalCall) => Answer;

/** How an API of PayPal words what is wrong with a call before anybody has looked at what it wants. */
export interface Dialect {
  /** The longest PayPal-Request-Id. */
  maxRequestId: number;
  badRequestId(requestId: string): Answer;
  wrongMediaType(): Answer;
  malformed(): Answer;
  /** The answer for a code of `PayPal-Mock-Response`; undefined for an unknown one. */
  mocked(code: string): Answer | undefined;
}

/** Reads a call of the API, and hands it on when its form and its caller are good. */
export function handleWith(sandbox: Sandbox, dialect: Dialect) {
  return (request: FastifyRequest, handler: Handler): Answer => {
    const account = bearerAccount(sandbox, request);
    if (typeof account !== 'string') return account;
    const requestId = headerOf(request, 'paypal-request-id');
    const refused = mockedAnswer(dialect, request) ?? badForm(dialect, request, requestId);
    if (refused) return refused;
    const body = readBody(request.body);
    if (!body.ok) return dialect.malformed();
    return handler(sandbox, {
      account,
      id: textMember(request.params, 'id') ?? '',
      requestId,
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      fullAnswer: /(^|[,;\s])return=representation/.test(headerOf(request, 'prefer') ?? ''),
      body: member(body, 'value'),
      text: typeof request.body === 'string' ? request.body : '',
      query: request.query,
    });
  };
}

function mockedAnswer(dialect: Dialect, request: FastifyRequest): Answer | undefined {
  const code = mockedCode(headerOf(request, 'paypal-mock-response'));
  return code === undefined ? undefined : dialect.mocked(code);
}

function badForm(
  dialect: Dialect,
  request: FastifyRequest,
  requestId: string | undefined,
): Answer | undefined {
  if (requestId !== undefined && requestId.length > dialect.maxRequestId) {
    return dialect.badRequestId(requestId);
  }
  // The type is asked for even when there is no body.
  const needsType = !['GET', 'DELETE'].includes(request.method);
  return needsType && !sendsJson(request) ? dialect.wrongMediaType() : undefined;
}

function readBody(body: unknown) {
  if (typeof body !== 'string' || body.trim() === '') return { ok: true, value: undefined };
  return parseJson(body);
}
