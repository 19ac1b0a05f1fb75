import {
  creditNoteDocument,
  invoiceDocument,
} from '../../../../../test/support/e-invoice-documents';
import {
  BELGIAN,
  GERMAN_CUSTOMER,
  GERMAN_ISSUER,
} from '../../../../../test/support/e-invoice-parties';
import { type InvoiceDocument } from '../../domain/invoice-document';
import { peppolProblems } from './peppol-rules';

const { issuer: ISSUER, customer: CUSTOMER } = invoiceDocument();

/** Rules and details. */
function problems(change: Partial<InvoiceDocument>): readonly (readonly [string, string])[] {
  return peppolProblems(invoiceDocument(change)).map(({ rule, detail }) => [rule, detail]);
}

function rulesBroken(change: Partial<InvoiceDocument>): readonly string[] {
  return problems(change).map(([rule]) => rule);
}

function sentBy(country: string, change: Partial<InvoiceDocument['issuer']> = {}) {
  return { issuer: { ...ISSUER, country, registration_number: null, ...change } };
}

function german(
  change: Partial<InvoiceDocument['issuer']>,
  customer: Partial<InvoiceDocument['customer']> = {},
): Partial<InvoiceDocument> {
  return {
    issuer: { ...GERMAN_ISSUER, ...change },
    customer: { ...GERMAN_CUSTOMER, ...customer },
  };
}

describe('the rules of Peppol', () => {
  const right: readonly (readonly [string, Partial<InvoiceDocument>])[] = [
    ['between two Dutch parties', {}],
    ['to Belgium', { customer: BELGIAN }],
    ['between two German parties', german({})],
    ['of a Swedish issuer', sentBy('SE', { vat_number: 'SE556036079301' })],
    [
      'of a Swedish issuer with a hyphen in its number',
      sentBy('SE', { vat_number: 'SE556036079301', registration_number: '556036-0793' }),
    ],
    ['of a Norwegian issuer', sentBy('NO', { vat_number: 'NO974760673MVA' })],
    ['to Finland', { customer: { ...CUSTOMER, country: 'FI', vat_number: 'FI12345671' } }],
  ];

  it.each(right)('find nothing wrong with an invoice %s', (_of, change) => {
    expect(problems(change)).toEqual([]);
  });

  it('find nothing wrong with a credit note', () => {
    expect(peppolProblems(creditNoteDocument())).toEqual([]);
  });

  const wrong: readonly (readonly [string, string, Partial<InvoiceDocument>])[] = [
    [
      'PEPPOL-EN16931-R010',
      'a customer who has only an e-mail address',
      { customer: { ...CUSTOMER, vat_number: null } },
    ],
    [
      'PEPPOL-EN16931-R020',
      'an issuer who has only an e-mail address',
      sentBy('BE', { vat_number: null }),
    ],
    [
      'PEPPOL-COMMON-R043',
      'a Belgian VAT number with wrong check digits',
      { customer: { ...BELGIAN, vat_number: 'BE0123456748' } },
    ],
    [
      'PEPPOL-COMMON-R043',
      'a Belgian registration number with wrong check digits',
      sentBy('BE', { registration_number: '0123.456.748' }),
    ],
    [
      'PEPPOL-COMMON-R049',
      'a Swedish VAT number with a wrong check digit',
      { customer: { ...CUSTOMER, country: 'SE', vat_number: 'SE556036079401' } },
    ],
    [
      'PEPPOL-COMMON-R041',
      'a Norwegian VAT number with a wrong check digit',
      { customer: { ...CUSTOMER, country: 'NO', vat_number: 'NO974760674MVA' } },
    ],
    [
      'PEPPOL-COMMON-R056-2',
      'a Dutch VAT number of another form',
      { customer: { ...CUSTOMER, vat_number: 'NL98765432B01' } },
    ],
    [
      'PEPPOL-COMMON-R056-2',
      'a Dutch VAT number of another form of an issuer who sends by its KvK number',
      { issuer: { ...ISSUER, vat_number: 'NL123456789' } },
    ],
    ['NL-R-002', 'a Dutch issuer without postcode', { issuer: { ...ISSUER, postal: null } }],
    [
      'NL-R-003',
      'a Dutch issuer without KvK number',
      { issuer: { ...ISSUER, registration_number: null } },
    ],
    ['NL-R-004', 'a Dutch customer without city', { customer: { ...CUSTOMER, city: null } }],
    ['DE-R-003', 'a German issuer without city', german({ city: null })],
    ['DE-R-004', 'a German issuer without postcode', german({ postal: null })],
    ['DE-R-006', 'a German issuer without telephone number', german({ phone: null })],
    ['DE-R-007', 'a German issuer without e-mail address', german({ email: ' ' })],
    ['DE-R-008', 'a German customer without city', german({}, { city: null })],
    ['DE-R-009', 'a German customer without postcode', german({}, { postal: null })],
    [
      'NO-R-001',
      'a Norwegian issuer whose VAT number lacks its letters',
      sentBy('NO', { vat_number: 'NO974760673' }),
    ],
    [
      'SE-R-004',
      'a Swedish issuer whose organisation number has a wrong check digit',
      sentBy('SE', { vat_number: 'SE556036079301', registration_number: '556036-0794' }),
    ],
    ['GR-R-001-1', 'a Greek issuer', sentBy('GR')],
    ['DK-R-014', 'a Danish issuer', sentBy('DK')],
    ['IS-R-002', 'an Icelandic issuer', sentBy('IS')],
  ];

  it.each(wrong)('find a breach of %s: %s', (rule, _what, change) => {
    expect(rulesBroken(change)).toEqual([rule]);
  });

  it('find a Swedish VAT number too short for an address, and of an issuer for SE-R-001', () => {
    expect(rulesBroken(sentBy('SE', { vat_number: 'SE5560360793' }))).toEqual([
      'PEPPOL-EN16931-R020',
      'SE-R-001',
    ]);
  });

  it('ask no German issuer for a telephone number where the customer is elsewhere', () => {
    expect(rulesBroken({ issuer: { ...GERMAN_ISSUER, phone: null } })).toEqual([]);
  });

  it('name the number that is wrong and whose it is', () => {
    expect(problems({ customer: { ...BELGIAN, vat_number: 'BE 0123.456.748' } })).toEqual([
      [
        'PEPPOL-COMMON-R043',
        '0123456748 of Brouwerij Zuid NV is no Belgian enterprise number: its check digits are wrong.',
      ],
    ]);
  });
});
