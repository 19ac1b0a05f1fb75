import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { newId, showId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { customerDetails } from '../../customers/customers.facade';
import {
  customerRequired,
  type PaymentBalance,
  paymentNotFound,
  SubjectPayments,
} from '../../payments/payments.facade';
import { isDescription } from '../domain/description';
import { type InvoiceLocale, type VatCategory } from '../domain/invoice-document';
import { paymentHasInvoice, paymentNotPaid } from '../invoices.errors';
import { InvoicePayments } from '../storage/invoice-payments';
import { InvoicesRepository } from '../storage/invoices.repository';
import { type InvoiceResult, localeOf } from './create-invoice';
import { draftFieldsOf } from './draft-input';
import { SettleInvoice } from './settle-invoice';

export interface FromPaymentInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly paymentId: string;
  /** Null: what the payment says. */
  readonly description: string | null;
  readonly vatCategory: VatCategory;
  readonly vatRate: string;
  readonly locale: InvoiceLocale | null;
}

/**
 * Drafts the invoice of a payment that was made without one, over all that it brought; it is paid as soon as it is issued.
 * What of it went back since is shown on the invoice, and a credit note says why.
 */
@Injectable()
export class InvoiceFromPayment {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoicesRepository,
    private readonly links: InvoicePayments,
    private readonly payments: SubjectPayments,
    private readonly settleInvoice: SettleInvoice,
  ) {}

  async execute(input: FromPaymentInput): Promise<InvoiceResult> {
    const claimed = await findClaimed(this.database, input.idempotency);
    if (claimed) return { id: claimed.resourceId, replayed: true };
    const id = newId();
    await this.database.inTransaction(async (tx) => {
      await claimKey(tx, input.idempotency, { resourceId: id, operationId: null });
      const payment = await this.lockPayment(tx, input.paymentId);
      await this.draft(tx, { ...input, id, payment });
      const news = { invoiceId: id, paymentId: payment.id, cause: 'payment' };
      await this.settleInvoice.execute(tx, { ...news, actor: input.caller.subject });
    });
    return { id, replayed: false };
  }

  /** Before the invoice is there, as the order of locks has it. */
  private async lockPayment(tx: Tx, paymentId: string): Promise<PaymentBalance> {
    const payment = await this.payments.lockedBalance(tx, paymentId);
    if (!payment) throw paymentNotFound('There is no payment with this id.');
    const isSubject = payment.subject_kind === 'invoice' ? payment.subject_id : null;
    const invoiceId = isSubject ?? (await this.links.invoiceOf(tx, paymentId));
    if (invoiceId !== null) {
      const invoice = showId('inv', invoiceId);
      throw paymentHasInvoice(`The payment is for invoice ${invoice}.`, { members: { invoice } });
    }
    if (payment.state !== 'paid' || payment.captured_minor === '0') {
      throw paymentNotPaid(`The payment is ${payment.state}: there is no money to invoice.`);
    }
    const returned = BigInt(payment.refunded_minor) + BigInt(payment.charged_back_minor);
    if (BigInt(payment.captured_minor) <= returned) {
      throw paymentNotPaid('All that the payment brought went back: there is no money to invoice.');
    }
    return payment;
  }

  private async draft(
    tx: Tx,
    input: FromPaymentInput & { readonly id: string; readonly payment: PaymentBalance },
  ): Promise<void> {
    const { payment, id, caller } = input;
    const { customer_id: customerId, currency } = payment;
    const customer = customerId === null ? null : await customerDetails(tx, customerId);
    if (!customer) throw paidByNobody();
    const paid = Money.of(BigInt(payment.captured_minor), currency);
    const line = {
      description: input.description ?? descriptionOf(payment),
      quantity: '1',
      unit: null,
      unit_price: paid.toDecimal(),
      price_includes_vat: true,
      vat_category: input.vatCategory,
      vat_rate: input.vatRate,
    };
    const fields = draftFieldsOf({
      customerId: customer.id,
      currency,
      locale: input.locale ?? localeOf(customer.locale),
      reference: null,
      dueDate: null,
      startDate: null,
      endDate: null,
      vatExemptionReason: null,
      lines: [line],
    });
    const actor = caller.subject;
    await this.invoices.insert(tx, { ...fields, id, kind: 'invoice', creditsId: null, actor });
  }
}

/** Payments take any text; what has no place on a line of a document gives way to the id. */
function descriptionOf({ id, description }: PaymentBalance): string {
  return isDescription(description) ? description : showId('pay', id);
}

function paidByNobody() {
  return customerRequired(
    'The payment names no customer, and an invoice is made out to one. Send `customer` when a payment is created; ' +
      'what this one brought can be refunded, and then be paid with POST /api/invoices/{id}/pay.',
  );
}
