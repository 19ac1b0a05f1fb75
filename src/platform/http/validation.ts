import { ValidationPipe } from '@nestjs/common';
import { type ValidationError } from 'class-validator';
import { type FieldError } from '../../shared/app-error';
import { invalidRequest } from './http.errors';

/** Errors reported at once; a body cannot hold many more fields than this. */
const ERRORS_SHOWN_MAX = 50;

/** Validates bodies and queries against their request class; what the class does not name is refused by name. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    // Some requests have no fields at all; what they must not hold is refused by name all the same.
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const found = errors.flatMap((error) => fieldErrors(error, '')).slice(0, ERRORS_SHOWN_MAX);
      return invalidRequest(summary(found), { errors: found });
    },
  });
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const pointer = `${parent}/${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation'
      ? {
          pointer,
          code: 'unknown_field',
          detail: `There is no field "${error.property}" here. Remove it.`,
        }
      : { pointer, code: codeOf(rule), detail: sentence(message) },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, pointer))];
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
