import { creditNoteDocument, invoiceDocument } from '../../../../test/support/e-invoice-documents';
import { schemaProblems } from './schema-check';
import { toCrossIndustryInvoice } from './to-factur-x';
import { toUbl } from './to-ubl';

describe('the schema', () => {
  const broken: readonly (readonly [string, (xml: string) => string])[] = [
    ['a missing part', (xml) => xml.replace(/<cac:Delivery>[^]*<\/cac:Delivery>/, '')],
    ['a wrong order', (xml) => xml.replace(/(<cbc:ID>[^]*?)(<cbc:IssueDate>[^\n]*)/, '$2$1')],
    ['an unknown element', (xml) => xml.replaceAll('cbc:BuyerReference', 'cbc:Reference')],
    ['an empty element', (xml) => xml.replace('>Utrecht<', '> <')],
    ['three decimals', (xml) => xml.replace('>121.00<', '>121.005<')],
    ['an amount without a currency', (xml) => xml.replace(' currencyID="EUR">121', '>121')],
    ['a date that does not exist', (xml) => xml.replace('2026-11-30', '2026-11-31')],
    ['a date with a time zone', (xml) => xml.replace('2026-11-30', '2026-11-30Z')],
    ['an electronic address without its scheme', (xml) => xml.replace(/(EndpointID) [^>]*/, '$1')],
    ['a type of ours that UBL does not have', (xml) => retype(xml, ['Name', 'cbc:FilledText'])],
    ['a number of a narrower type', (xml) => retype(xml, ['Percent', 'xs:integer'])],
    ['a date of the type in XML Schema', (xml) => retype(xml, ['IssueDate', 'xs:date'])],
    ['text that is no XML', (xml) => xml.slice(0, -20)],
  ];

  it.each(broken)('finds %s in UBL', async (_what, spoil) => {
    const xml = await toUbl(invoiceDocument());
    const spoilt = spoil(xml);
    expect(spoilt).not.toBe(xml);
    expect(await schemaProblems(spoilt, 'ubl-invoice')).not.toEqual([]);
  });

  it('tells a credit note from an invoice', async () => {
    const xml = await toUbl(creditNoteDocument());
    const [problem] = await schemaProblems(xml, 'ubl-invoice');
    expect(problem?.detail).toMatch(/Line 2: .*No matching global declaration/);
  });

  it('finds the missing delivery of a Cross Industry Invoice', async () => {
    const xml = await toCrossIndustryInvoice(invoiceDocument());
    const delivery = /<ram:ApplicableHeaderTradeDelivery>[^]*<\/ram:ApplicableHeaderTradeDelivery>/;
    const [problem] = await schemaProblems(xml.replace(delivery, ''), 'factur-x');
    expect(problem?.detail).toContain('ApplicableHeaderTradeDelivery');
  });

  it('reads nothing from the disk for a document that asks for it', async () => {
    const xml = await toUbl(invoiceDocument());
    const hostile = xml
      .replace('?>', '?><!DOCTYPE Invoice [<!ENTITY file SYSTEM "file:///etc/passwd">]>')
      .replace('PO 4711', '&file;');
    const problems = await schemaProblems(hostile, 'ubl-invoice');
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain('root:');
  });
});

/** The first element of a name, said to be of another type. */
function retype(xml: string, [name, type]: readonly [string, string]): string {
  const namespaces =
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  return xml.replace(`<cbc:${name}>`, `<cbc:${name} ${namespaces} xsi:type="${type}">`);
}
