import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type XMLFileInfo } from 'xmllint-wasm';
import { type EInvoiceProblem } from './e-invoice-error';

export type SchemaName = keyof typeof SCHEMAS;

interface SchemaFiles {
  readonly main: string;
  readonly parts: readonly string[];
}

const UBL_PARTS = ['ubl-aggregates.xsd', 'ubl-basics.xsd'];

/** File names in `schema/`; schema/README.md says where they come from and how much they check. */
const SCHEMAS = {
  'ubl-invoice': { main: 'ubl-invoice.xsd', parts: UBL_PARTS },
  'ubl-credit-note': { main: 'ubl-credit-note.xsd', parts: UBL_PARTS },
  'factur-x': {
    main: 'factur-x.xsd',
    parts: ['factur-x-aggregates.xsd', 'factur-x-qualified.xsd', 'factur-x-unqualified.xsd'],
  },
} satisfies Record<string, SchemaFiles>;

const FOLDER = join(__dirname, 'schema');
/** Of 64 KiB each; libxml2 needs a few dozen MiB for an invoice of some thousand lines. */
const MEMORY_PAGES_MAX = 4096;

/**
 * What is not valid by the schema, with line numbers; empty for a valid text. libxml2 runs as WebAssembly in a thread of
 * its own, so that a long document does not hold up anybody.
 */
export async function schemaProblems(
  xml: string,
  name: SchemaName,
): Promise<readonly EInvoiceProblem[]> {
  const { main, parts } = SCHEMAS[name];
  const { validateXML } = await import('xmllint-wasm');
  await (compiled ??= compile().catch(() => null));
  const { valid, errors, rawOutput } = await validateXML({
    xml: { fileName: 'document.xml', contents: xml },
    schema: await read(main),
    preload: await Promise.all(parts.map(read)),
    maxMemoryPages: MEMORY_PAGES_MAX,
  });
  if (valid) return [];
  const messages = errors.map(({ loc, message }) => `Line ${loc?.lineNumber ?? '?'}: ${message}`);
  return (messages.length > 0 ? messages : [rawOutput]).map((detail) => ({
    rule: 'schema',
    detail,
  }));
}

/**
 * The library compiles libxml2 anew in each of its threads, which took more time than the check. V8 knows the code again as
 * long as somebody in this process holds what was compiled. Where that fails, the check works all the same.
 */
let compiled: Promise<WebAssembly.Module | null> | null = null;

async function compile(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(require.resolve('xmllint-wasm/xmllint.wasm')));
}

async function read(fileName: string): Promise<XMLFileInfo> {
  return { fileName, contents: await readFile(join(FOLDER, fileName), 'utf8') };
}
