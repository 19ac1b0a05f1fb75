import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { claimKey, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { newId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { refundEvent } from '../payments.events';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { type RefundRow } from '../storage/refund.row';
import { RefundsRepository } from '../storage/refunds.repository';
import { chooseFor, refuseAccount, refuseUncaptured } from './refund-checks';
import { type RefundResult } from './refund-attempt';
import { refundOpsOf } from './refund-refusals';
import { RefundTurn, TURN_WAIT_MS } from './refund-turn';
import { refuseWhilePaused } from './refuse-while-paused';
import { ReplayRefund } from './replay-refund';
import { SendRefund } from './send-refund';

export interface RefundPaymentInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly payment: PaymentRow;
  /** Null: all that is left. */
  readonly amount: Money | null;
  /** For the payer. */
  readonly description: string | null;
  /** For colleagues. */
  readonly reason: string | null;
  /** Where the money goes when the pay method does not say. */
  readonly account: { readonly holderName: string; readonly iban: string | null } | null;
  /** Given only where the id must be known before, as in demonstration data. */
  readonly id?: string;
}

interface Intent {
  readonly payment: PaymentRow;
  readonly refund: RefundRow;
  readonly operation: OperationRow;
}

/** Gives money of a payment back. The amount is held back from the intent on, so that nothing goes back twice. */
@Injectable()
export class RefundPayment {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly payments: PaymentsRepository,
    private readonly refunds: RefundsRepository,
    private readonly operations: OperationsRepository,
    private readonly events: Events,
    private readonly replay: ReplayRefund,
    private readonly turn: RefundTurn,
    private readonly sendRefund: SendRefund,
  ) {}

  /** Throws what was refused, here or by the provider; in both cases nothing went back. */
  async execute(input: RefundPaymentInput): Promise<RefundResult> {
    const replayed = await this.replay.execute(input);
    if (replayed) return replayed;
    const provider = this.registry.get(input.payment.account);
    refuseAccount(refundOpsOf(provider), input);
    refuseUncaptured(input.payment);
    refuseWhilePaused(provider);
    const wish = {
      paymentId: input.payment.id,
      kind: 'refund',
      requestHash: hashOf(input),
      mayJoin: input.idempotency === null,
    } as const;
    const untilMs = performance.now() + TURN_WAIT_MS;
    // It ends with the turn, which throws when the time is over.
    for (;;) {
      const joined = await this.turn.come(wish, untilMs);
      if (joined) return joined;
      const intent = await this.database.inTransaction((tx) => this.commitIntent(tx, input));
      if (intent) {
        return this.sendRefund.execute({ ...intent, cause: 'api', actor: input.caller.subject });
      }
    }
  }

  /** Null when another refund of the payment was faster. */
  private async commitIntent(tx: Tx, input: RefundPaymentInput): Promise<Intent | null> {
    const payment = await this.payments.lock(tx, input.payment.id);
    refuseUncaptured(payment);
    if (await this.operations.findUnfinishedRefund(payment.id, tx)) return null;
    const room = await this.refunds.room(tx, payment.id);
    const { amount, captureRef } = chooseFor(payment, room, input.amount);
    const refund = await this.insert(tx, { input, payment, amount, captureRef });
    const operation = await this.operations.insert(tx, {
      paymentId: payment.id,
      kind: 'refund',
      refundId: refund.id,
      amountMinor: amount.minor,
      requestHash: hashOf(input),
      actor: input.caller.subject,
    });
    if (!operation) throw new Error(`the refund ${refund.id} has no operation`);
    const claimed = { resourceId: refund.id, operationId: operation.id };
    await claimKey(tx, input.idempotency, claimed);
    return { payment, refund, operation };
  }

  private async insert(
    tx: Tx,
    to: { input: RefundPaymentInput; payment: PaymentRow; amount: Money; captureRef: string },
  ): Promise<RefundRow> {
    const { input, payment, amount, captureRef } = to;
    const id = input.id ?? newId();
    const told = {
      id,
      payment_id: payment.id,
      account: payment.account,
      state: 'pending',
      amount_minor: amount.minor.toString(),
      currency: amount.currency,
      origin: 'api',
      version: 1,
    } as const;
    const events = [refundEvent('refund.created', told)];
    const refund = await this.refunds.insert(tx, {
      id,
      paymentId: payment.id,
      account: payment.account,
      amount,
      captureRef,
      origin: 'api',
      description: input.description,
      reason: input.reason,
      accountHolderName: input.account?.holderName ?? null,
      iban: input.account?.iban ?? null,
      actor: input.caller.subject,
      events,
    });
    await this.events.runReactions(tx, events);
    return refund;
  }
}

/** Two wishes with the same hash may be the same wish. */
function hashOf({ amount, description, reason, account }: RefundPaymentInput): string {
  const parts = [amount?.toString() ?? 'all', description, reason, account];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
