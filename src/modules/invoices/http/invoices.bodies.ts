import { exampleIds } from '../../../shared/example-ids';
import {
  CreateInvoiceRequest,
  CreditInvoiceRequest,
  InvoiceFromPaymentRequest,
  IssueInvoiceRequest,
  PayInvoiceRequest,
  UpdateInvoiceRequest,
} from './invoice.requests';

const plan = { description: 'Premium plan', quantity: '1', unit: 'month', unit_price: '100.00' };

/** Request examples, named after what somebody wants to do. */
export const createBody = {
  type: CreateInvoiceRequest,
  examples: {
    subscription: {
      summary: 'A month of a subscription',
      value: {
        customer: exampleIds.customer,
        currency: 'EUR',
        locale: 'nl',
        reference: 'PO-4711',
        start_date: '2026-11-01',
        end_date: '2026-11-30',
        lines: [{ ...plan, vat_category: 'S', vat_rate: '21' }],
      },
    },
    shop: {
      summary: 'Shop prices with VAT, two rates',
      value: {
        customer: exampleIds.customer,
        currency: 'EUR',
        lines: [
          { description: 'Mug', unit_price: '12.95', price_includes_vat: true, vat_rate: '21' },
          { description: 'Book', unit_price: '24.90', price_includes_vat: true, vat_rate: '9' },
        ],
      },
    },
    reverseCharge: {
      summary: 'Reverse charge',
      value: {
        customer: exampleIds.belgianCustomer,
        currency: 'EUR',
        locale: 'en',
        lines: [
          {
            description: 'Consulting',
            quantity: '12.5',
            unit: 'hour',
            unit_price: '95',
            vat_category: 'AE',
          },
        ],
      },
    },
  },
};

export const updateBody = {
  type: UpdateInvoiceRequest,
  examples: {
    dueDate: { summary: 'Another due date', value: { due_date: '2027-01-31' } },
    lines: {
      summary: 'Other lines',
      value: { lines: [{ ...plan, quantity: '2', vat_rate: '21' }] },
    },
  },
};

export const issueBody = {
  type: IssueInvoiceRequest,
  required: false,
  examples: { nothing: { summary: 'Nothing to say', value: {} } },
};

export const creditBody = {
  type: CreditInvoiceRequest,
  required: false,
  examples: {
    part: { summary: 'Half of a line', value: { lines: [{ line: 1, quantity: '0.5' }] } },
    everything: { summary: 'All that is left', value: {} },
  },
};

export const payBody = {
  type: PayInvoiceRequest,
  examples: {
    ideal: {
      summary: 'iDEAL via PayPro',
      value: {
        provider: 'paypro',
        pay_methods: ['ideal'],
        return_url: 'https://shop.example.com/return',
        cancel_url: 'https://shop.example.com/cancel',
      },
    },
    paypal: {
      summary: 'PayPal',
      value: {
        provider: 'paypal',
        return_url: 'https://shop.example.com/return',
        cancel_url: 'https://shop.example.com/cancel',
      },
    },
  },
};

export const fromPaymentBody = {
  type: InvoiceFromPaymentRequest,
  examples: {
    shop: { summary: 'Dutch VAT', value: { description: 'Order 1003', vat_rate: '21' } },
    export: { summary: 'An export', value: { description: 'Order 1003', vat_category: 'G' } },
  },
};
