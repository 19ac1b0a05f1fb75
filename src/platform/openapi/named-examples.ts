import { type OpenAPIObject } from '@nestjs/swagger';
import { isObject, textAt } from '../../shared/json';
import { type Operation, answersOf, operationsOf } from './operations';

/** The key of an example that answers no body: what the demonstration shows at the addresses in the examples. */
const DEMO_KEY = 'demo';
const DEMO_SUMMARY = 'As in the demonstration';
/** The key of an answer that only comes when a provider did not answer. */
const UNKNOWN_KEY = 'unknown';

type Parameter = NonNullable<Operation['parameters']>[number];

interface Media {
  example?: unknown;
  examples?: Record<string, unknown>;
}

/**
 * Gives every example a key and a summary. A request and an answer whose examples have the same key belong together:
 * the one is answered by the other.
 */
export function withNamedExamples(document: OpenAPIObject): OpenAPIObject {
  for (const { operation } of operationsOf(document)) {
    operation.parameters?.forEach(showExample);
    const asked = requestExamples(operation);
    const successes = answersOf(operation).filter(([status]) => status.startsWith('2'));
    for (const [status, { content, description }] of answersOf(operation)) {
      const isUnknown = status === '202' && successes.length > 1;
      const [key = DEMO_KEY] = isUnknown ? [UNKNOWN_KEY] : Object.keys(asked);
      for (const media of Object.values(content ?? {})) name(media, { asked, key, description });
    }
  }
  return document;
}

/** Where tools that show a form look for it. */
function showExample(parameter: Parameter): void {
  if ('$ref' in parameter || !parameter.schema || '$ref' in parameter.schema) return;
  const example: unknown = parameter.schema.example;
  if (example === undefined) return;
  delete parameter.schema.example;
  parameter.example = example;
}

interface Context {
  /** Summaries of the request examples by their keys. */
  readonly asked: Readonly<Record<string, string>>;
  /** For an example without one. */
  readonly key: string;
  /** Of the answer. */
  readonly description: string;
}

function requestExamples({ requestBody }: Operation): Readonly<Record<string, string>> {
  if (!requestBody || '$ref' in requestBody) return {};
  const all = Object.values(requestBody.content).flatMap(({ examples }) =>
    Object.entries(examples ?? {}),
  );
  return Object.fromEntries(all.map(([key, one]) => [key, textAt(one, 'summary') ?? key]));
}

function name(media: Media, { asked, key: usualKey, description }: Context): void {
  const { example, examples = {} } = media;
  const usual = example === undefined ? {} : { [usualKey]: { value: example } };
  const given = { ...usual, ...examples };
  const named = Object.entries(given).map(([key, one]) => {
    const said = key === DEMO_KEY ? DEMO_SUMMARY : description;
    return [key, { summary: asked[key] ?? said, ...(isObject(one) ? one : {}) }] as const;
  });
  if (named.length === 0) return;
  delete media.example;
  media.examples = Object.fromEntries(named);
}
