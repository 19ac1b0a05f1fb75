import { isObject, objectAt } from '../../src/shared/json';
import { faultsOf, hasText, type HouseRule } from './house-rule';

interface Schema {
  readonly at: readonly string[];
  readonly schema: Readonly<Record<string, unknown>>;
}

interface Property extends Schema {
  readonly name: string;
}

const propertiesDescribed: HouseRule = {
  measures: 'properties described',
  judge: (document) =>
    propertiesOf(document).map(({ at, schema }) => ({
      at,
      faults: faultsOf([hasText(schema, 'description'), 'needs a description']),
    })),
};

const times: HouseRule = {
  measures: 'times `*_at` as date-time, days `*_date` as date',
  judge: (document) =>
    propertiesOf(document)
      .filter(({ name }) => /_(?:at|date)$/.test(name))
      .map(({ at, name, schema }) => {
        const format = name.endsWith('_at') ? 'date-time' : 'date';
        return { at, faults: faultsOf([schema['format'] === format, `must be a ${format}`]) };
      }),
};

const noFractions: HouseRule = {
  measures: 'schemas that are no `number`, amounts in whole minor units or as text',
  judge: (document) =>
    schemasOf(document).map(({ at, schema }) => {
      const name = at.at(-1) ?? '';
      const types = typesOf(schema);
      const isAmount = /(?:^|_)amount$/.test(name) && at.at(-2) === 'properties';
      const isExact = types.includes('integer') || types.includes('string');
      return {
        at,
        faults: faultsOf(
          [!types.includes('number'), 'must not be a number: fractions lose digits'],
          [!isAmount || isExact || '$ref' in schema, 'must be an integer of minor units, or text'],
        ),
      };
    }),
};

function typesOf({ type }: Schema['schema']): readonly unknown[] {
  return Array.isArray(type) ? type : [type];
}

function propertiesOf(document: unknown): readonly Property[] {
  return schemasOf(document).flatMap(({ at, schema }) =>
    Object.entries(objectAt(schema, 'properties')).map(([name, property]) => ({
      at: [...at, 'properties', name],
      name,
      schema: objectAt(property),
    })),
  );
}

/** Every schema of the document, wherever it stands; what examples hold is none. */
function schemasOf(document: unknown): readonly Schema[] {
  const found: Schema[] = [];
  const walk = (value: unknown, at: readonly string[]): void => {
    if (Array.isArray(value)) value.forEach((one, index) => walk(one, [...at, String(index)]));
    if (!isObject(value)) return;
    if (isSchema(value, at)) found.push({ at, schema: value });
    for (const [key, member] of Object.entries(value)) {
      if (!EXAMPLES.includes(key) || at.at(-1) === 'properties') walk(member, [...at, key]);
    }
  };
  walk(document, []);
  return found;
}

const EXAMPLES = ['example', 'examples', 'default', 'enum'];
const HOLDERS = ['schemas', 'properties', 'patternProperties'];
const KEYWORDS = ['schema', 'items', 'additionalProperties'];
const LISTS = ['anyOf', 'oneOf', 'allOf'];

function isSchema(value: Readonly<Record<string, unknown>>, at: readonly string[]): boolean {
  const [key = '', holder = ''] = [at.at(-1), at.at(-2)];
  const isMember = HOLDERS.includes(holder) || LISTS.includes(holder);
  return isMember || (KEYWORDS.includes(key) && !HOLDERS.includes(holder)) || '$schema' in value;
}

export const schemaRules = {
  'properties-described': propertiesDescribed,
  'times-and-days': times,
  'no-fractions': noFractions,
} satisfies Readonly<Record<string, HouseRule>>;
