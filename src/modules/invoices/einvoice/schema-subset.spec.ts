import { invoiceSchema } from '@e-invoice-eu/core';
import { type Particle, readReducedUbl } from '../../../../test/support/reduced-ubl';
import { UBL_DATATYPES, UBL_ROLES, UBL_TYPES } from '../../../../test/support/ubl-structure';
import { listAt, objectAt } from '../../../shared/json';

const OURS = readReducedUbl();
const DATATYPES = new Map(
  UBL_DATATYPES.flatMap((datatype) => words(datatype.names).map((name) => [name, datatype])),
);

/** XML Schema's types, by what they take as text. */
const BASES: Readonly<Record<string, string>> = {
  'xs:string': 'text',
  'xs:token': 'text',
  'xs:decimal': 'decimal',
  'xs:date': 'date',
};

/** The library describes a credit note as an invoice of another type. */
const CREDIT_NOTE_NAMES: Readonly<Record<string, string>> = {
  Invoice: 'CreditNote',
  InvoiceLine: 'CreditNoteLine',
  InvoiceTypeCode: 'CreditNoteTypeCode',
  InvoicedQuantity: 'CreditedQuantity',
};

describe('what our schema takes, UBL 2.1 takes:', () => {
  it.each([...OURS.aggregates])(
    '%s in the order and no oftener or seldomer than there',
    (name, ours) => expect(offences(ours, official(name))).toEqual([]),
  );

  it.each([...OURS.basics])(
    '%s with the datatype and the attributes that it has there',
    (name, { base, attributes }) => {
      const datatype = DATATYPES.get(name);
      const known = words(datatype?.attributes ?? '');
      expect(BASES[base]).toBe(datatype?.base);
      expect(known.map(bare)).toEqual(expect.arrayContaining(attributes.map(bare)));
      expect(attributes).toEqual(expect.arrayContaining(known.filter(isRequired)));
    },
  );

  it('each element that it refers to, for it has them all', () => {
    const refs = [...OURS.aggregates.values()].flat();
    const unknown = refs.filter(
      ({ name, isBasic }) => !(isBasic ? OURS.basics : OURS.aggregates).has(name),
    );
    expect(unknown).toEqual([]);
  });
});

describe('what Peppol demands, our schema demands:', () => {
  it.each(demands())('%s', (_title, { parent, name, attribute }) => {
    const particle = OURS.aggregates.get(parent)?.find((one) => one.name === name);
    if (attribute === null) expect(particle?.min).toBe(1);
    else expect(OURS.basics.get(name)?.attributes).toContain(`${attribute}!`);
  });
});

/** How a sequence of ours could hold what the official one would refuse. */
function offences(ours: readonly Particle[], theirs: readonly Particle[]): readonly string[] {
  const places = ours.map((one) => theirs.findIndex((other) => other.name === one.name));
  return [
    ...ours.flatMap((one, index) => {
      const place = places[index] ?? -1;
      const other = theirs[place];
      if (other === undefined || other.isBasic !== one.isBasic) return [`${one.name} is unknown`];
      return [
        ...(places.slice(0, index).some((before) => before >= place)
          ? [`${one.name} comes too late`]
          : []),
        ...(one.max > other.max ? [`${one.name} may come too often`] : []),
      ];
    }),
    ...theirs
      .filter(({ name, min }) => min > (ours.find((one) => one.name === name)?.min ?? 0))
      .map(({ name }) => `${name} is required`),
  ];
}

/** The sequence of UBL 2.1 for an element. */
function official(element: string): readonly Particle[] {
  const [basics = '', aggregates = ''] = (UBL_TYPES[UBL_ROLES[element] ?? element] ?? '').split(
    '|',
  );
  return [
    ...words(basics).map((word) => particle(word, true)),
    ...words(aggregates).map((word) => particle(word, false)),
  ];
}

function particle(word: string, isBasic: boolean): Particle {
  return {
    name: word.replace(/[?*+]$/, ''),
    isBasic,
    min: /[?*]$/.test(word) ? 0 : 1,
    max: /[*+]$/.test(word) ? Infinity : 1,
  };
}

interface Demand {
  readonly parent: string;
  readonly name: string;
  readonly attribute: string | null;
}

/** What the library's schema, which is Peppol's, demands of the elements that we write. */
function demands(): readonly (readonly [string, Demand])[] {
  const invoice = demandsOf('Invoice', objectAt(invoiceSchema, 'properties', 'ubl:Invoice'));
  const ours = [...invoice, ...invoice.map(ofCreditNote)].filter(
    ({ parent, name, attribute }) =>
      OURS.aggregates.has(parent) && (attribute === null || isWritten(parent, name)),
  );
  const titled = ours.map(
    (one) =>
      [`${one.parent}: ${one.name}${one.attribute ? `@${one.attribute}` : ''}`, one] as const,
  );
  return [...new Map(titled)];
}

function demandsOf(parent: string, schema: unknown): readonly Demand[] {
  const object = { ...objectAt(schema), ...objectAt(schema, 'items') };
  const own = [...listAt(object, 'required'), ...attributes(objectAt(object, 'dependentRequired'))]
    .map(String)
    .map((path) => {
      const [name = '', attribute = null] = local(path).split('@');
      return { parent, name, attribute };
    });
  const children = Object.entries(objectAt(object, 'properties'))
    .map(([name, child]) => [local(name), child] as const)
    .filter(([name]) => isWritten(parent, name) || isWritten(credited(parent), credited(name)));
  return own.concat(children.flatMap(([name, child]) => demandsOf(name, child)));
}

/** Of `{"cbc:EndpointID": ["cbc:EndpointID@schemeID"]}` the attribute; the way back goes without saying. */
function attributes(dependents: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.keys(dependents)
    .filter((name) => !name.includes('@'))
    .flatMap((name) => listAt(dependents, name));
}

function ofCreditNote({ parent, name, attribute }: Demand): Demand {
  return { parent: credited(parent), name: credited(name), attribute };
}

function credited(name: string): string {
  return CREDIT_NOTE_NAMES[name] ?? name;
}

function isWritten(parent: string, name: string): boolean {
  return OURS.aggregates.get(parent)?.some((one) => one.name === name) ?? false;
}

function local(name: string): string {
  return name.replace(/^c[ab]c:/, '');
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function bare(attribute: string): string {
  return attribute.replace('!', '');
}

function isRequired(attribute: string): boolean {
  return attribute.endsWith('!');
}
