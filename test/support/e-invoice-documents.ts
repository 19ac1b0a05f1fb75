import {
  type InvoiceDocument,
  type InvoiceLine,
  type VatCategory,
  type VatSubtotal,
} from '../../src/modules/invoices/domain/invoice-document';
import {
  BELGIAN,
  BRITISH,
  CUSTOMER,
  GERMAN_CUSTOMER,
  GERMAN_ISSUER,
  ISSUER,
  POLISH,
  PRIVATE,
} from './e-invoice-parties';

/** A line without what follows from the others: its number. */
export type LineOf = Partial<InvoiceLine> & Pick<InvoiceLine, 'net_minor'>;

const GERMAN = { issuer: GERMAN_ISSUER, customer: GERMAN_CUSTOMER, locale: 'de' } as const;

const LINE: InvoiceLine = {
  line: 1,
  description: 'Consultancy',
  quantity: '1',
  unit: 'hour',
  unit_price: '100',
  price_includes_vat: false,
  vat_category: 'S',
  vat_rate: '21',
  net_minor: '10000',
};

/** Why there is no VAT, as an issuer would state it. */
export const EXEMPTIONS: Readonly<
  Record<VatCategory, Pick<VatSubtotal, 'exemption_reason' | 'exemption_code'>>
> = {
  S: { exemption_reason: null, exemption_code: null },
  Z: { exemption_reason: null, exemption_code: null },
  E: { exemption_reason: 'Vrijgesteld van btw', exemption_code: 'VATEX-EU-132' },
  AE: { exemption_reason: 'Btw verlegd', exemption_code: 'VATEX-EU-AE' },
  K: { exemption_reason: 'Intracommunautaire levering', exemption_code: 'VATEX-EU-IC' },
  G: { exemption_reason: 'Uitvoer buiten de EU', exemption_code: 'VATEX-EU-G' },
  O: { exemption_reason: 'Buiten het toepassingsgebied van de btw', exemption_code: 'VATEX-EU-O' },
};

/** An issued invoice of one hour at 100 euros and 21 % VAT, with what a test changes of it. */
export function invoiceDocument(changes: Partial<InvoiceDocument> = {}): InvoiceDocument {
  return {
    format: 2,
    kind: 'invoice',
    id: 'inv_01kd0000000000000000000001',
    number: 'INV-2026-0001',
    issue_date: '2026-11-20',
    issued_at: '2026-11-20T09:30:00.000Z',
    due_date: '2026-12-20',
    start_date: '2026-11-01',
    end_date: '2026-11-30',
    currency: 'EUR',
    locale: 'nl',
    reference: 'PO 4711',
    credits: null,
    issuer: ISSUER,
    customer: CUSTOMER,
    ...summed([{ net_minor: '10000' }]),
    prepaid_minor: '0',
    payment_url: null,
    ...changes,
  };
}

/** A credit note for that invoice, positive amounts all through. */
export function creditNoteDocument(changes: Partial<InvoiceDocument> = {}): InvoiceDocument {
  return invoiceDocument({
    kind: 'credit_note',
    number: 'CN-2026-0001',
    due_date: null,
    credits: {
      id: 'inv_01kd0000000000000000000002',
      number: 'INV-2026-0001',
      issue_date: '2026-11-20',
    },
    ...changes,
  });
}

type Summed = Pick<InvoiceDocument, 'lines' | 'vat' | 'net_minor' | 'vat_minor' | 'total_minor'>;

/** The lines with everything that follows from them, in the order of EN 16931: sums per rate first, then their VAT. */
export function summed(lines: readonly LineOf[]): Summed {
  const numbered = lines.map((line, index) => ({ ...LINE, ...line, line: index + 1 }));
  const rates = new Map(
    numbered.map((line) => [`${line.vat_category} ${line.vat_rate}`, line] as const),
  );
  const vat = [...rates.values()].map(({ vat_category: category, vat_rate: rate }) => {
    const taxed = numbered.filter((one) => one.vat_category === category && one.vat_rate === rate);
    const net = sum(taxed.map((line) => line.net_minor));
    const reasons = EXEMPTIONS[category];
    return { vat_category: category, vat_rate: rate, ...taxOf(net, rate), ...reasons };
  });
  const net = sum(numbered.map((line) => line.net_minor));
  const tax = sum(vat.map((subtotal) => subtotal.vat_minor));
  return {
    lines: numbered,
    vat,
    net_minor: String(net),
    vat_minor: String(tax),
    total_minor: String(net + tax),
  };
}

