import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { releaseKey } from '../../../platform/http/idempotency';
import { type ProviderRefund } from '../../../providers/provider-parts';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { OperationsRepository } from '../storage/operations.repository';
import { type RefundRow } from '../storage/refund.row';
import { ApplyRefund } from './apply-refund';
import { CarryOut } from './carry-out';
import { type RefundAttempt, type RefundResult } from './refund-attempt';
import { refundOpsOf, refundRefusalError, refusedBy } from './refund-refusals';
import { type Refused, refusalOf } from './refusals';

/** Calls a refund off at a provider that has a call for it. Repeating it is harmless. */
@Injectable()
export class SendCancelRefund {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly operations: OperationsRepository,
    private readonly applyRefund: ApplyRefund,
    private readonly carryOut: CarryOut,
  ) {}

  async execute(attempt: RefundAttempt): Promise<RefundResult> {
    const { payment, refund, operation } = attempt;
    const ops = refundOpsOf(this.registry.get(payment.account));
    const ids = idsOf(attempt);
    return this.carryOut.execute<ProviderRefund, RefundResult>({
      operation,
      call: async () => (ops.cancel ? ops.cancel(ids) : NO_CANCEL),
      record: (shown) => this.record(attempt, shown),
      isRecognised: true,
      refuse: (result) => this.refuse(attempt, result),
      unsettled: (unsettled) => ({ payment, refund, unsettled }),
    });
  }

  private async record(attempt: RefundAttempt, shown: ProviderRefund): Promise<RefundResult> {
    const { operation } = attempt;
    const applied = await this.applyRefund.execute({ ...attempt, shown });
    const { payment, refund, outcome } = applied;
    if (outcome === 'mismatch') {
      const unsettled = { ...operation, state: 'needs_review' } as const;
      return { payment, refund: attempt.refund, unsettled };
    }
    return { payment, refund: refund ?? attempt.refund, unsettled: null };
  }

  /** The usual reason is that the money was faster; what the provider shows now says it better than its refusal. */
  private async refuse(attempt: RefundAttempt, result: Refused) {
    const { operation } = attempt;
    const { refusal, trouble } = refusalOf(result);
    const isJudged = refusal === 'final' || refusal === 'request';
    const now = isJudged ? await this.lookAgain(attempt) : attempt.refund;
    const end = { state: 'refused', refusal, trouble, attempt: operation.attempts } as const;
    await this.database.inTransaction(async (tx) => {
      const isOurs = await this.operations.settle(tx, operation.id, end);
      if (isOurs && refusal === 'not_sent') await releaseKey(tx, operation.id);
    });
    return refundRefusalError(refusedBy(operation, result), now);
  }

  private async lookAgain(attempt: RefundAttempt): Promise<RefundRow> {
    const { payment, refund, cause, actor } = attempt;
    const ops = refundOpsOf(this.registry.get(payment.account));
    const read = await ops.read(idsOf(attempt));
    if (read.outcome !== 'done') return refund;
    const news = { payment, refund, shown: read.value, cause, actor };
    return (await this.applyRefund.execute(news)).refund ?? refund;
  }
}

/** No adapter is asked for what it does not have; should one be, nothing is sent. */
const NO_CANCEL = {
  outcome: 'refused',
  refusal: {
    kind: 'request',
    code: 'cancel_unsupported',
    message: 'The provider cannot call a refund off.',
    reference: null,
  },
} as const;

function idsOf({ payment, refund }: RefundAttempt) {
  return {
    refundId: refund.provider_refund_id ?? '',
    providerId: payment.provider_payment_id ?? '',
  };
}
