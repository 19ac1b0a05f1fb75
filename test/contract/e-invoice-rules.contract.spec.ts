import { validateXML } from 'xmllint-wasm';
import { toCrossIndustryInvoice } from '../../src/modules/invoices/einvoice/to-factur-x';
import { toUbl } from '../../src/modules/invoices/einvoice/to-ubl';
import { DOCUMENTS, FACTUR_X_DOCUMENTS, invoiceDocument } from '../support/e-invoice-documents';
import { describeWithRules, describeWithSchemas } from './e-invoice-rules';

/** The first call reads the rules, which takes seconds. */
const TIMEOUT_MS = 120_000;

describeWithRules('UBL', (rules) => {
  it.each(DOCUMENTS)(
    'find nothing wrong with %s',
    async (_name, document) => expect(rules(await toUbl(document))).toEqual([]),
    TIMEOUT_MS,
  );

  it(
    'find a total that is a cent off',
    async () => {
      const xml = (await toUbl(invoiceDocument())).replaceAll('>121.00<', '>121.01<');
      expect(rules(xml).join()).toContain('BR-CO-15');
    },
    TIMEOUT_MS,
  );
});

describeWithRules('CII', (rules) => {
  it.each([...DOCUMENTS, ...FACTUR_X_DOCUMENTS])(
    'find nothing wrong with %s',
    async (_name, document) => expect(rules(await toCrossIndustryInvoice(document))).toEqual([]),
    TIMEOUT_MS,
  );
});

describeWithSchemas((files) => {
  it.each(DOCUMENTS)(
    'find nothing wrong with %s',
    async (_name, document) => {
      const main = `UBL-${document.kind === 'invoice' ? 'Invoice' : 'CreditNote'}-2.1.xsd`;
      const schema = files.filter(({ fileName }) => fileName === main);
      const xml = await toUbl(document);
      const { errors } = await validateXML({ xml, schema, preload: files, maxMemoryPages: 8192 });
      expect(schema).toHaveLength(1);
      expect(errors).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
