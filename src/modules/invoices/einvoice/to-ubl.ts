import { type InvoiceDocument } from '../domain/invoice-document';
import { describeDocument } from './describe/describe-document';
import { refuseProblems } from './e-invoice-error';
import { en16931Problems } from './rules/en16931-rules';
import { peppolProblems } from './rules/peppol-rules';
import { writeXml } from './write-xml';

/** Peppol BIS Billing 3.0. Source: https://docs.peppol.eu/poacc/billing/3.0/bis/#profiles */
const PEPPOL_BIS_BILLING = {
  customizationId: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
  profileId: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
};

/**
 * The document as a UBL 2.1 Invoice or CreditNote for Peppol; the same document gives the same text. Checked before it is
 * returned: our reading of the rules of EN 16931 and Peppol, and the schema. Throws EInvoiceError with all that is wrong.
 * The first call takes about a second, later ones a tenth of it: work for a job.
 */
export async function toUbl(document: InvoiceDocument): Promise<string> {
  refuseProblems(document.number, [...en16931Problems(document), ...peppolProblems(document)]);
  return writeXml({
    number: document.number,
    description: describeDocument(document, PEPPOL_BIS_BILLING),
    syntax: 'UBL',
    schema: document.kind === 'invoice' ? 'ubl-invoice' : 'ubl-credit-note',
  });
}
