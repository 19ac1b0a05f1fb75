import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { releaseKey } from '../../../platform/http/idempotency';
import { type ProviderRefund, type RefundOrder } from '../../../providers/provider-parts';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { showId } from '../../../shared/id';
import { refundEvent } from '../payments.events';
import { OperationsRepository } from '../storage/operations.repository';
import { PaymentsRepository } from '../storage/payments.repository';
import { refundAmountOf, type RefundRow } from '../storage/refund.row';
import { RefundsRepository } from '../storage/refunds.repository';
import { ApplyRefund } from './apply-refund';
import { CarryOut } from './carry-out';
import { type RefundAttempt, type RefundResult } from './refund-attempt';
import { refundOpsOf, refundRefusalError, refusedBy } from './refund-refusals';
import { type Refused, refusalOf } from './refusals';

/** Sends a committed refund to the provider and records what it says. */
@Injectable()
export class SendRefund {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly payments: PaymentsRepository,
    private readonly refunds: RefundsRepository,
    private readonly operations: OperationsRepository,
    private readonly events: Events,
    private readonly applyRefund: ApplyRefund,
    private readonly carryOut: CarryOut,
  ) {}

  async execute(attempt: RefundAttempt): Promise<RefundResult> {
    const { payment, refund, operation } = attempt;
    const ops = refundOpsOf(this.registry.get(payment.account));
    return this.carryOut.execute<ProviderRefund, RefundResult>({
      operation,
      call: () => ops.refund(orderOf(attempt)),
      record: (shown) => this.record(attempt, shown),
      isRecognised: ops.repeatMs > 0,
      refuse: async (result) => {
        const refund = await this.refuse(attempt, result);
        return refundRefusalError(refusedBy(operation, result), refund);
      },
      unsettled: (unsettled) => ({ payment, refund, unsettled }),
    });
  }

  /** Takes over what the provider showed, unless it is another refund than ours. */
  async record(attempt: RefundAttempt, shown: ProviderRefund): Promise<RefundResult> {
    const { operation } = attempt;
    const { payment, refund, outcome } = await this.applyRefund.execute({ ...attempt, shown });
    const isOpen = outcome === 'mismatch';
    const unsettled = isOpen ? ({ ...operation, state: 'needs_review' } as const) : null;
    return { payment, refund: refund ?? attempt.refund, unsettled };
  }

  /** Certainly nothing happened: the refund failed, and what it held back is free again. */
  async refuse(attempt: RefundAttempt, result: Refused): Promise<RefundRow> {
    const { operation, cause, actor } = attempt;
    const { refusal, trouble } = refusalOf(result);
    return this.database.inTransaction(async (tx) => {
      await this.payments.lock(tx, operation.payment_id);
      const all = await this.refunds.allOf(tx, operation.payment_id);
      const refund = all.find(({ id }) => id === attempt.refund.id) ?? attempt.refund;
      const end = { refusal, trouble, attempt: operation.attempts } as const;
      const isOurs = await this.operations.settle(tx, operation.id, { state: 'refused', ...end });
      if (!isOurs) return refund;
      if (refusal === 'not_sent') await releaseKey(tx, operation.id);
      if (refund.state !== 'pending' || refund.provider_refund_id !== null) return refund;
      const error = { code: trouble.code, message: trouble.message };
      const told = { ...refund, state: 'failed', version: refund.version + 1 } as const;
      const events = [refundEvent('refund.failed', told)];
      const why = { error, cause, actor, operationId: operation.id };
      const failed = await this.refunds.change(tx, refund, { to: 'failed', ...why, events });
      await this.events.runReactions(tx, events);
      return failed;
    });
  }
}

function orderOf({ payment, refund, operation }: RefundAttempt): RefundOrder {
  return {
    reference: showId('ref', refund.id),
    providerId: payment.provider_payment_id ?? '',
    captureId: refund.capture_ref ?? '',
    key: operation.provider_key,
    amount: refundAmountOf(refund),
    description: refund.description,
    reason: refund.reason,
    account:
      refund.account_holder_name === null
        ? null
        : { holderName: refund.account_holder_name, iban: refund.iban },
  };
}
