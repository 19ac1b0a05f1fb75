import { registerDecorator } from 'class-validator';

/** Control characters have no picture and no place in XML 1.0; tabs and line ends do. */
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;

export function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !UNPRINTABLE.test(value);
}

/** A text for documents: of people's characters, and not empty. */
export function IsPrintable(lengthMax: number): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isPrintable',
      target: target.constructor,
      propertyName: String(property),
      options: {
        message: `Send a text of 1 to ${lengthMax} characters without control characters, or null.`,
      },
      validator: {
        validate: (value: unknown) => isPrintable(value) && value.length <= lengthMax,
      },
    });
  };
}
