import { listAt, objectAt, textAt, valueAt } from '../../src/shared/json';
import { below, type OpenApiDocument, type Place, placeAt } from './openapi-documents';
import { answerRepeated } from './openapi-exceptions';

/** One operation of a document and the values that a call's path gives its parameters. */
export interface Operation {
  /** `POST /v2/checkout/orders/{id}/capture` */
  readonly name: string;
  readonly place: Place;
  readonly pathValues: Readonly<Record<string, string>>;
}

export interface Parameter {
  readonly name: string;
  readonly location: string;
  readonly isRequired: boolean;
  readonly schema: Place;
}

/** The operation that a call means; a literal path wins over one with parameters. */
export function findOperation(
  documents: readonly OpenApiDocument[],
  method: string,
  path: string,
): Operation | null {
  const found = documents.flatMap((document) =>
    Object.keys(objectAt(document.content, 'paths')).flatMap((template) => {
      const pathValues = valuesIn(path, template);
      const pointer = ['paths', template, method.toLowerCase()];
      const isThere = valueAt(document.content, ...pointer) !== undefined;
      if (pathValues === null || !isThere) return [];
      return [{ name: `${method} ${template}`, place: placeAt(document, pointer), pathValues }];
    }),
  );
  const [first] = found.sort((a, b) => sizeOf(a.pathValues) - sizeOf(b.pathValues));
  return first ?? null;
}

/** Every operation that is described, by its name. */
export function operationsOf(documents: readonly OpenApiDocument[]): readonly string[] {
  const paths = documents.flatMap(({ content }) => Object.entries(objectAt(content, 'paths')));
  return paths.flatMap(([template, methods]) =>
    Object.keys(objectAt(methods)).map((method) => `${method.toUpperCase()} ${template}`),
  );
}

export function parametersOf({ place }: Operation): readonly Parameter[] {
  return listAt(place.value, 'parameters').map((_, at) => {
    const parameter = below(place, 'parameters', String(at));
    return {
      name: textAt(parameter.value, 'name') ?? '',
      location: textAt(parameter.value, 'in') ?? '',
      isRequired: valueAt(parameter.value, 'required') === true,
      schema: below(parameter, 'schema'),
    };
  });
}

/** The schema of the JSON body, and whether there has to be one; null where none is described. */
export function bodyOf({ place }: Operation) {
  if (valueAt(place.value, 'requestBody') === undefined) return null;
  const body = below(place, 'requestBody');
  const schema = below(body, 'content', 'application/json', 'schema');
  return { schema, isRequired: valueAt(body.value, 'required') === true };
}

/**
 * What is described for a status: null when it is not, no schema for an answer without a body. `default` stands
 * for errors only, since that is what all of PayPal's say.
 */
export function answerOf({ place }: Operation, status: number) {
  const responses = objectAt(place.value, 'responses');
  const key = [String(status), status < 400 ? answerRepeated(status) : 'default'].find(
    (one) => one in responses,
  );
  if (key === undefined) return null;
  const response = below(place, 'responses', key);
  const hasBody = valueAt(response.value, 'content', 'application/json') !== undefined;
  return { schema: hasBody ? below(response, 'content', 'application/json', 'schema') : null };
}

function valuesIn(path: string, template: string): Record<string, string> | null {
  const [given, wanted] = [path.split('/'), template.split('/')];
  if (given.length !== wanted.length) return null;
  const values: Record<string, string> = {};
  for (const [at, step] of wanted.entries()) {
    const name = /^\{(.+)\}$/.exec(step)?.[1];
    if (name !== undefined) values[name] = decodeURIComponent(given[at] ?? '');
    else if (step !== given[at]) return null;
  }
  return values;
}

function sizeOf(values: object): number {
  return Object.keys(values).length;
}
