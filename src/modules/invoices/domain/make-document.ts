import { showDecimal } from './decimal';
import {
  type CreditedInvoice,
  type InvoiceCustomer,
  type InvoiceLine,
  type InvoiceLocale,
  type Issuer,
  type VatCategory,
  type VatSubtotal,
} from './invoice-document';
import { type UnnumberedDocument } from './legal-requirements';
import { type VatGroup } from './totals';
import { VAT_EXEMPTIONS } from './vat-categories';

/** Everything that a document is made of. */
export interface DocumentParts {
  readonly kind: 'invoice' | 'credit_note';
  /** `inv_…`. */
  readonly id: string;
  readonly issueDate: string;
  readonly dueDate: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly currency: string;
  readonly locale: InvoiceLocale;
  readonly reference: string | null;
  readonly credits: CreditedInvoice | null;
  readonly issuer: Issuer;
  readonly customer: InvoiceCustomer;
  readonly lines: readonly InvoiceLine[];
  readonly groups: readonly VatGroup[];
  /** Paid before the day of issue, in minor units. */
  readonly prepaid: bigint;
  /** Replaces our words for category E. */
  readonly exemptionReason: string | null;
  /** A page where the customer pays; the id is added. */
  readonly payUrl: string | null;
}

/** The document without its number and time. */
export function makeDocument(parts: DocumentParts): UnnumberedDocument {
  const { groups, kind, id } = parts;
  const net = groups.reduce((sum, group) => sum + group.net, 0n);
  const vat = groups.reduce((sum, group) => sum + group.vat, 0n);
  const total = net + vat;
  const prepaid = parts.prepaid < total ? parts.prepaid : total;
  const isOwed = kind === 'invoice' && prepaid < total;
  return {
    format: 2,
    kind,
    id,
    issue_date: parts.issueDate,
    due_date: isOwed ? parts.dueDate : null,
    start_date: parts.startDate,
    end_date: parts.endDate,
    currency: parts.currency,
    locale: parts.locale,
    reference: parts.reference,
    credits: parts.credits,
    issuer: parts.issuer,
    customer: parts.customer,
    lines: parts.lines,
    vat: groups.map((group) => subtotalOf(group, parts)),
    net_minor: net.toString(),
    vat_minor: vat.toString(),
    total_minor: total.toString(),
    prepaid_minor: prepaid.toString(),
    payment_url: isOwed && parts.payUrl !== null ? `${parts.payUrl}/${id}` : null,
  };
}

function subtotalOf({ category, rate, net, vat }: VatGroup, parts: DocumentParts): VatSubtotal {
  return {
    vat_category: category,
    vat_rate: showDecimal(rate),
    net_minor: net.toString(),
    vat_minor: vat.toString(),
    ...exemptionOf(category, parts),
  };
}

function exemptionOf(
  category: VatCategory,
  { locale, exemptionReason }: Pick<DocumentParts, 'locale' | 'exemptionReason'>,
) {
  const exemption = VAT_EXEMPTIONS[category];
  const words = exemption?.reason[locale] ?? null;
  const reason = category === 'E' ? (exemptionReason ?? words) : words;
  return { exemption_reason: reason, exemption_code: exemption?.code ?? null };
}

/** A day that many days later. Both `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
