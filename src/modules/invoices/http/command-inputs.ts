import { invalidRequest } from '../../../platform/http/http.errors';
import { readAnyId } from '../../../shared/id';
import { paymentNotFound } from '../../payments/payments.facade';
import { type CreditInput } from '../actions/credit-invoice';
import { type FromPaymentInput } from '../actions/invoice-from-payment';
import { type InvoiceCommand } from '../actions/issue-invoice';
import { type PayInput } from '../actions/pay-invoice';
import { type Asked } from './invoice-inputs';
import {
  type CreditInvoiceRequest,
  type InvoiceFromPaymentRequest,
  type PayInvoiceRequest,
} from './invoice.requests';
import { isRate, readCreditLines } from './read-lines';

export function toCreditInput(command: InvoiceCommand, body: CreditInvoiceRequest): CreditInput {
  const { lines = null, reference = null } = body;
  return { ...command, wishes: lines === null ? null : readCreditLines(lines), reference };
}

export function toPayInput(command: InvoiceCommand, body: PayInvoiceRequest): PayInput {
  return {
    ...command,
    provider: body.provider ?? null,
    returnUrl: body.return_url ?? null,
    cancelUrl: body.cancel_url ?? null,
    payMethods: body.pay_methods ?? [],
    locale: body.locale ?? null,
    autoApprove: body.auto_approve ?? null,
  };
}

export function toFromPaymentInput(
  { payment, ...asked }: Asked & { readonly payment: string },
  body: InvoiceFromPaymentRequest,
): FromPaymentInput {
  const paymentId = readAnyId('pay', payment);
  if (paymentId === null) throw paymentNotFound('There is no payment with this id.');
  const { vat_category: vatCategory = 'S', vat_rate: vatRate = '0' } = body;
  if (!isRate(vatRate) || (vatCategory === 'S') !== /[1-9]/.test(vatRate)) {
    const detail =
      'Send the rate that the amount holds as text, such as "21"; only category S has one.';
    throw invalidRequest(detail, { errors: [{ pointer: '/vat_rate', code: 'invalid', detail }] });
  }
  const description = body.description ?? null;
  return { ...asked, paymentId, description, vatCategory, vatRate, locale: body.locale ?? null };
}
