import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { type DomainEvent, Events } from '../../../platform/events/events';
import { KASSA } from '../../../platform/auth/caller';
import { readId } from '../../../shared/id';
import { textAt } from '../../../shared/json';
import { SettleInvoice } from '../actions/settle-invoice';
import { InvoicePayments } from '../storage/invoice-payments';

/** Events of payments themselves, which name what they pay for. */
const OF_PAYMENTS = ['payment.paid', 'payment.captured', 'payment.conflict'];
/** Events that name the payment only. */
const OF_RETURNS = ['refund.refunded', 'chargeback.opened', 'chargeback.lost', 'chargeback.won'];

/** An invoice is paid in the very transaction in which its money is recorded, and knows of every return of it. */
@Injectable()
export class SettleOnPaymentNews implements OnModuleInit {
  constructor(
    private readonly events: Events,
    private readonly links: InvoicePayments,
    private readonly settleInvoice: SettleInvoice,
  ) {}

  onModuleInit(): void {
    for (const type of OF_PAYMENTS)
      this.events.react(type, (tx, event) => this.onPayment(tx, event));
    for (const type of OF_RETURNS) this.events.react(type, (tx, event) => this.onReturn(tx, event));
  }

  /** A payment for nothing in particular costs nothing here: no statement is sent. */
  private async onPayment(tx: Tx, event: DomainEvent): Promise<void> {
    const invoiceId = readId('inv', textAt(event.data, 'subject', 'id') ?? '');
    if (invoiceId !== null) await this.settle(tx, event, { invoiceId, paymentId: event.subjectId });
  }

  /** Also of a payment that its invoice was made from afterwards. */
  private async onReturn(tx: Tx, event: DomainEvent): Promise<void> {
    const paymentId = readId('pay', textAt(event.data, 'payment') ?? '');
    if (paymentId === null) return;
    const invoiceId = await this.links.invoiceOf(tx, paymentId);
    if (invoiceId !== null) await this.settle(tx, event, { invoiceId, paymentId });
  }

  private settle(
    tx: Tx,
    { type, data }: DomainEvent,
    ids: { readonly invoiceId: string; readonly paymentId: string },
  ): Promise<void> {
    const actor = textAt(data, 'actor') ?? KASSA.subject;
    return this.settleInvoice.execute(tx, { ...ids, cause: type, actor });
  }
}
