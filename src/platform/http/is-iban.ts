import { registerDecorator } from 'class-validator';
import { readIban } from '../../shared/iban';

/** An IBAN whose check digits are right; spaces may stand between its groups. */
export function IsIban(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isIban',
      target: target.constructor,
      propertyName: String(property),
      options: { message: 'Send an IBAN with the right check digits, such as NL91ABNA0417164300.' },
      validator: {
        validate: (value: unknown) => typeof value === 'string' && readIban(value) !== null,
      },
    });
  };
}
