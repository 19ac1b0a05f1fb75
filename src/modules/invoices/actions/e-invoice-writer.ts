import { type InvoiceDocument } from '../domain/invoice-document';
import { EInvoiceError } from '../einvoice/e-invoice-error';
import { toFacturX } from '../einvoice/to-factur-x';
import { toUbl } from '../einvoice/to-ubl';
import { eInvoiceIncomplete } from '../invoices.errors';

/** Writes issued documents as e-invoices. Throws `e_invoice_incomplete` where a receiver would refuse one. */
export class EInvoiceWriter {
  async ubl(document: InvoiceDocument): Promise<Uint8Array> {
    return Buffer.from(await refusing(toUbl(document)), 'utf8');
  }

  facturX(document: InvoiceDocument, pdf: Uint8Array): Promise<Uint8Array> {
    return refusing(toFacturX(document, pdf));
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
