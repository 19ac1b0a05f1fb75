/**
 * An issued invoice or credit note as it was on the day of issue: everything that its PDF and its e-invoice say, and
 * nothing that can change later. It is stored as JSON with its SHA-256 and never written again. Terms (BT-…) are those
 * of EN 16931. Money is whole minor units of `currency` as decimal text (`"12100"`), negative nowhere: a credit note
 * states what it takes back as positive amounts. Dates are `YYYY-MM-DD` in the issuer's time zone, or null.
 */
export interface InvoiceDocument {
  /** Grows when a field is added or changes its meaning; readers refuse what they do not know. */
  readonly format: 2;
  readonly kind: 'invoice' | 'credit_note';
  /** `inv_…`. */
  readonly id: string;
  /** BT-1, for people: `INV-2026-0001`. */
  readonly number: string;
  /** BT-2. */
  readonly issue_date: string;
  /** RFC 3339 in UTC; the PDF's own dates come from here. */
  readonly issued_at: string;
  /** BT-9; null on a credit note, and where nothing is left to pay. */
  readonly due_date: string | null;
  /** BT-73 and BT-74. */
  readonly start_date: string | null;
  readonly end_date: string | null;
  /** BT-5, ISO 4217. */
  readonly currency: string;
  readonly locale: InvoiceLocale;
  /** BT-10, the customer's own reference. */
  readonly reference: string | null;
  /** BT-25 and BT-26: what a credit note corrects. */
  readonly credits: CreditedInvoice | null;
  readonly issuer: Issuer;
  readonly customer: InvoiceCustomer;
  readonly lines: readonly InvoiceLine[];
  /** BG-23, one per category and rate, in the order in which the lines name them first. */
  readonly vat: readonly VatSubtotal[];
  /** BT-109. */
  readonly net_minor: string;
  /** BT-110. */
  readonly vat_minor: string;
  /** BT-112. */
  readonly total_minor: string;
  /** BT-113, what was paid before the day of issue; what is left of the total is BT-115, see `amountDue`. */
  readonly prepaid_minor: string;
  /** Where the invoice can be paid online; null where nothing is left to pay, or the issuer offers no such page. */
  readonly payment_url: string | null;
}

export type InvoiceLocale = 'nl' | 'en' | 'de';

export interface CreditedInvoice {
  readonly id: string;
  readonly number: string;
  readonly issue_date: string;
}

interface PostalAddress {
  /** Street and number. */
  readonly address: string | null;
  readonly postal: string | null;
  readonly city: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
}

/** BG-4, whoever sends the invoice. */
export interface Issuer extends PostalAddress {
  readonly name: string;
  /** BT-31. */
  readonly vat_number: string | null;
  /** BT-30; in the Netherlands the KvK number. */
  readonly registration_number: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  /** BT-84. */
  readonly iban: string | null;
  /** BT-86. */
  readonly bic: string | null;
  /** The logo as a `data:` URL of a PNG or JPEG. */
  readonly logo: string | null;
}

/** BG-7, whoever owes it. */
export interface InvoiceCustomer extends PostalAddress {
  /** `cus_…`. */
  readonly id: string;
  /** The company's name, or the person's. */
  readonly name: string;
  /** Whom within the company; null where `name` is the person. */
  readonly contact_name: string | null;
  readonly email: string | null;
  /** BT-48. */
  readonly vat_number: string | null;
}

/** UNCL5305 as EN 16931 uses it: standard, zero, exempt, reverse charge, intra-community, export, outside the scope. */
export type VatCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O';

/** BG-25. */
export interface InvoiceLine {
  /** BT-126, from 1 upwards. */
  readonly line: number;
  /** BT-153. */
  readonly description: string;
  /** BT-129, decimal text without superfluous zeros: `"1.5"`. */
  readonly quantity: string;
  /** For people: `hour`, `month`; null where pieces are counted. */
  readonly unit: string | null;
  /** Major units per unit as it was entered, decimal text of up to 6 decimals: `"82.5"`. */
  readonly unit_price: string;
  /** Whether `unit_price` holds the VAT. */
  readonly price_includes_vat: boolean;
  readonly vat_category: VatCategory;
  /** BT-152 in percent, decimal text: `"21"`; `"0"` where the category has no rate. */
  readonly vat_rate: string;
  /** BT-131, without VAT. */
  readonly net_minor: string;
}

/** BG-23. */
export interface VatSubtotal {
  readonly vat_category: VatCategory;
  readonly vat_rate: string;
  /** BT-116. */
  readonly net_minor: string;
  /** BT-117. */
  readonly vat_minor: string;
  /** BT-120, in the language of the document; null for category S and Z. */
  readonly exemption_reason: string | null;
  /** BT-121, such as `VATEX-EU-AE`; null where there is none. */
  readonly exemption_code: string | null;
}
