import { isObject } from '../../src/shared/json';
import { type TestApp } from './app';
import { type Answer, answersOf } from './http';

/** Members that every problem body has; the others depend on the problem. */
const PROBLEM_MEMBERS = ['type', 'title', 'status', 'detail', 'code', 'retryable', 'request_id'];

/** A value that validation let through and PostgreSQL did not: class 22 of its error codes. */
const LATE_REFUSAL = /^\w+ 22\w{3}\b/;

/** What holds for every answer of the API, whatever was asked; the last test of each file looks back. */
export function brokenPromises({ url, log }: Pick<TestApp, 'url' | 'log'>): readonly string[] {
  const late = log.map(({ error }) => String(error)).filter((error) => LATE_REFUSAL.test(error));
  const complaints = answersOf({ url }).flatMap(({ method, path, answer }) =>
    complaintsAbout(answer).map((what) => `${method} ${path.slice(0, 80)}: ${what}`),
  );
  return [...complaints, ...late];
}

function complaintsAbout(answer: Answer): readonly string[] {
  const { status, headers } = answer;
  const complaints: string[] = [];
  if (headers['request-id'] === undefined) complaints.push('no Request-Id');
  if (status >= 500 && status !== 502 && status !== 503)
    complaints.push(`${status} ${answer.text}`);
  if (status === 503 && headers['retry-after'] === undefined) complaints.push('no Retry-After');
  return status < 400 ? complaints : [...complaints, ...complaintsAboutProblem(answer)];
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
