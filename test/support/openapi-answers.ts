import { type IncomingHttpHeaders } from 'node:http';
import { internalError } from '../../src/platform/http/http.errors';
import { objectAt, textAt, valueAt } from '../../src/shared/json';
import { apiDocument, type DocumentedOperation, operationsAt, resolved } from './openapi-document';
import { StrictSchemas } from './openapi-schemas';

export interface AnswerToCheck {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; null where the answer is empty, undefined where it is no JSON. */
  readonly body: unknown;
}

const PROBLEM = 'application/problem+json';

let compiled: StrictSchemas | undefined;

/** What an answer says that the API document does not, or the other way round; empty where they agree. */
export function differencesFromDocument(answer: AnswerToCheck): readonly string[] {
  const { method, path, status } = answer;
  // A preflight is a browser's question about an operation, and none itself.
  if (isDefect(answer) || method === 'OPTIONS') return [];
  const operations = operationsAt(path);
  const operation = operations.find((one) => one.method === method);
  if (operation === undefined) {
    if (operations.length === 0 || isRefusal(status)) return [];
    return [`${method} ${path}: answers ${status}, but the document has no such method`];
  }
  return differences(operation, answer).map(
    (what) => `${operation.id} (${method} ${path.slice(0, 120)}), answer ${status}: ${what}`,
  );
}

/** Nobody promises a defect; `brokenPromises` complains about every one. */
function isDefect({ body }: AnswerToCheck): boolean {
  return textAt(body, 'code') === internalError.code;
}

function differences(
  { method, path, content }: DocumentedOperation,
  answer: AnswerToCheck,
): readonly string[] {
  const status = String(answer.status);
  const documented = valueAt(content, 'responses', status);
  if (documented === undefined) {
    return [`the document has no such status: ${JSON.stringify(answer.body)}`];
  }
  const pointer = ['paths', path, method.toLowerCase(), 'responses', status];
  return [...differencesOfBody(pointer, documented, answer), ...missingHeaders(documented, answer)];
}

function differencesOfBody(
  pointer: readonly string[],
  documented: unknown,
  { headers, body }: AnswerToCheck,
): readonly string[] {
  const types = Object.keys(objectAt(documented, 'content'));
  if (types.length === 0) return body === null ? [] : ['a body that is not documented'];
  const type = (headers['content-type'] ?? 'none').replace(/;.*$/, '').trim();
  if (!types.includes(type)) return [`content type ${type}, documented is ${types.join(', ')}`];
  if (!/[/+]json$/.test(type)) return [];
  if (body === undefined) return ['the body is no JSON'];
  compiled ??= new StrictSchemas(apiDocument);
  const content = objectAt(documented, 'content', type);
  return [
    ...compiled.differences([...pointer, 'content', type, 'schema'], body),
    ...(type === PROBLEM ? undocumentedCode(content, body) : []),
  ];
}

/** Every code that an operation answers has an example there. */
function undocumentedCode(content: unknown, body: unknown): readonly string[] {
  const code = textAt(body, 'code') ?? 'none';
  const known = Object.keys(objectAt(content, 'examples'));
  return known.includes(code) ? [] : [`code ${code}, documented are ${known.join(', ')}`];
}

/** A method that a documented path does not have is refused, by whoever notices first. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

function missingHeaders(documented: unknown, { headers }: AnswerToCheck): readonly string[] {
  return Object.entries(objectAt(documented, 'headers'))
    .filter(([, header]) => valueAt(resolved(header), 'required') === true)
    .filter(([name]) => !(name.toLowerCase() in headers))
    .map(([name]) => `no ${name} header`);
}
