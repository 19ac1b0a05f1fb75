import { type OpenAPIObject } from '@nestjs/swagger';
import { showing } from '../../shared/app-error';
import { errorAnswer } from '../http/documented';
import { malformedRequest } from '../http/http.errors';
import { answersOf, operationsOf } from './operations';

/**
 * An address that carries an id can be one that nobody can read, such as with a broken percent-encoding. Operations
 * with another form of errors say so themselves.
 */
export function withUnreadablePaths(document: OpenAPIObject): OpenAPIObject {
  for (const { path, operation } of operationsOf(document)) {
    const tellsProblems = answersOf(operation).some(([, { content = {} }]) => PROBLEM in content);
    if (!path.includes('{') || !tellsProblems) continue;
    operation.responses['400'] ??= errorAnswer([UNREADABLE]);
  }
  return document;
}

const PROBLEM = 'application/problem+json';

const UNREADABLE = showing(malformedRequest, {
  detail: 'The address is not valid. Write it as percent-encoded UTF-8.',
});
