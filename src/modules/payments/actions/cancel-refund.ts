import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { claimKey, type IdempotencyClaim, rememberKey } from '../../../platform/http/idempotency';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { unsupportedByProvider } from '../../../providers/providers.errors';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { type RefundRow } from '../storage/refund.row';
import { RefundsRepository } from '../storage/refunds.repository';
import { type RefundResult } from './refund-attempt';
import { refundStateError } from './refund-refusals';
import { RefundTurn, TURN_WAIT_MS } from './refund-turn';
import { refuseWhilePaused } from './refuse-while-paused';
import { ReplayRefund } from './replay-refund';
import { SendCancelRefund } from './send-cancel-refund';

export interface CancelRefundInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly refund: RefundRow;
}

interface Decision {
  readonly payment: PaymentRow;
  readonly refund: RefundRow;
  /** Null when it was called off before. */
  readonly operation: OperationRow | null;
}

/** Calls a refund off while its money has not gone; where the provider has no call for it, that is refused. */
@Injectable()
export class CancelRefund {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly payments: PaymentsRepository,
    private readonly refunds: RefundsRepository,
    private readonly operations: OperationsRepository,
    private readonly replay: ReplayRefund,
    private readonly turn: RefundTurn,
    private readonly sendCancel: SendCancelRefund,
  ) {}

  async execute(input: CancelRefundInput): Promise<RefundResult> {
    const replayed = await this.replay.execute(input);
    if (replayed) return replayed;
    const { refund, idempotency } = input;
    this.refuseUnable(refund);
    const wish = {
      paymentId: refund.payment_id,
      kind: 'cancel_refund',
      requestHash: refund.id,
      // However often it is asked for, the refund is called off once.
      mayJoin: true,
    } as const;
    const untilMs = performance.now() + TURN_WAIT_MS;
    // It ends with the turn, which throws when the time is over.
    for (;;) {
      const joined = await this.turn.come(wish, untilMs);
      if (joined) {
        const result = { resourceId: refund.id, operationId: joined.unsettled?.id ?? null };
        await rememberKey(this.database, idempotency, result);
        return joined;
      }
      const decision = await this.database.inTransaction((tx) => this.decide(tx, input));
      if (decision) return this.send(decision, input.caller.subject);
    }
  }

  private async send(decision: Decision, actor: string): Promise<RefundResult> {
    const { payment, refund, operation } = decision;
    if (!operation) return { payment, refund, unsettled: null };
    return this.sendCancel.execute({ payment, refund, operation, cause: 'api', actor });
  }

  private refuseUnable({ account }: RefundRow): void {
    const provider = this.registry.get(account);
    if (!provider.refunds?.cancel) {
      throw unsupportedByProvider(`${provider.name} (${account}) cannot call a refund off.`);
    }
    refuseWhilePaused(provider);
  }

  /** Null when another refund of the payment, or this one itself, is not finished. */
  private async decide(tx: Tx, input: CancelRefundInput): Promise<Decision | null> {
    const { payment_id } = input.refund;
    const payment = await this.payments.lock(tx, payment_id);
    if (await this.operations.findUnfinishedRefund(payment_id, tx)) return null;
    const all = await this.refunds.allOf(tx, payment_id);
    const refund = all.find(({ id }) => id === input.refund.id) ?? input.refund;
    if (refund.state === 'canceled') {
      await claimKey(tx, input.idempotency, { resourceId: refund.id, operationId: null });
      return { payment, refund, operation: null };
    }
    if (refund.state !== 'pending') throw refundStateError(refund);
    const operation = await this.operations.insert(tx, {
      paymentId: payment_id,
      kind: 'cancel_refund',
      refundId: refund.id,
      amountMinor: BigInt(refund.amount_minor),
      requestHash: refund.id,
      actor: input.caller.subject,
    });
    if (!operation) throw new Error(`the cancel of ${refund.id} has no operation`);
    const claimed = { resourceId: refund.id, operationId: operation.id };
    await claimKey(tx, input.idempotency, claimed);
    return { payment, refund, operation };
  }
}
