import { type InvoiceLocale } from '../../domain/invoice-document';
import { DUTCH } from './dutch';
import { ENGLISH } from './english';
import { GERMAN } from './german';
import { type Vocabulary } from './vocabulary';

/** A language of invoices: its words, and the conventions after which numbers and dates are written. */
export interface Language {
  readonly words: Vocabulary;
  /** BCP 47 with the country whose habits `Intl` follows. */
  readonly tag: string;
}

export const LANGUAGES: Readonly<Record<InvoiceLocale, Language>> = {
  nl: { words: DUTCH, tag: 'nl-NL' },
  en: { words: ENGLISH, tag: 'en-GB' },
  de: { words: GERMAN, tag: 'de-DE' },
};
