import { type INestApplicationContext } from '@nestjs/common';
import { CreateCustomer } from '../modules/customers/actions/create-customer';
import { CustomerQueries } from '../modules/customers/queries/customer-queries';
import { CreateInvoice } from '../modules/invoices/actions/create-invoice';
import { CreditInvoice } from '../modules/invoices/actions/credit-invoice';
import { IssueInvoice } from '../modules/invoices/actions/issue-invoice';
import { PayInvoice } from '../modules/invoices/actions/pay-invoice';
import { InvoiceQueries } from '../modules/invoices/queries/invoice-queries';
import { ApprovePayment } from '../modules/payments/actions/approve-payment';
import { CancelPayment } from '../modules/payments/actions/cancel-payment';
import { CreatePayment } from '../modules/payments/actions/create-payment';
import { RefreshPayment } from '../modules/payments/actions/refresh-payment';
import { RefundPayment } from '../modules/payments/actions/refund-payment';
import { PaymentQueries } from '../modules/payments/queries/payment-queries';
import { RefundQueries } from '../modules/payments/queries/refund-queries';
import { makeDemoCustomers } from './demo-data-customers';
import { makeDemoInvoices } from './demo-data-invoices';
import { makeDemoPayments } from './demo-data-payments';
import { makeDemoRefunds } from './demo-data-refunds';

/**
 * Customers, a payment in each state at both gateways, and invoices, made through the program's own actions, so that
 * they exist at the simulated gateways too. What is there already stays as it is.
 */
export async function makeDemoStories(context: INestApplicationContext): Promise<void> {
  await makeDemoCustomers(context.get(CreateCustomer), context.get(CustomerQueries));
  await makeDemoPayments({
    create: context.get(CreatePayment, { strict: false }),
    approve: context.get(ApprovePayment, { strict: false }),
    cancel: context.get(CancelPayment, { strict: false }),
    refresh: context.get(RefreshPayment, { strict: false }),
    queries: context.get(PaymentQueries, { strict: false }),
  });
  await makeDemoRefunds({
    refund: context.get(RefundPayment, { strict: false }),
    payments: context.get(PaymentQueries, { strict: false }),
    refunds: context.get(RefundQueries, { strict: false }),
  });
  await makeDemoInvoices({
    create: context.get(CreateInvoice, { strict: false }),
    issue: context.get(IssueInvoice, { strict: false }),
    credit: context.get(CreditInvoice, { strict: false }),
    pay: context.get(PayInvoice, { strict: false }),
    approve: context.get(ApprovePayment, { strict: false }),
    queries: context.get(InvoiceQueries, { strict: false }),
  });
}
