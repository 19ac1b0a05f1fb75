import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseJson, textAt, valueAt } from '../../src/shared/json';

/** Where PayPal's published OpenAPI files are looked for, seen from the root of the repository. */
export const SPECS_FOLDER = '../shared/reference/paypal-specs';

/** Those of the APIs that are used; there is none of OAuth and none of disputes. */
const NAMES = [
  'checkout_orders_v2',
  'payments_payment_v2',
  'payments_payment_v1',
  'notifications_webhooks_v1',
];

export interface OpenApiDocument {
  readonly name: string;
  readonly content: unknown;
}

/** A part of a document: what stands there and the JSON pointer to it. */
export interface Place {
  readonly document: OpenApiDocument;
  readonly pointer: readonly string[];
  readonly value: unknown;
}

/** PayPal's files (https://github.com/paypal/paypal-rest-api-specifications); null where nobody put them. */
export function readDocuments(): readonly OpenApiDocument[] | null {
  const folder = resolve(__dirname, '../..', SPECS_FOLDER);
  if (!existsSync(folder)) return null;
  return NAMES.map((name) => {
    const content = parseJson(readFileSync(join(folder, `${name}.json`), 'utf8'));
    if (valueAt(content, 'paths') === undefined) throw new Error(`${name} is no OpenAPI document`);
    return { name, content };
  });
}

/** What stands at a pointer, after all the references that it may be. */
export function placeAt(document: OpenApiDocument, pointer: readonly string[]): Place {
  const value = pointer.reduce<unknown>(stepInto, document.content);
  const reference = textAt(value, '$ref');
  if (reference === null) return { document, pointer, value };
  return placeAt(document, reference.replace(/^#\//, '').split('/').map(unescaped));
}

export function below(place: Place, ...steps: readonly string[]): Place {
  return placeAt(place.document, [...place.pointer, ...steps]);
}

/** The address that Ajv knows the place by. */
export function addressOf({ document, pointer }: Place): string {
  const steps = pointer.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
  return `${document.name}#/${steps.map(encodeURIComponent).join('/')}`;
}

function stepInto(value: unknown, step: string): unknown {
  return valueAt(value, Array.isArray(value) ? Number(step) : step);
}

function unescaped(step: string): string {
  return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
}
