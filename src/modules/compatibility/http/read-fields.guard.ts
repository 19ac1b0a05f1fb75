import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { readJsonFields } from '../../../platform/http/json-body';
import { rawBody } from '../../../platform/http/raw-body';
import { fieldsInvalid } from '../compatibility.errors';

/** Reads the body once it is known who asks: whoever may not ask is told that, and not what is wrong with the JSON. */
@Injectable()
export class ReadFields implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const fields = readJsonFields(rawBody(request));
    if (fields === null) {
      const detail = 'Invalid data. Expected a dictionary.';
      throw fieldsInvalid(detail, { errors: [{ pointer: '', code: 'not_an_object', detail }] });
    }
    request.body = fields;
    return true;
  }
}
