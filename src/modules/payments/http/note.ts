import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';

/** Room for what was seen where, not for a correspondence. */
const NOTE_MAX = 1_000;

/** Why a person decides something: a text for colleagues, of up to 1,000 characters, and not only spaces. */
export function IsNote({
  description,
  example,
}: {
  readonly description: string;
  readonly example: string;
}) {
  return applyDecorators(
    IsString({ message: 'Say in a text why: colleagues will ask.' }),
    Matches(/\S/, { message: 'Say why: colleagues will ask.' }),
    MaxLength(NOTE_MAX, { message: `Send at most ${NOTE_MAX} characters.` }),
    ApiProperty({ description, maxLength: NOTE_MAX, example }),
  );
}
