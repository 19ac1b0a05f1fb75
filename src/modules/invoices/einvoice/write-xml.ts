import { type JsonObject } from '../../../shared/json';
import { refuseProblems } from './e-invoice-error';
import { schemaProblems, type SchemaName } from './schema-check';
import { type Syntax, xmlLibrary } from './xml-library.wire';

interface XmlOrder {
  readonly number: string;
  readonly description: JsonObject;
  readonly syntax: Syntax;
  readonly schema: SchemaName;
}

/** The XML of a description, valid by its schema; throws EInvoiceError with everything that is wrong. */
export async function writeXml({ number, description, syntax, schema }: XmlOrder): Promise<string> {
  const library = await xmlLibrary();
  const refusals = library.refusals(description);
  refuseProblems(
    number,
    refusals.map(({ path, message }) => ({ rule: 'schema', detail: `${path} ${message}.` })),
  );
  const xml = await library.write(description, syntax);
  refuseProblems(number, await schemaProblems(xml, schema));
  return xml;
}
