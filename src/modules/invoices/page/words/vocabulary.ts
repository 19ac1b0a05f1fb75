import { type VatCategory } from '../../domain/invoice-document';

/** Every word that an invoice shows by itself, in one language. */
export interface Vocabulary {
  readonly invoice: string;
  readonly creditNote: string;
  /** Across every page of what is not issued yet. */
  readonly preview: string;

  readonly invoiceNumber: string;
  readonly creditNoteNumber: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly period: string;
  readonly reference: string;
  /** Which invoice a credit note corrects. */
  readonly correctedInvoice: string;
  readonly correctedInvoiceDate: string;
  readonly customerVatNumber: string;

  readonly registrationNumber: string;
  readonly vatNumber: string;

  readonly lines: string;
  readonly description: string;
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly priceWithVat: string;
  /** Beside a price, where only some prices hold the VAT. */
  readonly withVat: string;
  readonly vat: string;
  readonly netAmount: string;

  readonly vatSummary: string;
  readonly vatRate: string;
  readonly vatBase: string;
  readonly vatAmount: string;
  /** In the narrow column of a line; a rate in percent where there is none. */
  readonly vatShort: Readonly<Partial<Record<VatCategory, string>>>;
  /** In the table of the VAT; a rate in percent where there is none. */
  readonly vatLong: Readonly<Partial<Record<VatCategory, string>>>;

  readonly totals: string;
  readonly netTotal: string;
  readonly vatTotal: string;
  readonly total: string;
  readonly creditTotal: string;

  readonly payment: string;
  readonly prepaid: string;
  readonly amountDue: string;
  readonly payBy: string;
  readonly accountHolder: string;
  readonly paymentReference: string;
  readonly scanWithBank: string;
  readonly payOnline: string;

  readonly page: string;
  readonly of: string;
}
