import { plainText } from './plain-text';

/** BT-34 or BT-49: where an e-invoice is delivered, and what kind of address that is (EAS code list). */
export interface ElectronicAddress {
  readonly id: string;
  readonly scheme: string;
}

export interface Addressee {
  readonly country: string | null;
  readonly vat_number: string | null;
  readonly registration_number?: string | null;
  readonly email: string | null;
}

/** Electronic mail; in the code list of EN 16931 (BR-CL-25), but not in that of Peppol (PEPPOL-EN16931-CL008). */
const EMAIL = 'EM';
const KVK = '0106';
const BELGIAN_ENTERPRISE = '0208';

/** First letters of a VAT number → scheme of that country's VAT numbers. Source: EAS, https://docs.peppol.eu/poacc/billing/3.0/codelist/eas/ */
const VAT_SCHEMES: ReadonlyMap<string, string> = new Map(
  (
    'AT 9914,BG 9926,CY 9928,CZ 9929,DE 9930,EE 9931,EL 9933,ES 9920,FR 9957,GB 9932,HR 9934,HU 9910,' +
    'IE 9935,IT 0211,LT 9937,LU 9938,LV 9939,MT 9943,NL 9944,PL 9945,PT 9946,RO 9947,SI 9949,SK 9950'
  )
    .split(',')
    .map((pair) => [pair.slice(0, 2), pair.slice(3)] as const),
);

interface Register {
  readonly scheme: string;
  /** The VAT number, with the number in the register as its first group. */
  readonly form: RegExp;
  /** What stands before that number in an address. */
  readonly before: string;
}

/**
 * Countries without a scheme for VAT numbers: their receivers are known by the number of a register, which the VAT number
 * holds. Finland had 0213 until Peppol took it from its list in May 2026; its OVT code is 0037 and the business id.
 */
const REGISTERS: readonly Register[] = [
  { scheme: BELGIAN_ENTERPRISE, form: /^BE([01]\d{9})$/, before: '' },
  { scheme: '0184', form: /^DK(\d{8})$/, before: 'DK' },
  { scheme: '0216', form: /^FI(\d{8})$/, before: '0037' },
  { scheme: '0192', form: /^NO(\d{9})(?:MVA)?$/, before: '' },
  { scheme: '0007', form: /^SE(\d{10})\d{2}$/, before: '' },
];

/** The best known address; an e-mail address is one for those who do not send it by Peppol. */
export function electronicAddress(party: Addressee): ElectronicAddress | null {
  return peppolAddress(party) ?? emailAddress(party);
}

/** Where Peppol delivers: by the number in the trade register, else by the VAT number. */
export function peppolAddress(party: Omit<Addressee, 'email'>): ElectronicAddress | null {
  return legalRegistration(party) ?? vatAddress(party);
}

/** BT-30 with its scheme (ISO 6523); null where the number is missing or its register has no scheme that we know. */
export function legalRegistration(
  party: Pick<Addressee, 'country' | 'registration_number'>,
): ElectronicAddress | null {
  const id = withoutSeparators(party.registration_number ?? '');
  if (party.country === 'NL' && /^\d{8}$/.test(id)) return { id, scheme: KVK };
  if (party.country === 'BE' && /^[01]\d{9}$/.test(id)) return { id, scheme: BELGIAN_ENTERPRISE };
  return null;
}

/** BT-30 of anybody; Peppol takes Swedish numbers without the hyphen that people write (SE-R-004). */
export function registrationNumber({
  country,
  registration_number: number,
}: Pick<Addressee, 'country' | 'registration_number'>): string | undefined {
  const text = plainText(number ?? null);
  return country === 'SE' && text !== undefined ? withoutSeparators(text) : text;
}

/** A VAT number as XML wants it: without the spaces and dots that people put in. */
export function vatIdentifier(text: string): string {
  return withoutSeparators(text).toUpperCase();
}

function vatAddress({ vat_number: vatNumber }: Pick<Addressee, 'vat_number'>) {
  const id = vatIdentifier(vatNumber ?? '');
  for (const { scheme, form, before } of REGISTERS) {
    const number = form.exec(id)?.[1];
    if (number !== undefined) return { id: `${before}${number}`, scheme };
  }
  const scheme = VAT_SCHEMES.get(id.slice(0, 2));
  return scheme === undefined ? null : { id, scheme };
}

function emailAddress({ email }: Addressee): ElectronicAddress | null {
  const id = email?.trim() ?? '';
  return id === '' ? null : { id, scheme: EMAIL };
}

function withoutSeparators(text: string): string {
  return text.replaceAll(/[\s.-]/g, '');
}
