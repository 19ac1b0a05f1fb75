import { objectAt, valueAt } from '../../src/shared/json';
import { documentedOperations, type DocumentedOperation, resolved } from './openapi-document';

/** An error of the older API: told as plain JSON, not as a problem. */
export interface FrozenError {
  readonly operation: DocumentedOperation;
  readonly status: number;
  /** The name of the example: the sentence itself, or `fields`. */
  readonly name: string;
  /** The whole body. */
  readonly example: unknown;
}

export const frozenErrors: readonly FrozenError[] = documentedOperations.flatMap((operation) =>
  Object.entries(objectAt(operation.content, 'responses'))
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, answer]) =>
      Object.entries(objectAt(resolved(answer), 'content', 'application/json', 'examples')).map(
        ([name, example]) => ({
          operation,
          status: Number(status),
          name,
          example: valueAt(resolved(example), 'value'),
        }),
      ),
    ),
);
