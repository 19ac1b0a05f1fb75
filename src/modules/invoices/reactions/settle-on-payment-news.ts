import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { type DomainEvent, Events } from '../../../platform/events/events';
import { KASSA } from '../../../platform/auth/caller';
import { readId } from '../../../shared/id';
import { textAt } from '../../../shared/json';
import { SubjectPayments } from '../../payments/payments.facade';
import { SettleInvoice } from '../actions/settle-invoice';
import { InvoicePayments } from '../storage/invoice-payments';

/** Events that name the payment only. */
const OF_RETURNS = [
  'refund.refunded',
  'chargeback.opened',
  'chargeback.lost',
  'chargeback.won',
  'chargeback.updated',
];

/** An invoice is paid in the very transaction in which its money is recorded, and knows of every return of it. */
@Injectable()
export class SettleOnPaymentNews implements OnModuleInit {
  constructor(
    private readonly events: Events,
    private readonly links: InvoicePayments,
    private readonly payments: SubjectPayments,
    private readonly settleInvoice: SettleInvoice,
  ) {}

  onModuleInit(): void {
    this.events.react('payment.paid', (tx, event) => this.onPaid(tx, event));
    this.events.react('payment.captured', (tx, event) => this.onCaptured(tx, event));
    for (const type of OF_RETURNS) this.events.react(type, (tx, event) => this.onReturn(tx, event));
  }

  /** A payment for nothing in particular costs nothing here: no statement is sent. */
  private async onPaid(tx: Tx, event: DomainEvent): Promise<void> {
    const invoiceId = subjectOf(event);
    if (invoiceId !== null) await this.settle(tx, event, { invoiceId, paymentId: event.subjectId });
  }

  /** More money of a payment; its invoice may have been made from it afterwards. */
  private async onCaptured(tx: Tx, event: DomainEvent): Promise<void> {
    const paymentId = event.subjectId;
    const invoiceId = subjectOf(event) ?? (await this.links.invoiceOf(tx, paymentId));
    if (invoiceId !== null) await this.settle(tx, event, { invoiceId, paymentId });
  }

  /** Also of a payment that its invoice was made from afterwards, or that never brought what is taken of it. */
  private async onReturn(tx: Tx, event: DomainEvent): Promise<void> {
    const paymentId = readId('pay', textAt(event.data, 'payment') ?? '');
    if (paymentId === null) return;
    const invoiceId = await this.invoiceOf(tx, paymentId);
    if (invoiceId !== null) await this.settle(tx, event, { invoiceId, paymentId });
  }

  private async invoiceOf(tx: Tx, paymentId: string): Promise<string | null> {
    const linked = await this.links.invoiceOf(tx, paymentId);
    if (linked !== null) return linked;
    const payment = await this.payments.balance(tx, paymentId);
    return payment?.subject_kind === 'invoice' ? payment.subject_id : null;
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

/** The invoice that an event of a payment names. */
function subjectOf({ data }: DomainEvent): string | null {
  return readId('inv', textAt(data, 'subject', 'id') ?? '');
}
