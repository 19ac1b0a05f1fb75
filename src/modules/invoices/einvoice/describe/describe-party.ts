import { type JsonObject } from '../../../../shared/json';
import { type InvoiceDocument } from '../../domain/invoice-document';
import {
  electronicAddress,
  legalRegistration,
  registrationNumber,
  vatIdentifier,
} from '../electronic-address';
import { isGerman } from '../is-german';
import { plainText } from '../plain-text';
import { hasCategory } from '../rules/vat-groups';

/** BG-4. */
export function describeSeller(document: InvoiceDocument): JsonObject {
  const { issuer } = document;
  const registration = legalRegistration(issuer);
  return {
    'cac:Party': {
      ...endpoint(electronicAddress(issuer)),
      'cac:PostalAddress': postalAddress(issuer),
      ...vatScheme(issuer.vat_number, document, asList),
      'cac:PartyLegalEntity': {
        'cbc:RegistrationName': plainText(issuer.name),
        'cbc:CompanyID': registration?.id ?? registrationNumber(issuer),
        'cbc:CompanyID@schemeID': registration?.scheme,
      },
      // BT-41 may be a department; in Germany it must be there (DE-R-005), and nobody else is known.
      ...contact({
        name: isGerman(document) ? issuer.name : null,
        phone: issuer.phone,
        email: issuer.email,
      }),
    },
  };
}

/** BG-7. */
export function describeBuyer(document: InvoiceDocument): JsonObject {
  const { customer } = document;
  return {
    'cac:Party': {
      ...endpoint(electronicAddress(customer)),
      'cac:PostalAddress': postalAddress(customer),
      ...vatScheme(customer.vat_number, document, asOne),
      'cac:PartyLegalEntity': { 'cbc:RegistrationName': plainText(customer.name) },
      ...contact({ name: customer.contact_name, email: customer.email }),
    },
  };
}

function endpoint(address: ReturnType<typeof electronicAddress>): JsonObject {
  if (address === null) return {};
  return { 'cbc:EndpointID': address.id, 'cbc:EndpointID@schemeID': address.scheme };
}

function postalAddress(party: InvoiceDocument['issuer'] | InvoiceDocument['customer']): JsonObject {
  return {
    'cbc:StreetName': plainText(party.address),
    'cbc:CityName': plainText(party.city),
    'cbc:PostalZone': plainText(party.postal),
    'cac:Country': { 'cbc:IdentificationCode': plainText(party.country) },
  };
}

/** BT-31 and BT-48; a document outside the scope of VAT must not show them (BR-O-02). */
function vatScheme(
  vatNumber: string | null,
  document: InvoiceDocument,
  wrap: (scheme: JsonObject) => JsonObject | readonly JsonObject[],
): JsonObject {
  const text = plainText(vatNumber);
  if (text === undefined || hasCategory(document, 'O')) return {};
  const scheme = { 'cbc:CompanyID': vatIdentifier(text), 'cac:TaxScheme': { 'cbc:ID': 'VAT' } };
  return { 'cac:PartyTaxScheme': wrap(scheme) };
}

/** The library takes a list for the seller, who may have two tax numbers, and one object for the buyer. */
function asList(scheme: JsonObject): readonly JsonObject[] {
  return [scheme];
}

function asOne(scheme: JsonObject): JsonObject {
  return scheme;
}

interface Contact {
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly email: string | null;
}

function contact({ name, phone, email }: Contact): JsonObject {
  const parts = {
    'cbc:Name': plainText(name),
    'cbc:Telephone': plainText(phone),
    'cbc:ElectronicMail': plainText(email),
  };
  const isEmpty = Object.values(parts).every((part) => part === undefined);
  return isEmpty ? {} : { 'cac:Contact': parts };
}
