import { type Documentation } from '../../../platform/http/documented';
import { forbidden } from '../../../platform/http/http.errors';
import { pdfUnavailable } from '../../../platform/pdf/pdf.errors';
import { eInvoiceIncomplete, invoiceNotFound, invoiceUnprintable } from '../invoices.errors';
import { hasNoFiles, issuedAlready } from './told-errors.docs';

const KEPT =
  'The first one that was made is kept and served for ever; `ETag` is its SHA-256: sent as `If-None-Match`, the answer is 304 without the file. It says what was true on the day of issue.';

/** How such files begin. */
const PDF = { mediaType: 'application/pdf', example: '%PDF-1.4\n…' };
const XML = {
  mediaType: 'application/xml',
  example:
    '<?xml version="1.0" encoding="utf-8"?>\n<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">…</Invoice>',
};

const UNCHANGED = { status: 304, description: 'It is what `If-None-Match` names.' };

export const pdf: Documentation = {
  operationId: 'getInvoicePdf',
  summary: 'The invoice as a PDF',
  description: `Made soon after the issue, or now if that has not happened yet. ${KEPT}`,
  answers: [{ status: 200, description: 'The PDF.', ...PDF }, UNCHANGED],
  errors: [invoiceNotFound, hasNoFiles, invoiceUnprintable, pdfUnavailable],
};

export const ubl: Documentation = {
  operationId: 'getInvoiceUbl',
  summary: 'The invoice as UBL',
  description: `An e-invoice for Peppol BIS Billing 3.0; a credit note is a CreditNote. Peppol reaches customers by a VAT number only: of others there is none. ${KEPT}`,
  answers: [{ status: 200, description: 'The XML.', ...XML }, UNCHANGED],
  errors: [invoiceNotFound, hasNoFiles, eInvoiceIncomplete],
};

export const facturx: Documentation = {
  operationId: 'getInvoiceFacturX',
  summary: 'The invoice as Factur-X',
  description: `The PDF with the e-invoice embedded, built to PDF/A-3 (profile EN 16931, the same as ZUGFeRD). ${KEPT}`,
  answers: [{ status: 200, description: 'The PDF.', ...PDF }, UNCHANGED],
  errors: [invoiceNotFound, hasNoFiles, eInvoiceIncomplete, invoiceUnprintable, pdfUnavailable],
};

export const preview: Documentation = {
  operationId: 'previewInvoice',
  summary: 'What a draft would look like',
  description:
    'The PDF of the draft as it would be issued today, marked as a preview and without a number. Nothing is stored. Staff only.',
  answers: [{ status: 200, description: 'The PDF.', ...PDF }],
  errors: [
    forbidden,
    invoiceNotFound,
    issuedAlready('It is issued once: read its number.'),
    invoiceUnprintable,
    pdfUnavailable,
  ],
};
