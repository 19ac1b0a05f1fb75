import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** A text that may be left out or null. */
export function OptionalText(max: number, description: string, example: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, type: String, nullable: true, maxLength: max, example }),
    IsOptional(),
    IsString({ message: 'Send a text or null.' }),
    MaxLength(max, { message: `Send at most ${max} characters.` }),
  );
}
