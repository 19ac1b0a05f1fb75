import { Injectable } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { showId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import {
  PayForSubject,
  ReplayCommand,
  type SubjectPaymentInput,
  type SubjectPaymentResult,
  SubjectPayments,
} from '../../payments/payments.facade';
import { openAmount } from '../domain/open-amount';
import { InvoiceQueries } from '../queries/invoice-queries';
import { type InvoiceRow, moneyOf } from '../storage/invoice.row';
import { InvoicesRepository } from '../storage/invoices.repository';
import { type InvoiceCommand } from './issue-invoice';
import { refuseWhilePaying } from './refuse-while-paying';
import { allowedFor } from './refusals';

export interface PayInput extends InvoiceCommand {
  readonly provider: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly payMethods: readonly string[];
  readonly locale: string | null;
  readonly autoApprove: boolean | null;
  /** Of the payment; given only where it must be known before, as in demonstration data. */
  readonly paymentId?: string;
}

/** A credit note or a late capture may come between; that it does three times in a row is not chance any more. */
const TRIES_MAX = 3;

/** Has the open amount of an invoice paid: one live payment at a time, under any race. */
@Injectable()
export class PayInvoice {
  constructor(
    private readonly queries: InvoiceQueries,
    private readonly invoices: InvoicesRepository,
    private readonly payments: SubjectPayments,
    private readonly replay: ReplayCommand,
    private readonly payForSubject: PayForSubject,
  ) {}

  async execute(input: PayInput): Promise<SubjectPaymentResult> {
    const replayed = await this.replay.execute(input);
    if (replayed) return { ...replayed, isNew: true };
    for (let tries = 1; ; tries++) {
      const invoice = allowedFor('pay', await this.queries.find(input.caller, input.id));
      try {
        return await this.payForSubject.execute(this.paymentOf(invoice, input));
      } catch (error) {
        if (tries >= TRIES_MAX || !(error instanceof OpenAmountChanged)) throw error;
      }
    }
  }

  private paymentOf(invoice: InvoiceRow, input: PayInput): SubjectPaymentInput {
    const amount = Money.of(openAmount(moneyOf(invoice)), invoice.currency);
    const number = invoice.number_text ?? '';
    return {
      caller: input.caller,
      idempotency: input.idempotency,
      provider: input.provider,
      customerId: invoice.customer_id,
      amount,
      captureMethod: 'automatic',
      description: number,
      returnUrl: input.returnUrl,
      cancelUrl: input.cancelUrl,
      payMethods: input.payMethods,
      metadata: { invoice: showId('inv', invoice.id), number },
      locale: input.locale ?? invoice.locale,
      setupMandate: false,
      mandate: null,
      autoApprove: input.autoApprove,
      subject: {
        kind: 'invoice',
        id: invoice.id,
        guard: (tx) => this.guard(tx, { id: invoice.id, amount }),
      },
      ...(input.paymentId === undefined ? {} : { id: input.paymentId }),
    };
  }

  /** What was read before the transaction, once more under the lock. */
  private async guard(
    tx: Tx,
    { id, amount }: { readonly id: string; readonly amount: Money },
  ): Promise<void> {
    const invoice = allowedFor('pay', await this.invoices.lock(tx, id));
    await refuseWhilePaying(tx, this.payments, invoice);
    if (openAmount(moneyOf(invoice)) !== amount.minor) throw new OpenAmountChanged();
  }
}

/** Begin anew with what is open now. */
class OpenAmountChanged extends Error {}
