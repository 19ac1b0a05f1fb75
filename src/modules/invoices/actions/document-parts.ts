import { showId } from '../../../shared/id';
import { currencyExponent } from '../../../shared/money/currency';
import { type CustomerDetails } from '../../customers/customers.facade';
import { pricedLine } from '../domain/draft';
import { type InvoiceCustomer, type InvoiceLine } from '../domain/invoice-document';
import { addDays, type DocumentParts } from '../domain/make-document';
import { totalsOf } from '../domain/totals';
import { type InvoicesSettings } from '../invoices.settings';
import { type InvoiceRow, type LineRow } from '../storage/invoice.row';
import { issuerOf } from './issuer';

export interface DraftToShow {
  readonly invoice: InvoiceRow;
  readonly lines: readonly LineRow[];
  readonly customer: CustomerDetails;
  /** The issuer's day, `YYYY-MM-DD`. */
  readonly today: string;
}

/** What the document of a draft says if it is issued today. */
export function documentPartsOf(
  { invoice, lines, customer, today }: DraftToShow,
  settings: InvoicesSettings,
): DocumentParts {
  const priced = lines.map(pricedLine);
  const { groups, lineNets } = totalsOf(priced, currencyExponent(invoice.currency));
  return {
    kind: 'invoice',
    id: showId('inv', invoice.id),
    issueDate: today,
    dueDate: invoice.due_date ?? addDays(today, settings.INVOICE_DUE_DAYS),
    startDate: invoice.start_date,
    endDate: invoice.end_date,
    currency: invoice.currency,
    locale: invoice.locale,
    reference: invoice.reference,
    credits: null,
    issuer: issuerOf(settings),
    customer: documentCustomer(customer),
    lines: lines.map((row, at) => documentLine({ ...row, net_minor: String(lineNets[at]) })),
    groups,
    // An invoice that was made from a payment asks nobody for its money again.
    prepaid: BigInt(invoice.captured_minor),
    exemptionReason: invoice.vat_exemption_reason,
    payUrl: settings.INVOICE_PAY_URL,
  };
}

export function documentLine(row: LineRow): InvoiceLine {
  return {
    line: row.line,
    description: row.description,
    quantity: row.quantity,
    unit: row.unit,
    unit_price: row.unit_price,
    price_includes_vat: row.price_includes_vat,
    vat_category: row.vat_category,
    vat_rate: row.vat_rate,
    net_minor: row.net_minor,
  };
}

/** A company is billed as one; who works there is whom it is sent to. */
function documentCustomer(details: CustomerDetails): InvoiceCustomer {
  const { first_name, last_name, name, company_name } = details;
  const given = [first_name, last_name].filter((part) => part !== null && part !== '').join(' ');
  const person = name ?? (given === '' ? null : given);
  return {
    id: showId('cus', details.id),
    name: asWritten(company_name ?? person) ?? '',
    contact_name: company_name !== null && person !== company_name ? asWritten(person) : null,
    address: asWritten(details.address),
    postal: asWritten(details.postal),
    city: asWritten(details.city),
    country: details.country,
    email: asWritten(details.email),
    vat_number: asWritten(details.vat_number),
  };
}

/**
 * Without the marks that turn the direction of writing: with one, a name shows something else than it says. Blank text says
 * nothing.
 */
function asWritten(text: string | null): string | null {
  const written = text?.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '').trim() ?? '';
  return written === '' ? null : written;
}
