import { type InvoiceDocument } from '../../domain/invoice-document';
import { type EInvoiceProblem } from '../e-invoice-error';
import { arithmeticProblems } from './arithmetic-rules';
import { categoryProblems } from './category-rules';
import { partyProblems } from './party-rules';

/**
 * Everything that EN 16931 would find wrong with a document, by our own reading of its rules; pure. Empty for a document
 * that may be written. Source: https://github.com/ConnectingEurope/eInvoicing-EN16931 (the rules in words).
 */
export function en16931Problems(document: InvoiceDocument): readonly EInvoiceProblem[] {
  return [
    ...arithmeticProblems(document),
    ...categoryProblems(document),
    ...partyProblems(document),
  ];
}
