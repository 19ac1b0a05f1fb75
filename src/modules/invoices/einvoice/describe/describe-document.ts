import { type JsonObject } from '../../../../shared/json';
import { dayOfSupply } from '../../domain/day-of-supply';
import { type InvoiceDocument } from '../../domain/invoice-document';
import { plainText } from '../plain-text';
import { hasCategory } from '../rules/vat-groups';
import { describeLines, describeTax, describeTotals } from './describe-lines';
import { describeBuyer, describeSeller } from './describe-party';
import { describePayment } from './describe-payment';

/** BT-24 and BT-23: by which rules the e-invoice is written, and in which process it is sent. */
export interface Specification {
  readonly customizationId: string;
  readonly profileId: string;
}

/** UNCL1001. */
const TYPE_CODES = { invoice: '380', credit_note: '381' } as const;

/**
 * A document in the words of UBL, as `@e-invoice-eu/core` takes it for every format; of a credit note it makes a
 * CreditNote by the type code. Source: https://docs.peppol.eu/poacc/billing/3.0/syntax/ubl-invoice/tree/
 */
export function describeDocument(document: InvoiceDocument, by: Specification): JsonObject {
  return {
    'ubl:Invoice': {
      'cbc:CustomizationID': by.customizationId,
      'cbc:ProfileID': by.profileId,
      'cbc:ID': document.number,
      'cbc:IssueDate': document.issue_date,
      'cbc:DueDate': document.due_date ?? undefined,
      'cbc:InvoiceTypeCode': TYPE_CODES[document.kind],
      'cbc:DocumentCurrencyCode': document.currency,
      // Peppol demands a reference of the buyer; who gave none can at least quote under what we know them.
      'cbc:BuyerReference': plainText(document.reference) ?? document.customer.id,
      ...period(document),
      ...creditedInvoice(document),
      'cac:AccountingSupplierParty': describeSeller(document),
      'cac:AccountingCustomerParty': describeBuyer(document),
      'cac:Delivery': delivery(document),
      ...describePayment(document),
      'cac:TaxTotal': [describeTax(document)],
      'cac:LegalMonetaryTotal': describeTotals(document),
      'cac:InvoiceLine': describeLines(document),
    },
  };
}

/** BG-14. */
function period({ start_date: start, end_date: end }: InvoiceDocument): JsonObject {
  if (start === null && end === null) return {};
  return {
    'cac:InvoicePeriod': { 'cbc:StartDate': start ?? undefined, 'cbc:EndDate': end ?? undefined },
  };
}

/** BG-3. */
function creditedInvoice({ credits }: InvoiceDocument): JsonObject {
  if (credits === null) return {};
  const reference = { 'cbc:ID': credits.number, 'cbc:IssueDate': credits.issue_date };
  return { 'cac:BillingReference': [{ 'cac:InvoiceDocumentReference': reference }] };
}

/**
 * BT-72, when the supply was completed; Factur-X has no valid document without this group. Goods that go to another
 * member state name where they go (BR-IC-12).
 */
function delivery(document: InvoiceDocument): JsonObject {
  const { customer } = document;
  const country = { 'cac:Country': { 'cbc:IdentificationCode': plainText(customer.country) } };
  return {
    'cbc:ActualDeliveryDate': dayOfSupply(document),
    ...(hasCategory(document, 'K') ? { 'cac:DeliveryLocation': { 'cac:Address': country } } : {}),
  };
}
