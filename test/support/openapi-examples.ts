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
