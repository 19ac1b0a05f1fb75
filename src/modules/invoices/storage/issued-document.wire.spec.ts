import { invoiceDocument } from '../../../../test/support/invoice-documents';
import { valueAt } from '../../../shared/json';
import { parseDocument, writeDocument } from './issued-document.wire';

describe('the stored text of a document', () => {
  it('is read back as it was written', () => {
    const document = invoiceDocument({ prepaid_minor: '8000' });
    expect(parseDocument(writeDocument(document))).toEqual(document);
  });

  it('can be read by the version before, unless something was paid before', () => {
    const formatOf = (text: string): unknown => valueAt(JSON.parse(text), 'format');
    const text = writeDocument(invoiceDocument());
    expect(formatOf(text)).toBe(1);
    expect(text).not.toContain('prepaid');
    expect(parseDocument(text)).toEqual(invoiceDocument());
    expect(formatOf(writeDocument(invoiceDocument({ prepaid_minor: '1' })))).toBe(2);
  });

  it('of the first format said nothing of what was paid before', () => {
    const text = JSON.stringify({ ...invoiceDocument(), prepaid_minor: undefined, format: 1 });
    expect(parseDocument(text)).toEqual(invoiceDocument({ prepaid_minor: '0' }));
  });

  it.each([['{"format":3}'], ['[]'], ['no JSON']])('is refused where it is %s', (text) => {
    expect(() => parseDocument(text)).toThrow('a format that this version does not know');
  });
});
