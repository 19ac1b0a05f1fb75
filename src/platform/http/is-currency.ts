import { registerDecorator } from 'class-validator';
import { isCurrency } from '../../shared/money/currency';

/** An ISO 4217 currency code in capitals. */
export function IsCurrency(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isCurrency',
      target: target.constructor,
      propertyName: String(property),
      options: { message: 'Send the three capital letters of an ISO 4217 currency, such as EUR.' },
      validator: { validate: (value: unknown) => typeof value === 'string' && isCurrency(value) },
    });
  };
}
