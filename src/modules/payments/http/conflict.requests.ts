import { IsNote } from './note';

/** Why a person closes a conflict. */
export class CloseConflictRequest {
  @IsNote({
    description: 'Why, for colleagues: what was looked at, and what was done about it.',
    example: 'The customer wanted to pay after all.',
  })
  note!: string;
}
