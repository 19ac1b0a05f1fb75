import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
} from '@cantoo/pdf-lib';
import {
  DOCUMENTS,
  FACTUR_X_DOCUMENTS,
  invoiceDocument,
} from '../../../../test/support/e-invoice-documents';
import { EInvoiceError } from './e-invoice-error';
import { srgbProfile } from './pdf/srgb-profile';
import { schemaProblems } from './schema-check';
import { toCrossIndustryInvoice, toFacturX } from './to-factur-x';

/** A page as a browser could print it: with a link, and with dates and a title of its own. */
async function printedPage(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage();
  page.drawText('INV-2026-0001');
  pdf.setTitle('printed');
  pdf.setKeywords(['browser']);
  const link = { Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 10, 10] };
  page.node.set(
    PDFName.of('Annots'),
    pdf.context.obj([pdf.context.register(pdf.context.obj(link))]),
  );
  return pdf.save();
}

async function readBack(bytes: Uint8Array): Promise<PDFDocument> {
  return PDFDocument.load(bytes, { updateMetadata: false });
}

function streamAt(from: PDFDict, name: string): PDFRawStream {
  const stream = from.lookup(PDFName.of(name));
  if (stream instanceof PDFRawStream) return stream;
  throw new Error(`${name} is no stream`);
}

describe('a Factur-X invoice', () => {
  it.each([...DOCUMENTS, ...FACTUR_X_DOCUMENTS])('holds valid XML for %s', async (_name, of) => {
    expect(await schemaProblems(await toCrossIndustryInvoice(of), 'factur-x')).toEqual([]);
  });

  it('names the e-mail address of a customer who has no VAT number', async () => {
    const customer = { ...invoiceDocument().customer, vat_number: null };
    expect(await toCrossIndustryInvoice(invoiceDocument({ customer }))).toContain(
      '<ram:URIID schemeID="EM">inkoop@dezon.example</ram:URIID>',
    );
  });

  it('carries its XML as the attachment that the PDF itself is an alternative of', async () => {
    const pdf = await readBack(await toFacturX(invoiceDocument(), await printedPage()));
    const [attachment, ...others] = pdf.getAttachments();
    expect(others).toEqual([]);
    expect(attachment).toMatchObject({
      name: 'factur-x.xml',
      mimeType: 'text/xml',
      afRelationship: 'Alternative',
    });
    const xml = Buffer.from(attachment?.data ?? []).toString();
    expect(xml).toBe(await toCrossIndustryInvoice(invoiceDocument()));
    expect(pdf.catalog.lookup(PDFName.of('AF'), PDFArray).size()).toBe(1);
  });

  it('states PDF/A-3b and the profile EN 16931 in metadata that anybody can read', async () => {
    const issuer = { ...invoiceDocument().issuer, name: 'Łódź & Söhne' };
    const pdf = await readBack(await toFacturX(invoiceDocument({ issuer }), await printedPage()));
    const stream = streamAt(pdf.catalog, 'Metadata');
    expect(stream.dict.has(PDFName.of('Filter'))).toBe(false);
    const xmp = Buffer.from(stream.getContents()).toString();
    expect(xmp).toMatch(/^<\?xpacket begin="\u{FEFF}"/u);
    expect(xmp).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(xmp).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
    expect(xmp).toContain('<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>');
    expect(xmp).toContain('<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>');
    expect(xmp).toContain('Łódź &amp; Söhne');
  });

  it('says the same in the old place for metadata, and nothing else', async () => {
    const pdf = await readBack(await toFacturX(invoiceDocument(), await printedPage()));
    expect(pdf.getTitle()).toBe('Invoice INV-2026-0001');
    expect(pdf.getAuthor()).toBe('Kassa Voorbeeld B.V.');
    expect(pdf.getKeywords()).toBeUndefined();
    expect(pdf.getCreationDate()).toEqual(new Date('2026-11-20T09:30:00Z'));
    expect(pdf.getModificationDate()).toEqual(new Date('2026-11-20T09:30:00Z'));
  });

  it('brings the colour profile that its colours are meant in', async () => {
    const pdf = await readBack(await toFacturX(invoiceDocument(), await printedPage()));
    const intent = pdf.catalog.lookup(PDFName.of('OutputIntents'), PDFArray).lookup(0, PDFDict);
    expect(intent.lookup(PDFName.of('S'), PDFName)).toBe(PDFName.of('GTS_PDFA1'));
    expect(intent.lookup(PDFName.of('OutputConditionIdentifier'), PDFString).asString()).toBe(
      'sRGB',
    );
    const profile = decodePDFRawStream(streamAt(intent, 'DestOutputProfile')).decode();
    expect(Buffer.from(profile).equals(srgbProfile())).toBe(true);
    expect(Buffer.from(profile).readUInt32BE(0)).toBe(profile.length);
    expect(Buffer.from(profile).toString('latin1', 36, 40)).toBe('acsp');
  });

  it('lets its links be printed, as PDF/A demands of annotations', async () => {
    const pdf = await readBack(await toFacturX(invoiceDocument(), await printedPage()));
    const annotation = pdf.getPage(0).node.Annots()?.lookup(0, PDFDict);
    expect(annotation?.get(PDFName.of('F'))?.toString()).toBe('4');
  });

  it('is the same bytes whenever it is made, and others for another document', async () => {
    const page = await printedPage();
    const first = await toFacturX(invoiceDocument(), page);
    const again = await toFacturX(invoiceDocument(), page);
    expect(Buffer.from(first).equals(Buffer.from(again))).toBe(true);
    const other = await toFacturX(invoiceDocument({ reference: 'PO 4712' }), page);
    expect(identity(await readBack(other))).not.toBe(identity(await readBack(first)));
  });

  it('holds no time but that of its document', async () => {
    const pdf = await readBack(await toFacturX(invoiceDocument(), await printedPage()));
    const texts = pdf.context.enumerateIndirectObjects().map(([, object]) => object.toString());
    const times = texts.flatMap((text) => text.match(/D:\d{14}/g) ?? []);
    expect(new Set(times)).toEqual(new Set(['D:20261120093000']));
  });

  it('is made for who cannot be reached by Peppol, too', async () => {
    const customer = { ...invoiceDocument().customer, vat_number: null, email: null, city: null };
    const xml = await toCrossIndustryInvoice(invoiceDocument({ customer }));
    expect(await schemaProblems(xml, 'factur-x')).toEqual([]);
  });

  it('is refused for a document that does not add up', async () => {
    const refusal = toFacturX(invoiceDocument({ total_minor: '1' }), await printedPage());
    await expect(refusal).rejects.toThrow(EInvoiceError);
  });
});

function identity(pdf: PDFDocument): string | undefined {
  const { ID: id } = pdf.context.trailerInfo;
  return id instanceof PDFArray ? id.lookup(0, PDFHexString).asString() : undefined;
}
