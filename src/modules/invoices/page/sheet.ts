import { type InvoiceDocument } from '../domain/invoice-document';
import { type Formats, formatsOf } from './formats';
import { LANGUAGES } from './words/languages';
import { type Vocabulary } from './words/vocabulary';

/** What every part of the page is made from. */
export interface Sheet {
  readonly document: InvoiceDocument;
  readonly words: Vocabulary;
  readonly formats: Formats;
  /** Not issued yet: nobody may take it for an invoice, nor pay it. */
  readonly isPreview: boolean;
}

export function sheetOf(document: InvoiceDocument, isPreview: boolean): Sheet {
  const { words, tag } = LANGUAGES[document.locale];
  return { document, words, formats: formatsOf({ tag, currency: document.currency }), isPreview };
}

export function titleOf({ document, words }: Sheet): string {
  return document.kind === 'invoice' ? words.invoice : words.creditNote;
}
