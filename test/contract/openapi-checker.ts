import { type ErrorObject, Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { objectAt, parseJson } from '../../src/shared/json';
import { addressOf, type OpenApiDocument, type Place } from './openapi-documents';
import { isKnownError, NAMED_FORMATS, withoutProse } from './openapi-exceptions';
import { unknownMembers } from './openapi-members';
import {
  answerOf,
  bodyOf,
  findOperation,
  type Operation,
  parametersOf,
} from './openapi-operations';

/** A call as it goes over the wire. */
export interface SentCall {
  readonly method: string;
  /** Below PayPal's address, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface ReceivedAnswer {
  readonly status: number;
  /** Parsed JSON; undefined where there was none. */
  readonly body: unknown;
}

/** Compares calls and answers with PayPal's OpenAPI documents; what it finds are sentences. */
export class OpenApiChecker {
  private readonly bodies: Ajv;
  /** Texts of paths, queries and headers stand for numbers and booleans, too. */
  private readonly texts: Ajv;

  constructor(private readonly documents: readonly OpenApiDocument[]) {
    const plain = documents.map(({ name, content }) => ({ name, content: withoutProse(content) }));
    this.bodies = openAjv(plain, false);
    this.texts = openAjv(plain, true);
  }

  /** The operation that the call means, null where PayPal has none. */
  operationOf({ method, path }: Pick<SentCall, 'method' | 'path'>): Operation | null {
    return findOperation(this.documents, method, path.replace(/\?.*$/, ''));
  }

  request(call: SentCall): readonly string[] {
    const operation = this.operationOf(call);
    if (operation === null) return [`${call.method} ${call.path}: there is no such operation`];
    const found = [...this.parameters(operation, call), ...this.requestBody(operation, call)];
    return told(operation, 'request', found);
  }

  answer(call: SentCall, { status, body }: ReceivedAnswer): readonly string[] {
    const operation = this.operationOf(call);
    if (operation === null) return [];
    const described = answerOf(operation, status);
    if (described === null) return told(operation, `answer ${status}`, ['is not described']);
    return told(operation, `answer ${status}`, this.answerBody(described.schema, body));
  }

  private answerBody(schema: Place | null, body: unknown): readonly string[] {
    if (schema === null) return body === undefined ? [] : ['has a body that is not described'];
    if (body === undefined) return ['has no JSON body'];
    return [...this.mistakes(this.bodies, schema, body), ...unknownMembers(schema, body)];
  }

  private requestBody(operation: Operation, { headers, body }: SentCall): readonly string[] {
    const described = bodyOf(operation);
    if (body === undefined || body === '') return described?.isRequired ? ['has no body'] : [];
    if (described === null) return body === '{}' ? [] : ['has a body that is not described'];
    const type = valueOf(headers, 'content-type') ?? '';
    if (!type.startsWith('application/json')) return [`the body is sent as "${type}"`];
    const value = parseJson(body);
    if (value === undefined) return ['the body is no JSON'];
    const { schema } = described;
    return [...this.mistakes(this.bodies, schema, value), ...unknownMembers(schema, value)];
  }

  private parameters(operation: Operation, { path, headers }: SentCall): readonly string[] {
    const query = Object.fromEntries(new URLSearchParams(/\?(.*)$/.exec(path)?.[1] ?? ''));
    const parameters = parametersOf(operation);
    const found = parameters.flatMap(({ name, location, isRequired, schema }) => {
      const given = { query, header: headers, path: operation.pathValues }[location] ?? {};
      const value = valueOf(given, name);
      if (value === undefined) return isRequired ? [`the ${location} lacks ${name}`] : [];
      return this.mistakes(this.texts, schema, value).map((one) => `${location} ${name} ${one}`);
    });
    const inQuery = parameters.filter(({ location }) => location === 'query');
    const strange = Object.keys(query).filter((key) => !inQuery.some(({ name }) => name === key));
    return [...found, ...strange.map((name) => `the query ${name} is not described`)];
  }

  private mistakes(ajv: Ajv, schema: Place, value: unknown): readonly string[] {
    const validate = ajv.getSchema(addressOf(schema));
    if (validate === undefined) throw new Error(`nothing stands at ${addressOf(schema)}`);
    void validate(value);
    const errors = validate.errors ?? [];
    // Of a choice in which nothing fits, what is wrong with each of a hundred possibilities helps nobody.
    const isBranch = ({ schemaPath }: ErrorObject) => /\/(?:anyOf|oneOf)\/\d+\//.test(schemaPath);
    return errors.filter((error) => !isBranch(error)).map(sentenceOf);
  }
}

function openAjv(documents: readonly OpenApiDocument[], coerceTypes: boolean): Ajv {
  // Their patterns hold escapes such as `\-`, which are errors in a pattern with the flag `u`.
  const ajv = new Ajv({
    strict: false,
    unicodeRegExp: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    coerceTypes,
  });
  addFormats(ajv);
  for (const format of NAMED_FORMATS) ajv.addFormat(format, true);
  for (const { name, content } of documents) ajv.addSchema(objectAt(content), name);
  return ajv;
}

function sentenceOf({ instancePath, message = '', data }: ErrorObject): string {
  return `${instancePath} ${message}, unlike ${JSON.stringify(data)?.slice(0, 200)}`.trim();
}

function told(operation: Operation, part: string, found: readonly string[]): readonly string[] {
  return found
    .map((what) => ({ operation: operation.name, part, what }))
    .filter((one) => !isKnownError(one))
    .map(({ what }) => `${operation.name}, ${part}: ${what}`);
}

/** Names of headers have no case. */
function valueOf(values: Readonly<Record<string, string>>, name: string): string | undefined {
  const entry = Object.entries(values).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return entry?.[1];
}
