import { type InvoiceDocument } from '../domain/invoice-document';
import { describeDocument } from './describe/describe-document';
import { refuseProblems } from './e-invoice-error';
import { embedInvoice } from './pdf/embed-invoice';
import { en16931Problems } from './rules/en16931-rules';
import { writeXml } from './write-xml';

/** Profile EN 16931 of Factur-X, which is that of ZUGFeRD 2. Source: https://fnfe-mpe.org/factur-x/ */
const EN_16931 = {
  customizationId: 'urn:cen.eu:en16931:2017',
  profileId: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
};

/**
 * The PDF with the same invoice embedded as `factur-x.xml`, built to PDF/A-3b: nothing here validates that claim, and a PDF
 * whose own pages break PDF/A (a font that is not embedded) still does. The same document and PDF give the same bytes.
 * Throws EInvoiceError with all that is wrong with the document, and an error of the PDF library when `pdf` is no PDF.
 * Costs this process a few tenths of a second for a long document: work for a job.
 */
export async function toFacturX(document: InvoiceDocument, pdf: Uint8Array): Promise<Uint8Array> {
  return embedInvoice({ document, pdf, xml: await toCrossIndustryInvoice(document) });
}

/** The XML alone: a UN/CEFACT Cross Industry Invoice, which says credit note by its type code. */
export async function toCrossIndustryInvoice(document: InvoiceDocument): Promise<string> {
  refuseProblems(document.number, en16931Problems(document));
  return writeXml({
    number: document.number,
    description: describeDocument(document, EN_16931),
    syntax: 'CII',
    schema: 'factur-x',
  });
}
