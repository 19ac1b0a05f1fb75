import { registerDecorator } from 'class-validator';
import { isPrintable } from '../domain/printable';

/** A text for documents: of people's characters, and not empty. */
export function IsPrintable(lengthMax: number): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isPrintable',
      target: target.constructor,
      propertyName: String(property),
      options: {
        message: `Send a text of 1 to ${lengthMax} characters without control characters and marks of direction, or null.`,
      },
      validator: {
        validate: (value: unknown) => isPrintable(value) && value.length <= lengthMax,
      },
    });
  };
}
