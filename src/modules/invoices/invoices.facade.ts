/** What other modules may use of invoices. */
export { InvoiceFiles } from './storage/invoice-files';
export { InvoiceQueries } from './queries/invoice-queries';
