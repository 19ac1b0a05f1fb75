import { Injectable } from '@nestjs/common';
import { type CallTrouble, troubleIn } from '../../../providers/provider-call';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { showId } from '../../../shared/id';
import { PaymentQueries } from '../queries/payment-queries';
import { RefundQueries } from '../queries/refund-queries';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type RefundAttempt, type RefundResult } from './refund-attempt';
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
  ) {}

  /** Takes an operation whose lease the caller holds; throws what the provider refused. */
  async execute(operation: OperationRow, cause: string): Promise<RefundResult> {
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
    const { payment, refund, operation, cause } = attempt;
    const ops = refundOpsOf(this.registry.get(payment.account));
    const listed = await ops.list(payment.provider_payment_id ?? '');
    if (listed.outcome !== 'done') return this.postpone(attempt, troubleIn(listed));
    const reference = showId('ref', refund.id);
    const shown = listed.value.find((one) => one.reference === reference);
    if (shown) return this.sendRefund.record(attempt, shown);
    // Whoever decided that has looked as well, and vouches for sending it once more.
    if (cause === 'review') return this.sendRefund.execute(attempt);
    if (operation.age_s < LOOK_FOR_S) return this.postpone(attempt, NOT_SHOWN);
    const settlement = { state: 'needs_review', trouble: NOT_SHOWN } as const;
    await this.operations.settleNow(operation.id, { ...settlement, attempt: operation.attempts });
    return { payment, refund, unsettled: { ...operation, state: 'needs_review' } };
  }

  private async postpone(attempt: RefundAttempt, trouble: CallTrouble): Promise<RefundResult> {
    const { payment, refund, operation } = attempt;
    await this.operations.postpone(operation, trouble);
    return { payment, refund, unsettled: operation };
  }
}
