import { type InvoiceDocument } from '../../domain/invoice-document';
import { vatPrefixOf } from '../../domain/vat-prefix';
import { peppolAddress, vatIdentifier } from '../electronic-address';
import { type EInvoiceProblem } from '../e-invoice-error';
import { plainText } from '../plain-text';
import {
  isBelgianEnterprise,
  isNorwegianOrganisation,
  isSwedishOrganisation,
} from './check-digits';
import { nationalProblems } from './national-rules';
import { type Requirement, unmet } from './requirement';

interface Form {
  readonly rule: string;
  readonly wrong: string;
  readonly isRight: (id: string) => boolean;
}

/** Scheme of an electronic address → what Peppol asks of its numbers. */
const FORMS: ReadonlyMap<string, Form> = new Map([
  [
    '0007',
    {
      rule: 'PEPPOL-COMMON-R049',
      wrong: 'is no Swedish organisation number: its check digit is wrong.',
      isRight: isSwedishOrganisation,
    },
  ],
  [
    '0192',
    {
      rule: 'PEPPOL-COMMON-R041',
      wrong: 'is no Norwegian organisation number: its check digit is wrong.',
      isRight: isNorwegianOrganisation,
    },
  ],
  [
    '0208',
    {
      rule: 'PEPPOL-COMMON-R043',
      wrong: 'is no Belgian enterprise number: its check digits are wrong.',
      isRight: isBelgianEnterprise,
    },
  ],
]);

/** No VAT number of the customer makes an address: it is a consumer, or the number is mistyped. */
export const CUSTOMER_UNREACHABLE = 'PEPPOL-EN16931-R010';

/**
 * What the Peppol network wants besides EN 16931: electronic addresses that it delivers to, numbers that are well formed,
 * and the rules of the issuer's country. By release 3.0.21 of May 2026; source: PEPPOL-EN16931-UBL.sch in
 * https://github.com/OpenPEPPOL/peppol-bis-invoice-3.
 */
export function peppolProblems(document: InvoiceDocument): readonly EInvoiceProblem[] {
  const { issuer, customer } = document;
  return [
    ...unmet([
      {
        rule: 'PEPPOL-EN16931-R020',
        detail:
          'The issuer needs a KvK number or VAT number that makes an address in Peppol. Send the PDF or Factur-X where it has none.',
        isMet: peppolAddress(issuer) !== null,
      },
      {
        rule: CUSTOMER_UNREACHABLE,
        detail:
          'The customer has no VAT number that makes an address in Peppol; an e-mail address does not do. Send it the PDF or Factur-X.',
        // Of a VAT number without its country BR-CO-09 says what is to be done.
        isMet: peppolAddress(customer) !== null || lacksCountry(customer),
      },
      ...[issuer, customer].flatMap((party) => [addressForm(party), dutchVatForm(party)]),
    ]),
    ...nationalProblems(document),
  ];
}

type Party = InvoiceDocument['issuer'] | InvoiceDocument['customer'];

function lacksCountry({ vat_number: vatNumber }: Party): boolean {
  return plainText(vatNumber) !== undefined && vatPrefixOf(vatNumber) === null;
}

function addressForm(party: Party): Requirement {
  const address = peppolAddress(party);
  const form = FORMS.get(address?.scheme ?? '');
  return {
    rule: form?.rule ?? '',
    detail: `${address?.id} of ${plainText(party.name)} ${form?.wrong}`,
    isMet: address === null || form === undefined || form.isRight(address.id),
  };
}

/** A warning in release 3.0.21, which announces it as fatal. */
function dutchVatForm(party: Party): Requirement {
  const id = vatIdentifier(plainText(party.vat_number) ?? '');
  return {
    rule: 'PEPPOL-COMMON-R056-2',
    detail: `The VAT number ${id} of ${plainText(party.name)} is not of the form NL123456789B01.`,
    isMet: !id.startsWith('NL') || /^NL\d{9}B\d{2}$/.test(id),
  };
}
