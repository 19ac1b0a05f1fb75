import { isObject, parseJson } from '../../../shared/json';
import { type InvoiceDocument } from '../domain/invoice-document';

/**
 * Reads a frozen document back. It was written by us, is hashed and cannot be changed, so only its format is looked at: a
 * program that does not know the format must not guess.
 */
export function parseDocument(text: string): InvoiceDocument {
  const value = parseJson(text);
  if (!isObject(value) || value['format'] !== 1) {
    throw new Error('the document of an invoice has a format that this version does not know');
  }
  return value as unknown as InvoiceDocument;
}
