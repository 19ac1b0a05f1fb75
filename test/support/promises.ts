import { isObject } from '../../src/shared/json';
import { internalError } from '../../src/platform/http/http.errors';
import { type TestApp } from './app';
import { type Answer, answersOf } from './http';

/** Members that every problem body has; the others depend on the problem. */
const PROBLEM_MEMBERS = ['type', 'title', 'status', 'detail', 'code', 'retryable', 'request_id'];

/** A value that validation let through and PostgreSQL did not: class 22 of its error codes. */
const LATE_REFUSAL = /^\w+ 22\w{3}\b/;

/** Addresses with the older API's form of errors, where a refusal of the gateway is 500. */
const FROZEN = /^\/api\/(?:paypal-(?:payments|invoices)(?:[/?]|$)|customers(?:\/[^?]*)?\/(?:\?|$))/;

/** What holds for every answer of the API, whatever was asked; the last test of each file looks back. */
export function brokenPromises({ url, log }: Pick<TestApp, 'url' | 'log'>): readonly string[] {
  const late = log.map(({ error }) => String(error)).filter((error) => LATE_REFUSAL.test(error));
  const defects = log.filter(({ code }) => code === internalError.code);
  const complaints = answersOf({ url }).flatMap(({ method, path, answer }) =>
    complaintsAbout(answer, FROZEN.test(path)).map(
      (what) => `${method} ${path.slice(0, 80)}: ${what}`,
    ),
  );
  return [...complaints, ...late, ...defects.map(({ error }) => String(error))];
}

function complaintsAbout(answer: Answer, isFrozen: boolean): readonly string[] {
  const { status, headers } = answer;
  const complaints: string[] = [];
  const known = isFrozen ? [500, 502, 503] : [502, 503];
  if (headers['request-id'] === undefined) complaints.push('no Request-Id');
  if (status >= 500 && !known.includes(status)) complaints.push(`${status} ${answer.text}`);
  if (status === 503 && headers['retry-after'] === undefined) complaints.push('no Retry-After');
  if (status < 400) return complaints;
  const form = isFrozen ? complaintsAboutFrozen(answer) : complaintsAboutProblem(answer);
  return [...complaints, ...form];
}

/** `{"detail": "…"}`, or a list of messages for each field. */
function complaintsAboutFrozen({ status, headers, body }: Answer): readonly string[] {
  const isJson = /^application\/json/.test(headers['content-type'] ?? '');
  if (!isJson || !isObject(body)) return [`${status} is no JSON object`];
  const isTold = typeof body['detail'] === 'string' && Object.keys(body).length === 1;
  const isByField = Object.values(body).every(
    (texts) => Array.isArray(texts) && texts.every((text) => typeof text === 'string'),
  );
  return isTold || (status === 400 && isByField) ? [] : [`${status} has another form`];
}

function complaintsAboutProblem({ status, headers, body }: Answer): readonly string[] {
  if (!/^application\/problem\+json/.test(headers['content-type'] ?? '')) {
    return [`${status} is no problem+json`];
  }
  if (!isObject(body)) return [`${status} has no body`];
  const missing = PROBLEM_MEMBERS.filter((member) => body[member] === undefined);
  const complaints = missing.map((member) => `a problem without ${member}`);
  if (body['status'] !== status) complaints.push(`says ${String(body['status'])}, is ${status}`);
  if (body['request_id'] !== headers['request-id']) complaints.push('two request ids');
  return complaints;
}
