import { type Invoice, type Logger } from '@e-invoice-eu/core';
import { isObject, type JsonObject } from '../../../shared/json';

export type Syntax = 'UBL' | 'CII';

/** What the library says about a description that it does not take. */
export interface Refusal {
  readonly path: string;
  readonly message: string;
}

export interface XmlLibrary {
  /** What the library's own schema finds wrong: unknown codes and missing parts; empty when it can be written. */
  refusals(description: JsonObject): readonly Refusal[];
  /** The XML text; the description must have passed `refusals`. */
  write(description: JsonObject, syntax: Syntax): Promise<string>;
}

const SILENT: Logger = { log: () => {}, warn: () => {}, error: () => {} };

/** In CII it leads to a file on nobody's disk, which some readers go and look for. */
const SCHEMA_LOCATION = / xsi:schemaLocation="[^"]*"/;

let loaded: Promise<XmlLibrary> | null = null;

/**
 * `@e-invoice-eu/core`, loaded with the first e-invoice: that takes a third of a second, which a start without one need
 * not pay. The schema is compiled once; the library itself would do it for every document.
 */
export function xmlLibrary(): Promise<XmlLibrary> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<XmlLibrary> {
  const { FormatFactoryService, invoiceSchema } = await import('@e-invoice-eu/core');
  const { Ajv2019 } = await import('ajv/dist/2019.js');
  const accepts = new Ajv2019({ strict: true, allErrors: true }).compile(
    withExactPrices(invoiceSchema),
  );
  const formats = new FormatFactoryService();
  return {
    refusals: (description) => {
      if (accepts(withoutGaps(description))) return [];
      return (accepts.errors ?? []).map(({ instancePath, message }) => ({
        path: instancePath,
        message: message ?? 'is wrong',
      }));
    },
    write: async (description, syntax) => {
      const format = formats.createFormatService(syntax, SILENT);
      const invoice = withoutGaps(description) as Invoice;
      const xml = String(await format.generate(invoice, { format: syntax, lang: 'en' }));
      return xml.replace(SCHEMA_LOCATION, '');
    },
  };
}

/** The library takes prices with two decimals; EN 16931 sets them no limit, and fractions of a cent need more. */
function withExactPrices(schema: object): object {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === 'cbc:PriceAmount' && isObject(value) && '$ref' in value
      ? { ...value, $ref: '#/$defs/dataTypes/Quantity' }
      : value,
  );
  return JSON.parse(text) as object;
}

/** A copy without the members that are undefined; the library changes what it is given. */
function withoutGaps(description: JsonObject): unknown {
  return JSON.parse(JSON.stringify(description));
}
