import { type ErrorObject, Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { isObject, listAt, objectAt } from '../../src/shared/json';

const DOCUMENT = 'api';

/** Examples are no schemas, though they may look like ones; `nullable` means nothing in OpenAPI 3.1, but something to Ajv. */
const PROSE = ['example', 'examples', 'nullable'];

/** The schemas of an OpenAPI document, taken strictly: what an object does not declare, it must not have. */
export class StrictSchemas {
  private readonly ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    verbose: true,
    // Each schema is compiled once, not once more wherever it is referred to.
    inlineRefs: false,
    // What is compiled serves for some answers only: making it quicker takes longer than it saves.
    code: { optimize: false },
  });

  constructor(private readonly document: Readonly<Record<string, unknown>>) {
    addFormats(this.ajv);
    this.ajv.addFormat('binary', true);
    this.ajv.addSchema({ ...objectOf(strict(document)), $id: DOCUMENT });
  }

  /** Sentences about what differs; `pointer` leads to a schema in the document and is compiled when first needed. */
  differences(pointer: readonly string[], value: unknown): readonly string[] {
    const reference = DOCUMENT + this.referenceTo(pointer);
    const validate = this.ajv.getSchema(reference);
    if (validate === undefined) throw new Error(`there is no schema at ${reference}`);
    return validate(value) === true ? [] : (validate.errors ?? []).map(sentence);
  }

  /** Hundreds of answers refer to the same problem and say nothing else: it is compiled once for all of them. */
  private referenceTo(pointer: readonly string[]): string {
    const { $ref, ...others } = objectAt(this.document, ...pointer);
    const isReference = typeof $ref === 'string' && Object.keys(others).length === 0;
    return isReference ? $ref : `#/${pointer.map(escaped).join('/')}`;
  }
}

function sentence({ instancePath, message, params, data }: ErrorObject): string {
  const found = JSON.stringify(data)?.slice(0, 100) ?? 'nothing';
  return `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}, is ${found}`;
}

/** A copy in which every object with declared members is closed, wherever schemas are combined too. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name]) => !PROSE.includes(name));
  const copy = Object.fromEntries(members.map(([name, member]) => [name, strict(member)]));
  return isOpen(value) ? { ...copy, unevaluatedProperties: false } : copy;
}

function isOpen(schema: Readonly<Record<string, unknown>>): boolean {
  if (!isObject(schema['properties']) || 'additionalProperties' in schema) return false;
  const types = [schema['type'], ...listAt(schema, 'type')];
  return types.includes('object');
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}
