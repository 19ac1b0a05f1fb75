import { isObject, listAt, objectAt, textAt, valueAt } from '../../src/shared/json';
import { type DocumentedOperation, resolved } from './openapi-document';

/** An error that an operation says it can answer. */
export interface DocumentedError {
  readonly operation: DocumentedOperation;
  readonly status: number;
  readonly code: string;
  /** The whole body. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** The errors of an operation that are told as problems. */
export function errorsOf(operation: DocumentedOperation): readonly DocumentedError[] {
  return Object.entries(objectAt(operation.content, 'responses')).flatMap(([status, answer]) => {
    const examples = objectAt(resolved(answer), 'content', 'application/problem+json', 'examples');
    return Object.entries(examples).map(([code, example]) => ({
      operation,
      status: Number(status),
      code,
      example: objectAt(resolved(example), 'value'),
    }));
  });
}

/** The address with the ids of the examples, or with others. */
export function pathOf(
  { path, content }: DocumentedOperation,
  ids: Readonly<Record<string, string>> = {},
): string {
  const examples = listAt(content, 'parameters')
    .map(resolved)
    .map((one) => [String(textAt(one, 'name')), String(valueAt(one, 'example'))] as const);
  const known: Readonly<Record<string, string>> = { ...Object.fromEntries(examples), ...ids };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? `no ${name}`);
}

/** The first body in the examples; undefined where the operation takes none. */
export function bodyOf({ content }: DocumentedOperation): object | undefined {
  const examples = objectAt(content, 'requestBody', 'content', 'application/json', 'examples');
  const [first] = Object.values(examples);
  const value = valueAt(resolved(first), 'value');
  return isObject(value) ? value : undefined;
}

export function takesBody({ content }: DocumentedOperation): boolean {
  return valueAt(content, 'requestBody') !== undefined;
}

/** An answer example, and the request that it answers. */
export interface DocumentedSuccess {
  readonly operation: DocumentedOperation;
  readonly key: string;
  /** That of the same key, or else the usual one; undefined where there is nothing to send. */
  readonly body: unknown;
  readonly status: number;
  readonly shown: unknown;
}

export function successesOf(operation: DocumentedOperation): readonly DocumentedSuccess[] {
  const asked = examplesOf(operation.content['requestBody']);
  const [usual] = Object.values(asked);
  return Object.entries(objectAt(operation.content, 'responses'))
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, answer]) =>
      Object.entries(examplesOf(answer)).map(([key, shown]) => ({
        ...{ operation, key, body: asked[key] ?? usual },
        ...{ status: Number(status), shown },
      })),
    );
}

/** Values of the examples of a body, by their keys. */
function examplesOf(described: unknown): Readonly<Record<string, unknown>> {
  const media = Object.values(objectAt(resolved(described), 'content'));
  const named = media.flatMap((one) => Object.entries(objectAt(one, 'examples')));
  return Object.fromEntries(named.map(([key, one]) => [key, valueAt(resolved(one), 'value')]));
}
