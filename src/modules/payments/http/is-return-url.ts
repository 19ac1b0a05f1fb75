import { registerDecorator, type ValidationArguments } from 'class-validator';
import { returnUrlProblem } from '../domain/return-url';

/** An absolute http(s) URL that the payer may be sent to; says what is wrong with one that is not. */
export function IsReturnUrl(lengthMax: number): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isReturnUrl',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => problemOf(value, lengthMax) === null,
        defaultMessage: (args?: ValidationArguments) => problemOf(args?.value, lengthMax) ?? '',
      },
    });
  };
}

function problemOf(value: unknown, lengthMax: number): string | null {
  if (typeof value !== 'string') return 'Send a URL as text.';
  if (value.length > lengthMax) return `Send at most ${lengthMax} characters.`;
  return returnUrlProblem(value);
}
