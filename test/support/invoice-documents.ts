import {
  type InvoiceDocument,
  type InvoiceLine,
} from '../../src/modules/invoices/domain/invoice-document';

/** What an issued invoice could look like; tests change what they are about. */
export function invoiceDocument(changes: Partial<InvoiceDocument> = {}): InvoiceDocument {
  return {
    format: 2,
    kind: 'invoice',
    id: 'inv_01m7x8zfx0eg0vd8vj1msp4cjy',
    number: 'INV-2026-0042',
    issue_date: '2026-11-21',
    issued_at: '2026-11-21T09:15:00Z',
    due_date: '2026-12-21',
    start_date: '2026-11-01',
    end_date: '2026-11-30',
    currency: 'EUR',
    locale: 'nl',
    reference: 'PO-4711',
    credits: null,
    issuer: ISSUER,
    customer: CUSTOMER,
    lines: [
      line({ line: 1, description: 'Advies betalingsverkeer', net_minor: '82500' }),
      line({
        line: 2,
        description: 'Vakboek “Boekhouden voor beginners”',
        quantity: '3',
        unit: null,
        unit_price: '25',
        vat_rate: '9',
        net_minor: '7500',
      }),
    ],
    vat: [
      {
        vat_category: 'S',
        vat_rate: '21',
        net_minor: '82500',
        vat_minor: '17325',
        exemption_reason: null,
        exemption_code: null,
      },
      {
        vat_category: 'S',
        vat_rate: '9',
        net_minor: '7500',
        vat_minor: '675',
        exemption_reason: null,
        exemption_code: null,
      },
    ],
    net_minor: '90000',
    vat_minor: '18000',
    total_minor: '108000',
    prepaid_minor: '0',
    payment_url: 'https://shop.example.com/pay/inv_01m7x8zfx0eg0vd8vj1msp4cjy',
    ...changes,
  };
}

/** Ten hours of work at 21 %. */
export function line(changes: Partial<InvoiceLine> = {}): InvoiceLine {
  return {
    line: 1,
    description: 'Advies',
    quantity: '10',
    unit: 'hour',
    unit_price: '82.5',
    price_includes_vat: false,
    vat_category: 'S',
    vat_rate: '21',
    net_minor: '82500',
    ...changes,
  };
}

export const ISSUER: InvoiceDocument['issuer'] = {
  name: 'Kassa Voorbeeld B.V.',
  address: 'Keizersgracht 123',
  postal: '1015 CJ',
  city: 'Amsterdam',
  country: 'NL',
  vat_number: 'NL123456789B01',
  registration_number: '12345678',
  email: 'facturen@example.com',
  phone: '+31 20 555 01 23',
  website: 'www.example.com',
  iban: 'NL91ABNA0417164300',
  bic: 'ABNANL2A',
  logo: null,
};

export const CUSTOMER: InvoiceDocument['customer'] = {
  id: 'cus_01m7x8zfx0eg0vd8vj1msp4cjz',
  name: 'Bakkerij De Korenmaat B.V.',
  contact_name: 'Mevrouw J. de Vries',
  address: 'Oudegracht 45',
  postal: '3511 AB',
  city: 'Utrecht',
  country: 'NL',
  email: 'inkoop@example.com',
  vat_number: 'NL987654321B01',
};
