import {
  creditNoteDocument,
  DOCUMENTS,
  invoiceDocument,
  summed,
} from '../../../../test/support/e-invoice-documents';
import { type InvoiceDocument } from '../domain/invoice-document';
import { EInvoiceError } from './e-invoice-error';
import { schemaProblems } from './schema-check';
import { toUbl } from './to-ubl';

/** The elements of a name with their attributes and text, in the order of the document. */
function elements(xml: string, name: string): readonly string[] {
  const element = new RegExp(`<${name}( [^>]*)?>([^<]*)</${name}>`, 'g');
  return [...xml.matchAll(element)].map(([, attributes = '', text = '']) =>
    `${attributes} ${text}`.trim(),
  );
}

function document(name: string): InvoiceDocument {
  const found = DOCUMENTS.find(([title]) => title === name);
  if (!found) throw new Error(`there is no document of ${name}`);
  return found[1];
}

describe('a UBL e-invoice', () => {
  it.each(DOCUMENTS)('is valid for %s', async (_name, of) => {
    const name = of.kind === 'invoice' ? 'ubl-invoice' : 'ubl-credit-note';
    expect(await schemaProblems(await toUbl(of), name)).toEqual([]);
  });

  it('says that it follows Peppol BIS Billing 3.0', async () => {
    const xml = await toUbl(invoiceDocument());
    expect(elements(xml, 'cbc:CustomizationID')).toEqual([
      'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
    ]);
    expect(elements(xml, 'cbc:InvoiceTypeCode')).toEqual(['380']);
  });

  it('names both parties by the numbers that they are registered with', async () => {
    const xml = await toUbl(invoiceDocument());
    expect(elements(xml, 'cbc:EndpointID')).toEqual([
      'schemeID="0106" 12345678',
      'schemeID="9944" NL987654321B01',
    ]);
    expect(elements(xml, 'cbc:CompanyID')).toEqual([
      'NL123456789B01',
      'schemeID="0106" 12345678',
      'NL987654321B01',
    ]);
  });

  it('makes of a credit note a CreditNote that names the invoice', async () => {
    const xml = await toUbl(creditNoteDocument());
    expect(xml).toContain('<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:Credit');
    expect(elements(xml, 'cbc:CreditNoteTypeCode')).toEqual(['381']);
    expect(elements(xml, 'cbc:CreditedQuantity')).toEqual(['unitCode="HUR" 1']);
    expect(xml).toMatch(/<cac:InvoiceDocumentReference>\s*<cbc:ID>INV-2026-0001</);
    expect(xml).not.toContain('cac:PaymentMeans');
  });

  it('writes minor units with the decimals of their currency', async () => {
    const payable = 'cbc:PayableAmount';
    expect(elements(await toUbl(invoiceDocument()), payable)).toEqual(['currencyID="EUR" 121.00']);
    expect(elements(await toUbl(document('yen')), payable)).toEqual(['currencyID="JPY" 121']);
    const dinars = invoiceDocument({ currency: 'KWD', ...summed([{ net_minor: '100000' }]) });
    expect(elements(await toUbl(dinars), payable)).toEqual(['currencyID="KWD" 121.00']);
  });

  it('takes the VAT out of prices that hold it', async () => {
    const xml = await toUbl(document('prices with VAT'));
    expect(elements(xml, 'cbc:PriceAmount')).toEqual([
      'currencyID="EUR" 16.52',
      'currencyID="EUR" 9.13',
    ]);
  });

  it('keeps the word for a unit that has no code', async () => {
    const xml = await toUbl(document('a Dutch invoice of 21 and 9 %'));
    expect(elements(xml, 'cbc:InvoicedQuantity')).toEqual([
      'unitCode="HUR" 10',
      'unitCode="C62" 3',
      'unitCode="C62" 0.333',
    ]);
    expect(elements(xml, 'cbc:Description')).toEqual(['pallet']);
  });

  it('states why there is no VAT, and where goods go to another member state', async () => {
    const xml = await toUbl(document('an intra-community supply'));
    expect(elements(xml, 'cbc:TaxExemptionReasonCode')).toEqual(['VATEX-EU-IC']);
    expect(elements(xml, 'cbc:TaxExemptionReason')).toEqual(['Intracommunautaire levering']);
    expect(xml).toMatch(/<cac:DeliveryLocation>[^]*<cbc:IdentificationCode>BE</);
  });

  it('shows neither VAT numbers nor a rate outside the scope of VAT', async () => {
    const xml = await toUbl(document('a supply outside the scope of VAT'));
    expect(xml).not.toContain('cac:PartyTaxScheme');
    expect(xml).not.toContain('cbc:Percent');
  });

  it('asks for a SEPA transfer to the IBAN, or tells where to pay online', async () => {
    const xml = await toUbl(invoiceDocument());
    expect(elements(xml, 'cbc:PaymentMeansCode')).toEqual(['58']);
    expect(xml).toMatch(/<cac:PayeeFinancialAccount>\s*<cbc:ID>NL02ABNA0123456789</);
    const online = await toUbl(document('no bank account but a page to pay'));
    expect(elements(online, 'cbc:PaymentMeansCode')).toEqual(['57']);
    expect(elements(online, 'cbc:Note')[0]).toMatch(/^Online betalen: https:/);
  });

  it('asks for what was not paid before', async () => {
    const xml = await toUbl(document('paid in part before it was issued'));
    expect(elements(xml, 'cbc:TaxInclusiveAmount')).toEqual(['currencyID="EUR" 121.00']);
    expect(elements(xml, 'cbc:PrepaidAmount')).toEqual(['currencyID="EUR" 50.00']);
    expect(elements(xml, 'cbc:PayableAmount')).toEqual(['currencyID="EUR" 71.00']);
    expect(elements(xml, 'cbc:PaymentMeansCode')).toEqual(['58']);
  });

  it('asks nobody for what was paid before', async () => {
    const xml = await toUbl(document('paid before it was issued'));
    expect(elements(xml, 'cbc:PrepaidAmount')).toEqual(['currencyID="EUR" 121.00']);
    expect(elements(xml, 'cbc:PayableAmount')).toEqual(['currencyID="EUR" 0.00']);
    expect(xml).not.toMatch(/PaymentMeans|PaymentTerms|DueDate|NL02ABNA/);
  });

  it('names contact and payment means between two German parties, whatever it asks for', async () => {
    const xml = await toUbl(document('a credit note between two German parties'));
    expect(xml).toMatch(/<cac:PaymentMeans>\s*<cbc:PaymentMeansCode>57<[^]*<cac:PaymentTerms>/);
    expect(xml).toMatch(
      /<cac:Contact>\s*<cbc:Name>Kassa Beispiel GmbH<[^]*<cbc:Telephone>\+49 30 1234567</,
    );
  });

  it('states the rate of what is outside the scope of VAT where Germany wants it', async () => {
    const xml = await toUbl(document('a small business in Germany, outside the scope of VAT'));
    expect(elements(xml, 'cbc:Percent')).toEqual(['0']);
    expect(xml).toMatch(/<cac:TaxCategory>\s*<cbc:ID>O<\/cbc:ID>\s*<cbc:Percent>0</);
  });

  it('drops what XML cannot hold and escapes what it can', async () => {
    const xml = await toUbl(document('names beyond ASCII'));
    expect(xml).toContain('Ресторан «Ёлка» &amp; 東京 &lt;株式会社&gt; 🥐');
    expect(xml).toContain('Überprüfung\nder “Bücher” ]]&gt;');
  });

  it('is the same text whenever it is written', async () => {
    const of = document('reverse charge to Belgium');
    expect(await toUbl(of)).toBe(await toUbl(structuredClone(of)));
  });

  it('is refused with everything that is wrong, not only the first', async () => {
    const customer = { ...invoiceDocument().customer, city: null, vat_number: null, email: null };
    const refusal = toUbl(invoiceDocument({ customer, total_minor: '1' }));
    await expect(refusal).rejects.toThrow(EInvoiceError);
    await expect(refusal).rejects.toMatchObject({
      problems: [
        { rule: 'BR-CO-15' },
        { rule: 'PEPPOL-EN16931-R010' },
        { rule: 'NL-R-004', detail: expect.stringContaining('postcode and city') as string },
      ],
    });
  });

  it('is refused for a country or an exemption code that no list knows', async () => {
    const customer = { ...invoiceDocument().customer, country: 'ZZ' };
    await expect(toUbl(invoiceDocument({ customer }))).rejects.toThrow(/IdentificationCode/);
  });
});
