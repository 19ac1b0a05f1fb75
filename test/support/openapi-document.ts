import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isObject, objectAt, parseJson, valueAt } from '../../src/shared/json';

/** Of the sources or of what they were compiled to, as the crash runs are: documents are never compiled. */
const HERE = join(__dirname, '../..');
const ROOT = basename(HERE) === 'dist' ? dirname(HERE) : HERE;

/** Members of a path item that are operations. */
const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head'];

type Members = Readonly<Record<string, unknown>>;

export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  /** The template, such as `/api/payments/{id}`. */
  readonly path: string;
  readonly content: Members;
}

/** The API document as it is committed; CI proves that it is the one the code would write. */
export const apiDocument: Members = readDocument();

export const documentedOperations: readonly DocumentedOperation[] = Object.entries(
  objectAt(apiDocument, 'paths'),
).flatMap(([path, item]) =>
  Object.entries(objectAt(item))
    .filter(([method]) => METHODS.includes(method))
    .map(([method, content]) => ({
      id: String(objectAt(content)['operationId']),
      method: method.toUpperCase(),
      path,
      content: objectAt(content),
    })),
);

/** The operations of a path: those of the most literal template, as `/approve` is no `/{id}`. */
export function operationsAt(path: string): readonly DocumentedOperation[] {
  const bare = path.replace(/[?#].*$/s, '');
  const matching = documentedOperations.filter((one) => patterns.get(one.path)?.test(bare));
  const least = Math.min(...matching.map((one) => parametersOf(one.path)));
  return matching.filter((one) => parametersOf(one.path) === least);
}

const patterns = new Map(documentedOperations.map(({ path }) => [path, patternOf(path)]));

/** A slash at the end counts: the addresses of the older API end with one, and speak its dialect. */
function patternOf(template: string): RegExp {
  const parts = template.split(/\{\w+\}/).map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[^/]+')}$`);
}

function parametersOf(template: string): number {
  return template.split('{').length;
}

/** What a `$ref` stands for; anything else stands for itself. */
export function resolved(value: unknown): unknown {
  const reference = valueAt(value, '$ref');
  if (typeof reference !== 'string') return value;
  return valueAt(apiDocument, ...reference.split('/').slice(1));
}

function readDocument(): Members {
  const text = readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8');
  const document = parseJson(text);
  if (!isObject(document)) throw new Error('docs/openapi.json is no document');
  return document;
}
