import { type InvoiceDocument } from './invoice-document';

/** BT-115 in minor units: what a document asks for. Nobody is asked for what was paid before, nor by a credit note. */
export function amountDue({
  kind,
  total_minor,
  prepaid_minor,
}: Pick<InvoiceDocument, 'kind' | 'total_minor' | 'prepaid_minor'>): bigint {
  return kind === 'invoice' ? BigInt(total_minor) - BigInt(prepaid_minor) : 0n;
}
