import {
  type ArgumentMetadata,
  type PipeTransform,
  type Type,
  ValidationPipe,
} from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { AppError, type FieldError } from '../../shared/app-error';
import { isObject, parseJson } from '../../shared/json';
import { RecentMap } from '../limits/recent-map';
import { invalidRequest } from './http.errors';

/** Errors reported at once; a body cannot hold many more fields than this. */
const ERRORS_SHOWN_MAX = 50;

/** Queries remembered of each class at most, and the longest of them: together some megabytes. */
const REMEMBERED_MAX = 200;
const REMEMBERED_LENGTH_MAX = 300;

/**
 * Validates bodies and queries against their request class; what the class does not name is refused by name.
 * Places in a body are JSON pointers (`/amount`), query parameters are written `?limit`.
 */
export class RequestValidation implements PipeTransform {
  private readonly bodies = validationOf('/');
  private readonly queries = validationOf('?');

  /** Queries that were taken a moment ago, by class and text: whoever looks again and again asks the same. */
  private readonly taken = new Map<unknown, RecentMap<object>>();

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'query') return this.query(value, metadata);
    return metadata.type === 'body' ? this.validate(value, metadata) : value;
  }

  private query(value: unknown, metadata: ArgumentMetadata): unknown {
    const { metatype } = metadata;
    // What has no class is not looked at, so there is nothing to save.
    if (metatype === undefined || metatype === Object) return this.validate(value, metadata);
    const text = JSON.stringify(value);
    const taken = this.taken.get(metatype);
    const before = taken?.get(text);
    if (before) return copyOf(before, metatype);
    return this.validate(value, metadata).then((query) => {
      // A copy of the text: parts of the address would keep the whole of it in memory.
      const copied = JSON.stringify(query) === text ? parseJson(text) : undefined;
      if (!isObject(copied) || text.length > REMEMBERED_LENGTH_MAX) return query;
      const remembered = taken ?? new RecentMap<object>(REMEMBERED_MAX);
      this.taken.set(metatype, remembered);
      remembered.set(text, copied);
      return query;
    });
  }

  private async validate(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isQuery = metadata.type === 'query';
    const pipe = isQuery ? this.queries : this.bodies;
    const unknown = unknownNames(value, metadata);
    if (!isObject(value) || unknown.length === 0) return pipe.transform(value, metadata);
    const known = Object.entries(value).filter(([name]) => !unknown.includes(name));
    const errors = await errorsOf(pipe.transform(Object.fromEntries(known), metadata));
    const start = isQuery ? '?' : '/';
    throw refusal([...unknown.map((name) => unknownField({ start, name })), ...errors]);
  }
}

/**
 * What the request holds besides the fields of its class. Looked up here and by own names, because neither
 * class-transformer nor class-validator sees a field that every object has, such as `constructor`.
 */
function unknownNames(value: unknown, { metatype }: ArgumentMetadata): readonly string[] {
  const hasClass = metatype !== undefined && metatype !== Object;
  if (!isObject(value) || !hasClass) return [];
  const declared = declaredNames(metatype);
  return Object.keys(value).filter((name) => !declared.has(name));
}

const declaredByClass = new Map<unknown, ReadonlySet<string>>();

/** A class never changes, and looking it up takes as long as checking what came. */
function declaredNames(metatype: Type): ReadonlySet<string> {
  const known = declaredByClass.get(metatype);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(metatype, '', false, false);
  const declared = new Set(rules.map(({ propertyName }) => propertyName));
  declaredByClass.set(metatype, declared);
  return declared;
}

/** Fields of queries are texts, so that what one request does to its own changes no other. */
function copyOf(query: object, metatype: Type<unknown>): unknown {
  const empty = new metatype();
  return isObject(empty) ? Object.assign(empty, query) : empty;
}

async function errorsOf(validation: Promise<unknown>): Promise<readonly FieldError[]> {
  try {
    await validation;
    return [];
  } catch (error) {
    if (error instanceof AppError) return error.context.errors ?? [];
    throw error;
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
    exceptionFactory: (errors) => refusal(errors.flatMap((error) => fieldErrors(error, start))),
  });
}

/** Names the first error, and shows up to as many as are read. */
export function refusal(errors: readonly FieldError[]): AppError {
  const shown = errors.slice(0, ERRORS_SHOWN_MAX);
  return invalidRequest(summary(shown), { errors: shown });
}

function fieldErrors(error: ValidationError, start: string): FieldError[] {
  const pointer = `${start}${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation'
      ? unknownField({ start, name: error.property })
      : { pointer, code: codeOf(rule), detail: sentence(message) },
  );
  // Several rules about one field often share the sentence that says what to send; once is enough.
  const details = own.map(({ detail }) => detail);
  const distinct = own.filter(({ detail }, index) => details.indexOf(detail) === index);
  const children = error.children ?? [];
  return [...distinct, ...children.flatMap((child) => fieldErrors(child, `${pointer}/`))];
}

/** For a query its name follows a question mark, for a body it is a JSON pointer. */
export function unknownField({ start, name }: { start: string; name: string }): FieldError {
  // RFC 6901: what separates the parts of a pointer is escaped inside of one.
  const part = start === '?' ? name : name.replaceAll('~', '~0').replaceAll('/', '~1');
  const kind = start === '?' ? 'query parameter' : 'field';
  const detail = `There is no ${kind} "${name}" here. Remove it.`;
  return { pointer: `${start}${part}`, code: 'unknown_field', detail };
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
