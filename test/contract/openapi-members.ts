import { isObject, listAt, objectAt, valueAt } from '../../src/shared/json';
import { below, type Place } from './openapi-documents';

/** PayPal's schemas leave all objects open, so Ajv lets a misspelt member pass: this finds those nobody described. */
export function unknownMembers(schema: Place, value: unknown, path = ''): readonly string[] {
  const parts = partsOf(schema);
  if (Array.isArray(value)) {
    const items = parts.filter((part) => isObject(valueAt(part.value, 'items')));
    return value.flatMap((one, at) =>
      leastOf(items.map((part) => unknownMembers(below(part, 'items'), one, `${path}/${at}`))),
    );
  }
  if (!isObject(value) || isOpen(parts)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const described = parts.filter((part) => name in objectAt(part.value, 'properties'));
    if (described.length === 0) return [`${path}/${name} is not described`];
    return leastOf(
      described.map((part) =>
        unknownMembers(below(part, 'properties', name), member, `${path}/${name}`),
      ),
    );
  });
}

/** The schema and all those that it is made of. */
function partsOf(schema: Place): readonly Place[] {
  const inner = ['allOf', 'anyOf', 'oneOf'].flatMap((word) =>
    listAt(schema.value, word).map((_, at) => below(schema, word, String(at))),
  );
  return [schema, ...inner.flatMap(partsOf)];
}

/** Nothing is said about the members, or any are welcome. */
function isOpen(parts: readonly Place[]): boolean {
  const isSaid = parts.some(({ value }) => valueAt(value, 'properties') !== undefined);
  const isFree = parts.some(({ value }) => isObject(valueAt(value, 'additionalProperties')));
  return !isSaid || isFree;
}

/** A member that is described twice has to fit one of the descriptions. */
function leastOf(findings: readonly (readonly string[])[]): readonly string[] {
  return [...findings].sort((a, b) => a.length - b.length)[0] ?? [];
}
