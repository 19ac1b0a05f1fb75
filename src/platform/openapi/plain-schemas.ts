import { type OpenAPIObject } from '@nestjs/swagger';
import { isObject } from '../../shared/json';

/**
 * Schemas as OpenAPI 3.1 writes them. The generator marks what may be null with `nullable`, which 3.1 does not know,
 * and wraps a described reference in an `allOf`; the finished document is rewritten once.
 */
export function withPlainSchemas(document: OpenAPIObject): OpenAPIObject {
  rewrite(document);
  return document;
}

/** Examples are somebody's data and stay as they are. */
const EXAMPLES = ['example', 'examples'];

function rewrite(value: unknown): void {
  if (Array.isArray(value)) value.forEach(rewrite);
  else if (isMutable(value)) {
    for (const [key, member] of Object.entries(value)) if (!EXAMPLES.includes(key)) rewrite(member);
    unwrap(value);
    if (value['nullable'] === true) allowNull(value);
    delete value['nullable'];
  }
}

function unwrap(schema: Record<string, unknown>): void {
  const { allOf } = schema;
  if (!Array.isArray(allOf) || allOf.length !== 1) return;
  delete schema['allOf'];
  Object.assign(schema, allOf[0]);
}

function allowNull(schema: Record<string, unknown>): void {
  const { type, enum: values, $ref } = schema;
  if ($ref !== undefined) {
    delete schema['$ref'];
    delete schema['type'];
    schema['anyOf'] = [{ $ref }, { type: 'null' }];
    return;
  }
  if (typeof type === 'string') schema['type'] = [type, 'null'];
  if (isList(values) && !values.includes(null)) schema['enum'] = [...values, null];
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isMutable(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Object.isFrozen(value);
}
