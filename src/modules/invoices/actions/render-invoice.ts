import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { PdfRenderer } from '../../../platform/pdf/pdf-renderer';
import { UnprintableError } from '../../../platform/pdf/unprintable-error';
import { Logger } from '../../../platform/logging/log';
import { type InvoiceDocument } from '../domain/invoice-document';
import { invoiceUnprintable } from '../invoices.errors';
import { printInvoice } from '../page/print-invoice';
import { type FileKind, type InvoiceFile, InvoiceFiles } from '../storage/invoice-files';
import { findIssuedDocument } from '../storage/issued-documents';
import { EInvoiceWriter } from './e-invoice-writer';

export const CONTENT_TYPES: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  ubl: 'application/xml',
  facturx: 'application/pdf',
};

interface WhichFile {
  readonly invoiceId: string;
  readonly kind: FileKind;
}

/**
 * Makes the files of an issued invoice, of the document that was frozen on the day of its issue and of nothing else. What
 * was stored first is what everybody gets from then on. No transaction is open while a file is made.
 */
@Injectable()
export class RenderInvoice {
  /** What this process makes now; all who ask for the same file wait for the one that is under way. */
  private readonly underWay = new Map<string, Promise<InvoiceFile | null>>();

  constructor(
    private readonly database: Database,
    private readonly files: InvoiceFiles,
    private readonly pdf: PdfRenderer,
    private readonly eInvoice: EInvoiceWriter,
    private readonly log: Logger,
  ) {}

  /**
   * The stored file, made now if there is none yet; null for a draft. Throws `e_invoice_incomplete` where a receiver
   * would refuse the e-invoice, `pdf_unavailable` where no browser prints, and `invoice_unprintable`.
   */
  execute(invoiceId: string, kind: FileKind): Promise<InvoiceFile | null> {
    const key = `${invoiceId} ${kind}`;
    const asked = this.underWay.get(key);
    if (asked) return asked;
    const made = this.findOrMake({ invoiceId, kind }).finally(() => this.underWay.delete(key));
    this.underWay.set(key, made);
    return made;
  }

  /** What an invoice would look like; nothing is stored. */
  preview(document: InvoiceDocument): Promise<Uint8Array> {
    return this.print(document, { isPreview: true });
  }

  private async findOrMake(file: WhichFile): Promise<InvoiceFile | null> {
    const stored = await this.files.find(this.database, file);
    if (stored) return stored;
    const document = await findIssuedDocument(this.database, file.invoiceId);
    if (document === null) return null;
    const content = await this.make(document, file);
    const contentType = CONTENT_TYPES[file.kind];
    await this.files.store(this.database, { ...file, content, contentType });
    return this.files.find(this.database, file);
  }

  private async make(
    document: InvoiceDocument,
    { invoiceId, kind }: WhichFile,
  ): Promise<Uint8Array> {
    switch (kind) {
      case 'pdf':
        return this.print(document, { isPreview: false });
      case 'ubl':
        return this.eInvoice.ubl(document);
      case 'facturx': {
        // Around the very PDF that was stored: both are one invoice.
        const pdf = await this.execute(invoiceId, 'pdf');
        if (pdf === null) throw new Error('an issued invoice has no PDF');
        return this.eInvoice.facturX(document, pdf.content);
      }
    }
  }

  private async print(
    document: InvoiceDocument,
    options: { readonly isPreview: boolean },
  ): Promise<Uint8Array> {
    try {
      return await this.pdf.render(printInvoice(document, options));
    } catch (error) {
      if (!(error instanceof UnprintableError)) throw error;
      this.log.error(
        { invoice: document.id, error: error.message },
        'an invoice cannot be printed',
      );
      throw invoiceUnprintable('This invoice cannot be printed: its texts are too long.');
    }
  }
}
