import { createRequire } from 'node:module';

/** What we use of `node-schematron`, whose own types would bring the browser's into all of our sources. */
interface Schematron {
  readonly Schema: { fromString(text: string): SchematronRules };
}

interface SchematronRules {
  validateString(xml: string, options: { debug: boolean }): readonly { message: string }[];
}

export function readSchematron(text: string): SchematronRules {
  const { Schema } = createRequire(__filename)('node-schematron') as Schematron;
  return Schema.fromString(text);
}
