import { registerDecorator } from 'class-validator';
import { DESCRIPTION_MAX, isDescription, LINE_BREAKS_MAX } from '../domain/description';
import { isPrintable } from '../domain/printable';

export const DESCRIPTION_HELP = `Send what it is, 1 to ${DESCRIPTION_MAX} printable characters with at most ${LINE_BREAKS_MAX} line breaks.`;

/** A text for documents: of people's characters, and not empty. */
export function IsPrintable(lengthMax: number): PropertyDecorator {
  return isText({
    name: 'isPrintable',
    message: `Send a text of 1 to ${lengthMax} characters without control characters and marks of direction, or null.`,
    isTaken: (value) => isPrintable(value) && value.length <= lengthMax,
  });
}

/** What a line is for. */
export function IsDescription(): PropertyDecorator {
  return isText({ name: 'isDescription', message: DESCRIPTION_HELP, isTaken: isDescription });
}

interface TextRule {
  readonly name: string;
  readonly message: string;
  readonly isTaken: (value: unknown) => boolean;
}

function isText({ name, message, isTaken }: TextRule): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      options: { message },
      validator: { validate: isTaken },
    });
  };
}
