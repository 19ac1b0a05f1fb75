import { registerDecorator } from 'class-validator';
import { isObject } from '../../shared/json';

/** Largest `metadata`, as JSON text: room for references, not for documents. */
const BYTES_MAX = 8 * 1024;
const KEYS_MAX = 50;

/** An object of the caller's own: at most 50 keys and 8 kB. */
export function IsSmallObject(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isSmallObject',
      target: target.constructor,
      propertyName: String(property),
      options: { message: `Send at most ${KEYS_MAX} keys and 8 kB.` },
      validator: { validate: (value: unknown) => isObject(value) && isSmall(value) },
    });
  };
}

function isSmall(value: Readonly<Record<string, unknown>>): boolean {
  const text = JSON.stringify(value);
  return Object.keys(value).length <= KEYS_MAX && Buffer.byteLength(text) <= BYTES_MAX;
}
