import { type OpenAPIObject } from '@nestjs/swagger';
import { isObject } from '../../shared/json';

/**
 * References as OpenAPI 3.1 writes them. The generator wraps a described reference in an `allOf`, and a nullable
 * one in an `allOf` that null can never satisfy; the finished document is rewritten once.
 */
export function withPlainReferences(document: OpenAPIObject): OpenAPIObject {
  rewrite(document);
  return document;
}

function rewrite(value: unknown): void {
  if (Array.isArray(value)) value.forEach(rewrite);
  else if (isMutable(value)) {
    Object.values(value).forEach(rewrite);
    const { allOf } = value;
    if (Array.isArray(allOf) && allOf.length === 1) unwrap(value, allOf);
  }
}

function unwrap(schema: Record<string, unknown>, allOf: readonly unknown[]): void {
  const types = schema['type'];
  delete schema['allOf'];
  if (Array.isArray(types) && types.includes('null')) {
    delete schema['type'];
    schema['anyOf'] = [...allOf, { type: 'null' }];
  } else Object.assign(schema, allOf[0]);
}

function isMutable(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Object.isFrozen(value);
}
