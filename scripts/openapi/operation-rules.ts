import { isObject, listAt, objectAt, textAt } from '../../src/shared/json';
import {
  answersOf,
  faultsOf,
  hasText,
  type HouseRule,
  isFrozen,
  isHealth,
  isSecured,
  operationsOf,
  resolve,
} from './house-rule';

const described: HouseRule = {
  measures: 'operations with unique operationId, summary, description, tag, security',
  judge: (document) => {
    const operations = operationsOf(document);
    const ids = operations.map(({ operation }) => operation['operationId']);
    const tags = listAt(document, 'tags').map((tag) => textAt(tag, 'name'));
    return operations.map(({ at, operation }) => {
      const id = textAt(operation, 'operationId') ?? '';
      return {
        at,
        faults: faultsOf(
          [/^[a-z][A-Za-z0-9]+$/.test(id), 'needs an operationId in camelCase'],
          [ids.indexOf(id) === ids.lastIndexOf(id), `shares the operationId ${id}`],
          [hasText(operation, 'summary'), 'needs a summary'],
          [hasText(operation, 'description'), 'needs a description'],
          [tags.includes(textAt(operation, 'tags', 0)), 'needs a tag that the document declares'],
          [Array.isArray(operation['security']), 'must say what security it wants, or []'],
        ),
      };
    });
  },
};

const errorsNamed: HouseRule = {
  measures: 'operations with two errors of the caller, 401 and 429 where secured',
  judge: (document) =>
    operationsOf(document)
      .filter((asked) => !isHealth(asked))
      .map((asked) => {
        const statuses = Object.keys(objectAt(asked.operation, 'responses'));
        const open = !isSecured(asked);
        return {
          at: asked.at,
          faults: faultsOf(
            [statuses.filter((one) => /^4/.test(one)).length >= 2, 'needs two 4xx answers'],
            [open || statuses.includes('401'), 'needs 401: it is secured'],
            [open || statuses.includes('429'), 'needs 429: its callers are limited'],
          ),
        };
      }),
};

const answersDescribed: HouseRule = {
  measures: 'answers described, errors as problem+json',
  judge: (document) =>
    answersOf(document).map(({ at, status, answer, asked }) => {
      const types = Object.keys(objectAt(answer, 'content'));
      const form = isFrozen(asked) ? 'application/json' : 'application/problem+json';
      const isProblem = /^[45]/.test(status) && !isHealth(asked);
      return {
        at,
        faults: faultsOf(
          [hasText(answer, 'description'), 'needs a description'],
          [!isProblem || (types.length === 1 && types[0] === form), `must be ${form}`],
        ),
      };
    }),
};

const headersDeclared: HouseRule = {
  measures: 'answers that declare Request-Id, RateLimit, Location, Retry-After',
  judge: (document) =>
    answersOf(document).map(({ at, status, answer, asked }) => {
      const headers = objectAt(answer, 'headers');
      const limited = isSecured(asked) && status !== '401' ? ['RateLimit', 'RateLimit-Policy'] : [];
      const isNew = status === '201' || (status === '202' && !isFrozen(asked));
      const located = isNew ? ['Location'] : [];
      const waiting = ['429', '503'].includes(status) ? ['Retry-After'] : [];
      const wanted = ['Request-Id', ...limited, ...located, ...waiting];
      return {
        at,
        faults: wanted
          .filter((name) => !hasText(resolve(document, headers[name]), 'description'))
          .map((name) => `must declare the header ${name}`),
      };
    }),
};

const idempotencyKey: HouseRule = {
  measures: 'secured POSTs that take an Idempotency-Key',
  judge: (document) =>
    operationsOf(document)
      .filter((asked) => asked.method === 'post' && isSecured(asked))
      .map(({ at, operation }) => {
        const headers = listAt(operation, 'parameters')
          .filter((one) => textAt(one, 'in') === 'header')
          .map((one) => textAt(one, 'name'));
        const takesKey = headers.filter((name) => /^idempotency-key$/i.test(name ?? ''));
        return {
          at,
          faults: faultsOf([
            takesKey.length === 1 && takesKey[0] === 'Idempotency-Key',
            'must take the header Idempotency-Key, once and in this spelling',
          ]),
        };
      }),
};

const parametersDescribed: HouseRule = {
  measures: 'parameters described, those of paths with an example',
  judge: (document) =>
    operationsOf(document).flatMap(({ at, operation }) =>
      listAt(operation, 'parameters').map((given, index) => {
        const one = resolve(document, given);
        const isPath = one['in'] === 'path';
        const hasExample = 'example' in one || isObject(one['examples']);
        return {
          at: [...at, 'parameters', String(index)],
          faults: faultsOf(
            [hasText(one, 'description'), 'needs a description'],
            [Object.keys(objectAt(one, 'schema')).length > 0, 'needs a schema that says its type'],
            [!isPath || hasExample, 'needs an example that exists in the demonstration'],
          ),
        };
      }),
    ),
};

export const operationRules = {
  'operation-described': described,
  'errors-named': errorsNamed,
  'answers-described': answersDescribed,
  'headers-declared': headersDeclared,
  'idempotency-key': idempotencyKey,
  'parameters-described': parametersDescribed,
} satisfies Readonly<Record<string, HouseRule>>;
