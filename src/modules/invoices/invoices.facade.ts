/** What other modules may use of invoices. */
export { InvoiceWindows, type WindowedInvoice } from './queries/invoice-windows';
export { InvoiceFiles } from './storage/invoice-files';
export { invoiceEvents } from './http/invoice-events.docs';
