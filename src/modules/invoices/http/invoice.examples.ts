import { exampleIds, exampleUuids } from '../../../shared/example-ids';
import { type ShownInvoice } from '../queries/invoice-queries';
import { toInvoiceResponse, toInvoiceSummary } from '../queries/invoice.view';

const BASE = 'http://localhost:3000';

const draft: ShownInvoice = {
  id: exampleUuids.draftInvoice,
  kind: 'invoice',
  state: 'draft',
  customer_id: exampleUuids.customer,
  currency: 'EUR',
  locale: 'nl',
  reference: 'PO-4711',
  due_date: null,
  start_date: '2026-11-01',
  end_date: '2026-11-30',
  vat_exemption_reason: null,
  credits_id: null,
  number_text: null,
  issue_date: null,
  issued_at: null,
  document_sha256: null,
  net_minor: '10000',
  vat_minor: '2100',
  total_minor: '12100',
  credited_minor: '0',
  captured_minor: '0',
  refunded_minor: '0',
  charged_back_minor: '0',
  paid_at: null,
  version: 1,
  created_by: 'demo-staff',
  created_at: '2026-11-20T09:00:00.000+00:00',
  updated_at: '2026-11-20T09:00:00.000+00:00',
  lines: [
    {
      line: 1,
      description: 'Premium plan',
      quantity: '1',
      unit: 'month',
      unit_price: '100',
      price_includes_vat: false,
      vat_category: 'S',
      vat_rate: '21',
      net_minor: '10000',
      total_minor: '12100',
      credits_line: null,
    },
  ],
  credit_notes: [],
};

const issued: ShownInvoice = {
  ...draft,
  state: 'issued',
  due_date: '2026-12-20',
  number_text: 'INV-2026-0001',
  issue_date: '2026-11-20',
  issued_at: '2026-11-20T09:05:00.000+00:00',
  document_sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  updated_at: '2026-11-20T09:05:00.000+00:00',
};

const paid: ShownInvoice = {
  ...issued,
  start_date: null,
  end_date: null,
  lines: issued.lines.map((line) => ({ ...line, description: 'Premium-abonnement' })),
  id: exampleUuids.paidInvoice,
  state: 'paid',
  captured_minor: '12100',
  paid_at: '2026-11-21T10:00:00.000+00:00',
  updated_at: '2026-11-21T10:00:00.000+00:00',
};

const creditNote: ShownInvoice = {
  ...issued,
  id: exampleUuids.creditNote,
  kind: 'credit_note',
  reference: null,
  due_date: null,
  number_text: 'CN-2026-0001',
  credits_id: exampleUuids.partlyCreditedInvoice,
  lines: issued.lines.map((line) => ({ ...line, credits_line: 1 })),
};

/** A draft over all that a paid payment brought, VAT included. */
const ofPayment: ShownInvoice = {
  ...draft,
  reference: null,
  start_date: null,
  end_date: null,
  net_minor: '4131',
  vat_minor: '868',
  total_minor: '4999',
  captured_minor: '4999',
  lines: draft.lines.map((line) => ({
    ...line,
    description: 'Order 1003',
    unit: null,
    unit_price: '49.99',
    price_includes_vat: true,
    net_minor: '4131',
    total_minor: '4999',
  })),
};

/** Without VAT, which the customer owes abroad. */
const exportOfPayment: ShownInvoice = {
  ...ofPayment,
  net_minor: '4999',
  vat_minor: '0',
  lines: ofPayment.lines.map((line) => ({
    ...line,
    vat_category: 'G',
    vat_rate: '0',
    net_minor: '4999',
  })),
};

const unexplained = { reference: null, start_date: null, end_date: null };

const shopPrices: ShownInvoice = {
  ...draft,
  ...unexplained,
  net_minor: '3354',
  vat_minor: '431',
  total_minor: '3785',
  lines: [
    { description: 'Mug', unit_price: '12.95', vat_rate: '21', net: '1070', total: '1295' },
    { description: 'Book', unit_price: '24.9', vat_rate: '9', net: '2284', total: '2490' },
  ].flatMap(({ net, total, ...line }, index) =>
    draft.lines.map((usual) => ({
      ...usual,
      ...line,
      line: index + 1,
      unit: null,
      price_includes_vat: true,
      net_minor: net,
      total_minor: total,
    })),
  ),
};

const reverseCharge: ShownInvoice = {
  ...draft,
  ...unexplained,
  customer_id: exampleUuids.belgianCustomer,
  locale: 'en',
  net_minor: '118750',
  vat_minor: '0',
  total_minor: '118750',
  lines: draft.lines.map((line) => ({
    ...line,
    description: 'Consulting',
    quantity: '12.5',
    unit: 'hour',
    unit_price: '95',
    vat_category: 'AE',
    vat_rate: '0',
    net_minor: '118750',
    total_minor: '118750',
  })),
};

const twoMonths: ShownInvoice = {
  ...draft,
  net_minor: '20000',
  vat_minor: '4200',
  total_minor: '24200',
  lines: draft.lines.map((line) => ({
    ...line,
    quantity: '2',
    net_minor: '20000',
    total_minor: '24200',
  })),
};

const creditNoteOfPart: ShownInvoice = {
  ...creditNote,
  net_minor: '5000',
  vat_minor: '1050',
  total_minor: '6050',
  lines: creditNote.lines.map((line) => ({
    ...line,
    quantity: '0.5',
    net_minor: '5000',
    total_minor: '6050',
  })),
};

/** Whole invoices for the API document, made by the same view that answers requests. */
export const invoiceExamples = {
  draft: toInvoiceResponse(draft, BASE),
  dueDraft: toInvoiceResponse({ ...draft, due_date: '2027-01-31' }, BASE),
  ofPayment: toInvoiceResponse(ofPayment, BASE),
  exportOfPayment: toInvoiceResponse(exportOfPayment, BASE),
  shopPrices: toInvoiceResponse(shopPrices, BASE),
  reverseCharge: toInvoiceResponse(reverseCharge, BASE),
  twoMonths: toInvoiceResponse(twoMonths, BASE),
  issued: toInvoiceResponse(issued, BASE),
  paid: toInvoiceResponse(paid, BASE),
  creditNote: toInvoiceResponse(creditNoteOfPart, BASE),
  creditNoteOfAll: toInvoiceResponse(creditNote, BASE),
  list: {
    type: 'list',
    data: [toInvoiceSummary(paid, BASE)],
    count: 1,
    _links: { self: `${BASE}/api/invoices?customer=${exampleIds.customer}&limit=1` },
  },
  numbers: {
    type: 'list',
    data: [
      { series: 'INV', year: 2026, last_number: 4, issued: 4, missing: [], is_complete: true },
    ],
    count: 1,
  },
};
