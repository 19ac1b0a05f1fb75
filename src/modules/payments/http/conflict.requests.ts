import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { NOTE_MAX, WHY } from './operation.requests';

/** Why a person closes a conflict. */
export class CloseConflictRequest {
  @ApiProperty({
    description: 'Why, for colleagues: what was looked at, and what was done about it.',
    maxLength: NOTE_MAX,
    example: 'The customer wanted to pay after all.',
  })
  @MaxLength(NOTE_MAX, { message: `Send at most ${NOTE_MAX} characters.` })
  @Matches(/\S/, { message: WHY })
  @IsString({ message: 'Say in a text why: colleagues will ask.' })
  note!: string;
}
