import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { PdfRenderer } from '../../../platform/pdf/pdf-renderer';
import { type InvoiceDocument } from '../domain/invoice-document';
import { EInvoiceError } from '../einvoice/e-invoice-error';
import { toFacturX } from '../einvoice/to-factur-x';
import { toUbl } from '../einvoice/to-ubl';
import { eInvoiceIncomplete } from '../invoices.errors';
import { printInvoice } from '../page/print-invoice';
import { type FileKind, type InvoiceFile, InvoiceFiles } from '../storage/invoice-files';
import { findIssuedDocument } from '../storage/issued-documents';

export const CONTENT_TYPES: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  ubl: 'application/xml',
  facturx: 'application/pdf',
};

/**
 * Makes the files of an issued invoice, of the document that was frozen on the day of its issue and of nothing else. What
 * was stored first is what everybody gets from then on. No transaction is open while a file is made.
 */
@Injectable()
export class RenderInvoice {
  constructor(
    private readonly database: Database,
    private readonly files: InvoiceFiles,
    private readonly pdf: PdfRenderer,
  ) {}

  /**
   * The stored file, made now if there is none yet; null for a draft. Throws `e_invoice_incomplete` where a receiver
   * would refuse the e-invoice, `pdf_unavailable` where no browser prints, and UnprintableError.
   */
  async execute(invoiceId: string, kind: FileKind): Promise<InvoiceFile | null> {
    const stored = await this.files.find(this.database, { invoiceId, kind });
    if (stored) return stored;
    const document = await findIssuedDocument(this.database, invoiceId);
    if (document === null) return null;
    const content = await this.make(document, { invoiceId, kind });
    const contentType = CONTENT_TYPES[kind];
    await this.files.store(this.database, { invoiceId, kind, content, contentType });
    return this.files.find(this.database, { invoiceId, kind });
  }

  /** What an invoice would look like; nothing is stored. */
  preview(document: InvoiceDocument): Promise<Uint8Array> {
    return this.pdf.render(printInvoice(document, { isPreview: true }));
  }

  private async make(
    document: InvoiceDocument,
    { invoiceId, kind }: { readonly invoiceId: string; readonly kind: FileKind },
  ): Promise<Uint8Array> {
    switch (kind) {
      case 'pdf':
        return this.pdf.render(printInvoice(document, { isPreview: false }));
      case 'ubl':
        return Buffer.from(await refusing(toUbl(document)), 'utf8');
      case 'facturx':
        return refusing(this.makeFacturX(document, invoiceId));
    }
  }

  /** Around the very PDF that was stored: both are one invoice. */
  private async makeFacturX(document: InvoiceDocument, invoiceId: string): Promise<Uint8Array> {
    const pdf = await this.execute(invoiceId, 'pdf');
    if (pdf === null) throw new Error('an issued invoice has no PDF');
    return toFacturX(document, pdf.content);
  }
}

async function refusing<T>(made: Promise<T>): Promise<T> {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof EInvoiceError)) throw error;
    throw eInvoiceIncomplete('This invoice cannot be written as an e-invoice; see `errors`.', {
      errors: error.problems.map(({ rule, detail }) => ({ pointer: '', code: rule, detail })),
    });
  }
}
