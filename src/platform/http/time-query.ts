import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional } from 'class-validator';
import { invalidRequest } from './http.errors';

const HELP = 'Send a time such as 2026-11-20T09:00:00Z.';

/** A query parameter that is a time and may be left out; read it with `timeOf`. */
export function OptionalTime(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, format: 'date-time' }),
    IsOptional(),
    IsISO8601({ strict: true }, { message: HELP }),
  );
}

/** ISO 8601 has forms that few programs read, such as week dates; they are refused like any other text. */
export function timeOf(name: string, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw invalidRequest(HELP, { errors: [{ pointer: `?${name}`, code: 'time', detail: HELP }] });
}
