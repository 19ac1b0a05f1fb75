import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { showId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { CaptureGuards, type CaptureWish, subjectSettled } from '../../payments/payments.facade';
import { openAmount } from '../domain/open-amount';
import { moneyOf } from '../storage/invoice.row';
import { InvoicesRepository } from '../storage/invoices.repository';

/** No money is taken for an invoice that asks for less by now, say because an earlier payment came in late. */
@Injectable()
export class GuardCaptures implements OnModuleInit {
  constructor(
    private readonly guards: CaptureGuards,
    private readonly invoices: InvoicesRepository,
  ) {}

  onModuleInit(): void {
    this.guards.protect('invoice', (tx, wish) => this.check(tx, wish));
  }

  /** Throws `subject_settled` (409). */
  private async check(tx: Tx, { subjectId, paymentId, amount }: CaptureWish): Promise<void> {
    const invoice = await this.invoices.lock(tx, subjectId);
    const openMinor = invoice ? openAmount(moneyOf(invoice)) : 0n;
    if (amount.minor <= openMinor) return;
    const id = showId('inv', subjectId);
    const open = Money.of(openMinor, amount.currency).toString();
    const detail = `${amount.toString()} would be taken, and ${open} is open of invoice ${id}. Nothing was taken.`;
    const members = { payment: showId('pay', paymentId), invoice: id };
    throw subjectSettled(detail, { members });
  }
}
