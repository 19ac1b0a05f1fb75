import { Injectable } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { SubjectPayments } from '../../payments/payments.facade';
import { move } from '../domain/invoice-lifecycle';
import { type InvoiceMoney, openAmount, overpaidAmount } from '../domain/open-amount';
import { type InvoiceEventType, invoiceEvent } from '../invoices.events';
import { InvoicePayments } from '../storage/invoice-payments';
import { type InvoiceRow, moneyOf } from '../storage/invoice.row';
import { InvoicesRepository } from '../storage/invoices.repository';
import { boundToPayment } from './refusals';

export interface PaymentNews {
  readonly invoiceId: string;
  readonly paymentId: string;
  /** The event that told of it. */
  readonly cause: string;
  readonly actor: string;
}

/** Takes over what happened to the money of an invoice, in the transaction in which it happened. */
@Injectable()
export class SettleInvoice {
  constructor(
    private readonly invoices: InvoicesRepository,
    private readonly links: InvoicePayments,
    private readonly payments: SubjectPayments,
    private readonly events: Events,
    private readonly log: Logger,
  ) {}

  /** The caller holds the payment. Never refuses: what a provider says happened, happened. */
  async execute(tx: Tx, news: PaymentNews): Promise<void> {
    const invoice = await this.invoices.lock(tx, news.invoiceId);
    const balance = await this.payments.balance(tx, news.paymentId);
    if (!invoice || !balance || balance.currency !== invoice.currency) {
      const ids = {
        invoice: showId('inv', news.invoiceId),
        payment: showId('pay', news.paymentId),
      };
      return this.log.error(ids, 'money of a payment could not be matched with its invoice');
    }
    await this.links.put(tx, news, {
      captured: BigInt(balance.captured_minor),
      refunded: BigInt(balance.refunded_minor),
      chargedBack: BigInt(balance.charged_back_minor),
    });
    const money = { ...moneyOf(invoice), ...(await this.links.sum(tx, invoice.id)) };
    await this.record(tx, invoice, { ...news, money });
  }

  /** A draft that was made from a payment has its money from the start. */
  async afterIssue(tx: Tx, issued: InvoiceRow, actor: string): Promise<void> {
    for (const id of await this.links.paymentsOf(tx, issued.id)) {
      const payment = await this.payments.balance(tx, id);
      const isOurs = payment?.customer_id === issued.customer_id;
      if (!isOurs || payment.currency !== issued.currency) throw boundToPayment(issued, id);
    }
    const sum = await this.links.sum(tx, issued.id);
    if (sum.captured === 0n) return;
    const before = { ...issued, captured_minor: '0', refunded_minor: '0', charged_back_minor: '0' };
    const money = { ...moneyOf(issued), ...sum };
    await this.record(tx, before, { money, cause: 'payment', actor });
  }

  private async record(
    tx: Tx,
    before: InvoiceRow,
    now: { readonly money: InvoiceMoney; readonly cause: string; readonly actor: string },
  ): Promise<void> {
    const { money, cause, actor } = now;
    if (isSame(moneyOf(before), money)) return;
    const types = before.state === 'draft' ? [] : eventsOf(before, money);
    const isSettled = types.includes('invoice.paid');
    const changed = await this.invoices.change(tx, before, {
      ...(isSettled ? { move: { to: 'paid', trigger: 'settle' } } : {}),
      money,
      cause,
      actor,
    });
    const returned = returnedOf(money) - returnedOf(moneyOf(before));
    for (const type of types) {
      const details = type === 'invoice.payment_returned' ? { returned } : {};
      await this.events.publish(tx, invoiceEvent(type, changed, details));
    }
  }
}

/** One change may be told by two events. */
function isSame(old: InvoiceMoney, now: InvoiceMoney): boolean {
  return (
    old.captured === now.captured &&
    old.refunded === now.refunded &&
    old.chargedBack === now.chargedBack
  );
}

/** What the change of money means for an issued invoice. */
function eventsOf(before: InvoiceRow, money: InvoiceMoney): readonly InvoiceEventType[] {
  const old = moneyOf(before);
  const types: InvoiceEventType[] = [];
  const canSettle = before.kind === 'invoice' && move(before.state, 'settle') !== null;
  if (canSettle && openAmount(money) === 0n) types.push('invoice.paid');
  if (overpaidAmount(money) > overpaidAmount(old)) types.push('invoice.overpaid');
  if (returnedOf(money) > returnedOf(old)) types.push('invoice.payment_returned');
  return types;
}

function returnedOf({ refunded, chargedBack }: InvoiceMoney): bigint {
  return refunded + chargedBack;
}
