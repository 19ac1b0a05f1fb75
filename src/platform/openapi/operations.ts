import { type OpenAPIObject } from '@nestjs/swagger';

type PathItem = OpenAPIObject['paths'][string];
export type Operation = NonNullable<PathItem['get']>;
export type Answer = Exclude<Operation['responses'][string], undefined | { $ref: string }>;

export interface Place {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** Every operation of a document, with its address. */
export function operationsOf(document: OpenAPIObject): readonly Place[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
}

/** The answers that an operation describes itself, by status. */
export function answersOf({ responses }: Operation): readonly (readonly [string, Answer])[] {
  return Object.entries(responses).flatMap(([status, answer]) =>
    answer === undefined || '$ref' in answer ? [] : [[status, answer] as const],
  );
}

/** Whether it wants a key. */
export function isSecured({ security }: Operation): boolean {
  return security !== undefined && security.length > 0;
}

export function takesHeader({ parameters }: Operation, name: string): boolean {
  return (parameters ?? []).some((one) => 'in' in one && one.in === 'header' && one.name === name);
}
