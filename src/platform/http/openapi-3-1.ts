import { type OpenAPIObject } from '@nestjs/swagger';
import { isObject } from '../../shared/json';

/**
 * OpenAPI 3.1 has no `nullable`: null is one of the types. The generator still writes the older form for
 * decorated properties, so the finished document is rewritten once.
 */
export function withNullableTypes(document: OpenAPIObject): OpenAPIObject {
  rewrite(document);
  return document;
}

function rewrite(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(rewrite);
  if (!isObject(value)) return;
  Object.values(value).forEach(rewrite);
  if (isMutable(value) && value['nullable'] === true) allowNull(value);
}

function allowNull(schema: Record<string, unknown>): void {
  delete schema['nullable'];
  if (typeof schema['type'] === 'string') schema['type'] = [schema['type'], 'null'];
  else if (Array.isArray(schema['allOf'])) {
    schema['anyOf'] = [...(schema['allOf'] as unknown[]), { type: 'null' }];
    delete schema['allOf'];
  }
}

function isMutable(value: object): value is Record<string, unknown> {
  return !Object.isFrozen(value);
}
