import { type Vocabulary } from './vocabulary';

export const ENGLISH: Vocabulary = {
  invoice: 'Invoice',
  creditNote: 'Credit note',
  preview: 'Draft',

  invoiceNumber: 'Invoice number',
  creditNoteNumber: 'Credit note number',
  issueDate: 'Invoice date',
  dueDate: 'Due date',
  period: 'Period',
  reference: 'Your reference',
  correctedInvoice: 'Corrects invoice',
  correctedInvoiceDate: 'of',
  customerVatNumber: 'Your VAT number',

  registrationNumber: 'Reg. no.',
  vatNumber: 'VAT',

  lines: 'Lines',
  description: 'Description',
  quantity: 'Quantity',
  unit: 'Unit',
  price: 'Price',
  priceWithVat: 'Price incl. VAT',
  withVat: 'incl. VAT',
  vat: 'VAT',
  netAmount: 'Amount excl. VAT',

  vatSummary: 'VAT summary',
  vatRate: 'Rate',
  vatBase: 'Taxable amount',
  vatAmount: 'VAT',
  vatShort: { E: 'exempt', AE: 'reverse charge', K: '0% intra-EU', G: '0% export', O: 'none' },
  vatLong: {
    E: 'Exempt',
    AE: 'Reverse charge',
    K: 'Intra-Community supply',
    G: 'Export outside the EU',
    O: 'Not subject to VAT',
  },

  totals: 'Totals',
  netTotal: 'Total excl. VAT',
  vatTotal: 'VAT',
  total: 'Total',
  creditTotal: 'Total credit',

  payment: 'Payment',
  prepaid: 'Already paid',
  amountDue: 'Amount due',
  payBy: 'Due by',
  accountHolder: 'Account holder',
  paymentReference: 'Payment reference',
  scanWithBank: 'Scan with your bank app',
  payOnline: 'Pay online',

  page: 'Page',
  of: 'of',
};
