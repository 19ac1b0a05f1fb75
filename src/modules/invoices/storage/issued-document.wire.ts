import { canonicalJson, isObject, parseJson } from '../../../shared/json';
import { type InvoiceDocument } from '../domain/invoice-document';

/**
 * The text that is frozen. Where nothing was paid before it is of the first format, which versions without the second one can
 * read as well: they may run beside this one.
 */
export function writeDocument(document: InvoiceDocument): string {
  if (document.prepaid_minor !== '0') return canonicalJson(document);
  return canonicalJson({ ...document, format: 1, prepaid_minor: undefined });
}

/**
 * Reads a frozen document back. It was written by us, is hashed and cannot be changed, so only its format is looked at: a
 * program that does not know the format must not guess. The first one did not say what was paid before.
 */
export function parseDocument(text: string): InvoiceDocument {
  const value = parseJson(text);
  const format = isObject(value) ? value['format'] : null;
  if (!isObject(value) || (format !== 1 && format !== 2)) {
    throw new Error('the document of an invoice has a format that this version does not know');
  }
  return { prepaid_minor: '0', ...value, format: 2 } as unknown as InvoiceDocument;
}
