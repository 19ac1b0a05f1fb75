import { type ArgumentMetadata, type PipeTransform, ValidationPipe } from '@nestjs/common';
import { type ValidationError } from 'class-validator';
import { type FieldError } from '../../shared/app-error';
import { invalidRequest } from './http.errors';

/** Errors reported at once; a body cannot hold many more fields than this. */
const ERRORS_SHOWN_MAX = 50;

/**
 * Validates bodies and queries against their request class; what the class does not name is refused by name.
 * Places in a body are JSON pointers (`/amount`), query parameters are written `?limit`.
 */
export class RequestValidation implements PipeTransform {
  private readonly bodies = validationOf('/');
  private readonly queries = validationOf('?');

  transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const pipe = metadata.type === 'query' ? this.queries : this.bodies;
    return pipe.transform(value, metadata);
  }
}

function validationOf(start: '/' | '?'): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    // Some requests have no fields at all; what they must not hold is refused by name all the same.
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const found = errors.flatMap((error) => fieldErrors(error, start));
      const shown = found.slice(0, ERRORS_SHOWN_MAX);
      return invalidRequest(summary(shown), { errors: shown });
    },
  });
}

function fieldErrors(error: ValidationError, start: string): FieldError[] {
  const pointer = `${start}${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation'
      ? unknownField(pointer)
      : { pointer, code: codeOf(rule), detail: sentence(message) },
  );
  // Several rules about one field often share the sentence that says what to send; once is enough.
  const details = own.map(({ detail }) => detail);
  const distinct = own.filter(({ detail }, index) => details.indexOf(detail) === index);
  const children = error.children ?? [];
  return [...distinct, ...children.flatMap((child) => fieldErrors(child, `${pointer}/`))];
}

function unknownField(pointer: string): FieldError {
  const detail = `There is no field "${pointer.replace(/^.*[/?]/, '')}" here. Remove it.`;
  return { pointer, code: 'unknown_field', detail };
}

function summary(errors: readonly FieldError[]): string {
  const first = errors[0];
  if (!first) return 'The request is not acceptable.';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  return `${first.pointer}: ${first.detail}${more}`;
}

function codeOf(rule: string): string {
  return rule.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^_/, '');
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
