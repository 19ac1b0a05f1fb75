import { type InvoiceDocument } from '../domain/invoice-document';

/** Whether the rules of XRechnung apply that Peppol has taken over (DE-R-…): those between two parties in Germany. */
export function isGerman({ issuer, customer }: InvoiceDocument): boolean {
  return issuer.country === 'DE' && customer.country === 'DE';
}
