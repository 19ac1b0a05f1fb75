import { Injectable } from '@nestjs/common';
import { KASSA } from '../../../platform/auth/caller';
import { Logger } from '../../../platform/logging/log';
import { type CallTrouble, troubleIn } from '../../../providers/provider-call';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { showId } from '../../../shared/id';
import { PaymentQueries } from '../queries/payment-queries';
import { RefundQueries } from '../queries/refund-queries';
import { isUnfinished, type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { REVIEW_AFTER_S } from './attempt';
import { type RefundAttempt, type RefundResult } from './refund-attempt';
import { RefreshRefunds } from './refresh-refunds';
import { refundOpsOf } from './refund-refusals';
import { SendCancelRefund } from './send-cancel-refund';
import { SendRefund } from './send-refund';

/** A refund that the provider does not show after this long is nothing that a program may decide about. */
const LOOK_FOR_S = 60;

const NOT_SHOWN: CallTrouble = {
  code: 'refund_not_shown',
  message:
    'The provider did not answer and does not show the refund. It may appear later, and would not recognise a repeat.',
  reference: null,
};

/**
 * Finishes a refund that a crash or a silent provider left behind: sends it again where the provider recognises the
 * repeat, otherwise looks for it among the payment's refunds, and then leaves it to a person.
 */
@Injectable()
export class SettleRefund {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly payments: PaymentQueries,
    private readonly refunds: RefundQueries,
    private readonly operations: OperationsRepository,
    private readonly sendRefund: SendRefund,
    private readonly sendCancel: SendCancelRefund,
    private readonly refresh: RefreshRefunds,
    private readonly log: Logger,
  ) {}

  /** Takes an operation whose lease the caller holds; throws what the provider refused. */
  async execute(operation: OperationRow, cause: string): Promise<RefundResult> {
    try {
      return await this.settle(operation, cause);
    } finally {
      await this.lookAround(operation, cause);
    }
  }

  /** Once ours has ended, a refund that was left alone because it might be ours is known not to be. */
  private async lookAround({ id, payment_id }: OperationRow, cause: string): Promise<void> {
    try {
      const operation = await this.operations.find(id);
      if (!operation || isUnfinished(operation)) return;
      const payment = await this.payments.get(payment_id);
      await this.refresh.execute({ payment, cause, actor: KASSA.subject });
    } catch (error) {
      // What became of ours stands; a bell that rings again shows the others.
      this.log.info({ payment: showId('pay', payment_id), error: String(error) }, 'not looked at');
    }
  }

  private async settle(operation: OperationRow, cause: string): Promise<RefundResult> {
    const refund = await this.refunds.get(operation.refund_id ?? '');
    const payment = await this.payments.get(operation.payment_id);
    const attempt = { payment, refund, operation, cause, actor: operation.created_by };
    // Calling off what was called off is answered like the first time.
    if (operation.kind === 'cancel_refund') return this.sendCancel.execute(attempt);
    const { repeatMs } = refundOpsOf(this.registry.get(payment.account));
    if (operation.age_s * 1000 < repeatMs) return this.sendRefund.execute(attempt);
    return this.lookForIt(attempt);
  }

  private async lookForIt(attempt: RefundAttempt): Promise<RefundResult> {
    const { payment, refund, cause } = attempt;
    const ops = refundOpsOf(this.registry.get(payment.account));
    const listed = await ops.list(payment.provider_payment_id ?? '');
    if (listed.outcome !== 'done' && listed.outcome !== 'not_found') {
      return this.leave(attempt, { trouble: troubleIn(listed), untilS: REVIEW_AFTER_S });
    }
    const reference = showId('ref', refund.id);
    // A provider that does not know the payment (any more) shows no refund of it either.
    const all = listed.outcome === 'done' ? listed.value : [];
    const shown = all.find((one) => one.reference === reference);
    if (shown) return this.sendRefund.record(attempt, shown);
    // Whoever decided that has looked as well, and vouches for sending it once more.
    if (cause === 'review') return this.sendRefund.execute(attempt);
    return this.leave(attempt, { trouble: NOT_SHOWN, untilS: LOOK_FOR_S });
  }

  /** To the next look or, from that age on, to a person. */
  private async leave(
    { payment, refund, operation }: RefundAttempt,
    { trouble, untilS }: { readonly trouble: CallTrouble; readonly untilS: number },
  ): Promise<RefundResult> {
    if (operation.age_s < untilS) {
      await this.operations.postpone(operation, trouble);
      return { payment, refund, unsettled: operation };
    }
    const settlement = { state: 'needs_review', trouble, attempt: operation.attempts } as const;
    await this.operations.settleNow(operation.id, settlement);
    return { payment, refund, unsettled: { ...operation, state: 'needs_review' } };
  }
}
