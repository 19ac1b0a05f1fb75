import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSchematron } from './schematron.wire';

/** Says where the files are that cannot be shipped with us; nobody has to have them. */
const RULES = 'EN16931_RULES_DIR';
const SCHEMAS = 'UBL_XSD_DIR';

/** Which official rules a text breaks, as they word it; empty when it is in order. */
export type RuleBook = (xml: string) => readonly string[];

/**
 * Runs tests with the official rules of EN 16931, https://github.com/ConnectingEurope/eInvoicing-EN16931, in the form that
 * is published as `…-preprocessed.sch`; without them one skipped test says what was not looked at.
 */
export function describeWithRules(syntax: 'UBL' | 'CII', tests: (rules: RuleBook) => void): void {
  const path = find(process.env[RULES], `EN16931-${syntax}-validation-preprocessed.sch`);
  const name = `the official EN 16931 rules for ${syntax}`;
  const itWithRules = path === null ? it.skip : it;
  itWithRules(`${name} are found where ${RULES} says`, () => {
    expect(readFileSync(String(path), 'utf8')).toContain('BR-CO-15');
  });
  if (path === null) return;
  describe(name, () => tests(rulesOf(path)));
}

export interface SchemaFile {
  readonly fileName: string;
  readonly contents: string;
}

/** The same for the schemas of UBL 2.1 as OASIS publishes them: a folder with `maindoc` and `common`. */
export function describeWithSchemas(tests: (files: readonly SchemaFile[]) => void): void {
  const folder = process.env[SCHEMAS] ?? '';
  const isThere = existsSync(join(folder, 'maindoc', 'UBL-Invoice-2.1.xsd'));
  const itWithSchemas = isThere ? it : it.skip;
  itWithSchemas(`the official UBL 2.1 schemas are found where ${SCHEMAS} says`, () => {
    expect(filesOf(join(folder, 'common'))).not.toHaveLength(0);
  });
  if (!isThere) return;
  const paths = ['maindoc', 'common'].flatMap((part) => filesOf(join(folder, part)));
  describe('the official UBL 2.1 schemas', () => tests(paths.map(flatSchema)));
}

function rulesOf(path: string): RuleBook {
  const schema = readSchematron(readFileSync(path, 'utf8'));
  return (xml) => schema.validateString(xml, { debug: true }).map(({ message }) => message.trim());
}

/** The validator has one folder for all files. */
function flatSchema(path: string): SchemaFile {
  const contents = readFileSync(path, 'utf8').replaceAll(
    'schemaLocation="../common/',
    'schemaLocation="',
  );
  return { fileName: basename(path), contents };
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

function find(folder: string | undefined, name: string): string | null {
  if (folder === undefined || !existsSync(folder)) return null;
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const found = paths.find((path) => basename(path) === name);
  return found === undefined ? null : join(folder, found);
}