/** Rates of whole percents suffice for tests. */
function taxOf(net: bigint, rate: string): Pick<VatSubtotal, 'net_minor' | 'vat_minor'> {
  const hundredths = net * BigInt(rate);
  return { net_minor: String(net), vat_minor: String((hundredths + 50n) / 100n) };
}

function sum(amounts: readonly string[]): bigint {
  return amounts.reduce((before, one) => before + BigInt(one), 0n);
}

/** One document per kind of supply, currency and form of price that an e-invoice has to tell apart. */
export const DOCUMENTS: readonly (readonly [string, InvoiceDocument])[] = [
  ['a Dutch invoice of 21 and 9 %', invoiceDocument(summed(dutchLines()))],
  ['reverse charge to Belgium', invoiceDocument({ customer: BELGIAN, ...untaxed('AE') })],
  ['an intra-community supply', invoiceDocument({ customer: BELGIAN, ...untaxed('K') })],
  ['an export', invoiceDocument({ customer: BRITISH, locale: 'en', ...untaxed('G') })],
  ['an exempt supply', invoiceDocument(untaxed('E'))],
  ['a zero rate', invoiceDocument(untaxed('Z'))],
  ['a supply outside the scope of VAT', invoiceDocument({ customer: BRITISH, ...untaxed('O') })],
  ['prices with VAT', invoiceDocument(summed(retailLines()))],
  ['a credit note of a part', creditNoteDocument(summed([{ quantity: '0.5', net_minor: '5000' }]))],
  [
    'a credit note with reverse charge',
    creditNoteDocument({ customer: BELGIAN, ...untaxed('AE') }),
  ],
  ['names beyond ASCII', invoiceDocument(foreignNames())],
  [
    '200 lines',
    invoiceDocument(summed(Array.from({ length: 200 }, () => ({ net_minor: '10000' })))),
  ],
  ['yen', invoiceDocument({ currency: 'JPY', ...summed([{ net_minor: '100' }]) })],
  [
    'no period and no due date',
    invoiceDocument({ start_date: null, end_date: null, due_date: null }),
  ],
  ['no bank account but a page to pay', invoiceDocument(paidOnline())],
  ['paid before it was issued', invoiceDocument({ prepaid_minor: '12100', due_date: null })],
  ['paid in part before it was issued', invoiceDocument({ prepaid_minor: '5000' })],
  ['an invoice between two German parties', invoiceDocument(GERMAN)],
  ['a credit note between two German parties', creditNoteDocument(GERMAN)],
  [
    'a small business in Germany, outside the scope of VAT',
    invoiceDocument({ ...GERMAN, ...untaxed('O') }),
  ],
];

/** Documents that Peppol has no address for: they are e-invoices by Factur-X alone. */
export const FACTUR_X_DOCUMENTS: typeof DOCUMENTS = [
  ['a private customer with little of an address', invoiceDocument({ customer: PRIVATE })],
];

function untaxed(category: VatCategory): Summed {
  return summed([{ vat_category: category, vat_rate: '0', net_minor: '10000' }]);
}

function dutchLines(): readonly LineOf[] {
  return [
    { net_minor: '82500', quantity: '10', unit_price: '82.5' },
    { net_minor: '7500', quantity: '3', unit: null, unit_price: '25', vat_rate: '9' },
    { net_minor: '33', quantity: '0.333', unit: 'pallet', unit_price: '1' },
  ];
}

/** 3 × 19.99 with 21 % VAT is 59.97, of which 49.56 is net; 1 × 9.95 with 9 % is 9.13 net. */
function retailLines(): readonly LineOf[] {
  const withVat = { price_includes_vat: true, unit: 'piece' };
  return [
    { ...withVat, net_minor: '4956', quantity: '3', unit_price: '19.99' },
    { ...withVat, net_minor: '913', quantity: '1', unit_price: '9.95', vat_rate: '9' },
  ];
}

function foreignNames(): Partial<InvoiceDocument> {
  return {
    customer: {
      ...POLISH,
      name: 'Ресторан «Ёлка» & 東京 <株式会社> 🥐',
    },
    ...summed([{ description: 'Überprüfung\nder “Bücher” \u{0007}]]>', net_minor: '10000' }]),
  };
}

function paidOnline(): Partial<InvoiceDocument> {
  return {
    issuer: { ...ISSUER, iban: null, bic: null },
    payment_url: 'https://pay.kassa.example/?invoice=INV-2026-0001&lang=nl',
  };
}
