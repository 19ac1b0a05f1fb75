import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { claimKey, findClaimed } from '../../../platform/http/idempotency';
import { newId } from '../../../shared/id';
import { SubjectPayments } from '../../payments/payments.facade';
import { type CreditPlan, type CreditWish } from '../domain/credit-plan';
import { isWhollyCredited, openAmount, overpaidAmount } from '../domain/open-amount';
import { invoiceEvent } from '../invoices.events';
import { type InvoiceRow, moneyOf } from '../storage/invoice.row';
import { InvoicesRepository } from '../storage/invoices.repository';
import { findIssuedDocument } from '../storage/issued-documents';
import { type InvoiceResult } from './create-invoice';
import { creditNoteOf, creditNoteParts } from './credit-note';
import { creditPlanFor } from './credit-wishes';
import { IssueDocument } from './issue-document';
import { type InvoiceCommand, onceMoreWhenTheYearTurns } from './issue-invoice';
import { refuseWhilePaying } from './refuse-while-paying';
import { allowedFor } from './refusals';

export interface CreditInput extends InvoiceCommand {
  /** Null takes back all that is left. */
  readonly wishes: readonly CreditWish[] | null;
  readonly reference: string | null;
  /** Of the credit note; given only where it must be known before, as in demonstration data. */
  readonly creditNoteId?: string;
}

/** Takes an issued invoice back, all of it or in parts, by a credit note with a number of its own. */
@Injectable()
export class CreditInvoice {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoicesRepository,
    private readonly payments: SubjectPayments,
    private readonly issueDocument: IssueDocument,
    private readonly events: Events,
  ) {}

  /** The result is the credit note. */
  async execute(input: CreditInput): Promise<InvoiceResult> {
    const claimed = await findClaimed(this.database, input.idempotency);
    if (claimed) return { id: claimed.resourceId, replayed: true };
    const id = input.creditNoteId ?? newId();
    await onceMoreWhenTheYearTurns(() =>
      this.database.inTransaction((tx) => this.credit(tx, { ...input, creditNoteId: id })),
    );
    return { id, replayed: false };
  }

  private async credit(
    tx: Tx,
    input: CreditInput & { readonly creditNoteId: string },
  ): Promise<void> {
    const { idempotency, creditNoteId, caller } = input;
    await claimKey(tx, idempotency, { resourceId: creditNoteId, operationId: null });
    const invoice = allowedFor('credit', await this.invoices.lock(tx, input.id));
    await refuseWhilePaying(tx, this.payments, invoice);
    const lines = await this.invoices.linesOf(tx, invoice.id);
    const credited = await this.invoices.creditedLinesOf(tx, invoice.id);
    const plan = creditPlanFor({ lines, credited }, input.wishes);
    const actor = caller.subject;
    const note = creditNoteOf({ invoice, lines, plan, id: creditNoteId, actor });
    const draft = await this.invoices.insert(tx, { ...note, reference: input.reference });
    const original = await findIssuedDocument(tx, invoice.id);
    if (!original) throw new Error(`invoice ${invoice.id} has no document`);
    const parts = { draft, note, plan, original };
    const partsOn = (issueDate: string) => creditNoteParts({ ...parts, issueDate });
    await this.issueDocument.execute(tx, { draft, partsOn, actor });
    await this.recordOn(tx, invoice, { plan, creditNoteId, actor });
  }

  private async recordOn(
    tx: Tx,
    invoice: InvoiceRow,
    credit: { readonly plan: CreditPlan; readonly creditNoteId: string; readonly actor: string },
  ): Promise<void> {
    const { plan, creditNoteId, actor } = credit;
    const before = moneyOf(invoice);
    const money = { ...before, credited: before.credited + plan.total };
    const isCredited = isWhollyCredited(money);
    const isPaidNow = !isCredited && invoice.state === 'issued' && openAmount(money) === 0n;
    const changed = await this.invoices.change(tx, invoice, {
      ...(isCredited ? { move: { to: 'credited', trigger: 'credit' } } : {}),
      ...(isPaidNow ? { move: { to: 'paid', trigger: 'settle' } } : {}),
      money,
      cause: 'api',
      actor,
    });
    const creditNote = creditNoteId;
    await this.events.publish(tx, invoiceEvent('invoice.credited', changed, { creditNote }));
    if (isPaidNow) await this.events.publish(tx, invoiceEvent('invoice.paid', changed));
    if (overpaidAmount(money) > overpaidAmount(before)) {
      await this.events.publish(tx, invoiceEvent('invoice.overpaid', changed));
    }
  }
}
