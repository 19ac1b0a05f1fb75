import { invoiceDocument } from '../../../../test/support/invoice-documents';
import { parseDocument } from './issued-document.wire';

describe('the stored text of a document', () => {
  it('is read back as it was written', () => {
    const document = invoiceDocument({ prepaid_minor: '8000' });
    expect(parseDocument(JSON.stringify(document))).toEqual(document);
  });

  it('of the first format said nothing of what was paid before', () => {
    const text = JSON.stringify({ ...invoiceDocument(), prepaid_minor: undefined, format: 1 });
    expect(parseDocument(text)).toEqual(invoiceDocument({ prepaid_minor: '0' }));
  });

  it.each([['{"format":3}'], ['[]'], ['no JSON']])('is refused where it is %s', (text) => {
    expect(() => parseDocument(text)).toThrow('a format that this version does not know');
  });
});
