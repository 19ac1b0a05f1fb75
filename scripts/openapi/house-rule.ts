import { isObject, listAt, objectAt, valueAt } from '../../src/shared/json';

type Members = Readonly<Record<string, unknown>>;

/** Something that a rule looked at, and the sentences that say what is wrong with it. */
export interface Judged {
  /** Keys from the top of the document. */
  readonly at: readonly string[];
  readonly faults: readonly string[];
}

/** What Spectral's and Redocly's own rules do not ask for. */
export interface HouseRule {
  /** What is counted, for the table. */
  readonly measures: string;
  judge(document: unknown): readonly Judged[];
}

export interface DocumentedOperation {
  readonly at: readonly string[];
  readonly method: string;
  readonly path: string;
  readonly operation: Members;
}

export interface DocumentedAnswer {
  readonly at: readonly string[];
  readonly status: string;
  readonly answer: Members;
  readonly asked: DocumentedOperation;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

export function operationsOf(document: unknown): readonly DocumentedOperation[] {
  return Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) =>
    Object.entries(objectAt(item)).flatMap(([method, operation]) =>
      METHODS.includes(method) && isObject(operation)
        ? [{ at: ['paths', path, method], method, path, operation }]
        : [],
    ),
  );
}

export function answersOf(document: unknown): readonly DocumentedAnswer[] {
  return operationsOf(document).flatMap((asked) =>
    Object.entries(objectAt(asked.operation, 'responses')).map(([status, answer]) => ({
      at: [...asked.at, 'responses', status],
      status,
      answer: objectAt(answer),
      asked,
    })),
  );
}

/** The definition that a reference names; anything else as it is. */
export function resolve(document: unknown, value: unknown): Members {
  const { $ref } = objectAt(value);
  if (typeof $ref !== 'string') return objectAt(value);
  return objectAt(document, ...$ref.replace('#/', '').split('/'));
}

/** Wants a key. */
export function isSecured({ operation }: DocumentedOperation): boolean {
  return listAt(operation, 'security').length > 0;
}

/** Of the older API, which has forms of its own. */
export function isFrozen({ path }: DocumentedOperation): boolean {
  return path.startsWith('/api/paypal-');
}

/** For machines that look whether the service is there. */
export function isHealth({ path }: DocumentedOperation): boolean {
  return path.startsWith('/health/');
}

export function isSuccess(status: string): boolean {
  return /^2\d\d$/.test(status);
}

export function hasText(value: unknown, ...path: readonly string[]): boolean {
  const text = valueAt(value, ...path);
  return typeof text === 'string' && text.trim() !== '';
}

/** Keys of the examples of a request body or an answer, over all media types. */
export function exampleKeys(described: unknown): readonly string[] {
  return Object.values(objectAt(described, 'content')).flatMap((media) =>
    Object.keys(objectAt(media, 'examples')),
  );
}

/** Sentences of the conditions that do not hold. */
export function faultsOf(...checks: readonly (readonly [holds: boolean, fault: string])[]) {
  return checks.filter(([holds]) => !holds).map(([, fault]) => fault);
}
