import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../src/modules/invoices/einvoice/schema');
const FILES = ['ubl-invoice.xsd', 'ubl-credit-note.xsd', 'ubl-aggregates.xsd', 'ubl-basics.xsd'];

/** An element in a sequence: its name, whether it is basic (cbc), and how often it may stand there. */
export interface Particle {
  readonly name: string;
  readonly isBasic: boolean;
  readonly min: number;
  readonly max: number;
}

/** A basic element: the type of XML Schema that it restricts, and its attributes, `!` for the required ones. */
export interface Basic {
  readonly base: string;
  readonly attributes: readonly string[];
}

export interface ReducedUbl {
  readonly aggregates: ReadonlyMap<string, readonly Particle[]>;
  readonly basics: ReadonlyMap<string, Basic>;
}

/**
 * What our schema of UBL allows. Reads only the few forms that it is written in and throws for any other, so that nothing
 * in it goes unseen.
 */
export function readReducedUbl(): ReducedUbl {
  const text = FILES.map((file) => readFileSync(join(FOLDER, file), 'utf8'))
    .join('\n')
    .replace(/<!--[^]*?-->/g, '');
  const rest = new Unread(text);
  const named = new Map(
    rest.take(/<xs:simpleType name="(\w+)">([^]*?)<\/xs:simpleType>/g).map(definition),
  );
  const heads = new Map(
    rest
      .take(/<xs:element name="(\w+)" abstract="true">([^]*?)<\/xs:element>/g)
      .map((match) => basic(match, named)),
  );
  const sequence =
    /<xs:element name="(\w+)">\s*<xs:complexType>\s*<xs:sequence>([^]*?)<\/xs:sequence>\s*<\/xs:complexType>\s*<\/xs:element>/g;
  const aggregates = new Map(rest.take(sequence).map(([name, body]) => [name, particles(body)]));
  const inline = rest
    .take(/<xs:element name="(\w+)">\s*(<xs:simpleType>[^]*?)<\/xs:element>/g)
    .map((match) => basic(match, named));
  const derived = rest
    .take(/<xs:element name="(\w+)" substitutionGroup="(\w+)"\/>/g)
    .map(([name, head]) => [name, found(heads, head)] as const);
  rest.expectNothing();
  return { aggregates, basics: new Map([...inline, ...derived]) };
}

type Match = readonly [name: string, body: string];

/** A text that gets shorter with everything that is read of it. */
class Unread {
  constructor(private text: string) {}

  take(pattern: RegExp): readonly Match[] {
    const matches = [...this.text.matchAll(pattern)];
    this.text = this.text.replace(pattern, '');
    return matches.map(([, name = '', body = '']) => [name, body]);
  }

  expectNothing(): void {
    const left = this.text
      .replace(/<\?xml[^>]*>|<\/?xs:schema[^>]*>|<xs:import [^>]*\/>/g, '')
      .trim();
    if (left !== '') throw new Error(`the schema has a form that is not read here: ${left}`);
  }
}

function definition([name, body]: Match): Match {
  return [name, /<xs:restriction base="([\w:]+)">/.exec(body)?.[1] ?? ''];
}

function basic([name, body]: Match, named: ReadonlyMap<string, string>): readonly [string, Basic] {
  const base = /base="([\w:]+)"/.exec(body)?.[1] ?? '';
  const attributes = [
    ...body.matchAll(/<xs:attribute name="(\w+)" type="\w+"( use="required")?\/>/g),
  ].map(([, attribute = '', use]) => (use === undefined ? attribute : `${attribute}!`));
  if (attributes.length !== body.split('<xs:attribute').length - 1) {
    throw new Error(`an attribute of ${name} is written in a form that is not read here`);
  }
  return [name, { base: named.get(base) ?? base, attributes }];
}

function particles(body: string): readonly Particle[] {
  const rest = new Unread(body);
  const particle = /<xs:element ref="(c[ab]c:\w+)"((?: m(?:in|ax)Occurs="\w+")*)\/>/g;
  const refs = rest.take(particle);
  rest.expectNothing();
  return refs.map(([ref, occurs]) => {
    const max = /maxOccurs="(\w+)"/.exec(occurs)?.[1] ?? '1';
    return {
      name: ref.slice('cbc:'.length),
      isBasic: ref.startsWith('cbc:'),
      min: Number(/minOccurs="(\w+)"/.exec(occurs)?.[1] ?? '1'),
      max: max === 'unbounded' ? Infinity : Number(max),
    };
  });
}

function found<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`the schema knows no ${key}`);
  return value;
}
