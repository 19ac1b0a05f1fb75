import fc from 'fast-check';
import { invoiceDocument } from '../../../../test/support/invoice-documents';
import { printInvoice } from './print-invoice';

/** What people may write as they like; figures, dates and codes are read as such before a document is made. */
const FREE_TEXT = [
  ...['id', 'number', 'reference', 'name', 'address', 'postal', 'city', 'country', 'vat_number'],
  ...['registration_number', 'email', 'phone', 'website', 'bic', 'logo', 'contact_name'],
  ...['description', 'unit', 'exemption_reason'],
];

const PAYLOADS = [
  '<script>fetch("http://127.0.0.1/")</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</title></style></table><iframe src="file:///etc/passwd">',
  '<!--',
  ']]>',
  '&lt;b&gt;',
  '}</style><link rel=stylesheet href=//example.com>',
  '<svg/onload=alert(1)>',
];

describe('a document with hostile fields', () => {
  it('has exactly the markup of a harmless one', () => {
    const harmless = withTexts('a');
    fc.assert(
      fc.property(
        fc.constantFrom(...PAYLOADS),
        fc.string({ unit: 'binary', maxLength: 15 }),
        (evil, any) => {
          const hostile = withTexts(`a${evil}${any}`);
          expect(skeletonOf(hostile.html)).toEqual(skeletonOf(harmless.html));
          expect(skeletonOf(hostile.footerHtml)).toEqual(skeletonOf(harmless.footerHtml));
        },
      ),
    );
  });

  it('shows each of them as text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FREE_TEXT), (field) => {
        const { html } = printInvoice(changed(field, 'a<b>c'), { isPreview: true });
        expect(html).not.toContain('a<b>c');
      }),
    );
  });
});

function withTexts(text: string) {
  // Without a code to scan, whose modules depend on the text.
  const document = changed(null, text);
  return printInvoice({ ...document, payment_url: null, currency: 'GBP' }, { isPreview: false });
}

/** The example with one of its texts replaced, or all of them. */
function changed(field: string | null, text: string) {
  const document = invoiceDocument();
  const replace = <T extends object>(part: T): T => {
    const fields = Object.keys(part).filter((key) => FREE_TEXT.includes(key));
    const chosen = fields.filter((key) => field === null || key === field);
    return { ...part, ...Object.fromEntries(chosen.map((key) => [key, text])) };
  };
  return {
    ...replace(document),
    issuer: replace(document.issuer),
    customer: replace(document.customer),
    lines: document.lines.map(replace),
    vat: document.vat.map(replace),
  };
}

const TAG = /<[^<>]*>/g;

/** Every tag with the names of its attributes; a `<` or `>` that belongs to none makes it fail. */
function skeletonOf(html: string): readonly string[] {
  const withoutFonts = html.replaceAll(/@font-face \{[^}]*\}/g, '');
  expect(withoutFonts.replaceAll(TAG, '')).not.toMatch(/[<>]/);
  return (withoutFonts.match(TAG) ?? []).map((tag) => tag.replaceAll(/="[^"]*"/g, '='));
}
