import { Injectable } from '@nestjs/common';
import { AppError } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { operationInProgress } from '../payments.errors';
import { PaymentQueries } from '../queries/payment-queries';
import { RefundQueries } from '../queries/refund-queries';
import {
  isUnfinished,
  type OperationRow,
  type RefundOperationKind,
} from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { HoldLease } from './hold-lease';
import { type RefundResult } from './refund-attempt';
import { refundRefusalError } from './refund-refusals';
import { SettleRefund } from './settle-refund';

/** A caller is kept waiting at most this long; then it may ask again. */
export const TURN_WAIT_MS = 20_000;
const LOOK_FIRST_MS = 25;
const LOOK_MAX_MS = 400;

/** What a caller wants, as far as it may be what somebody else is already doing. */
export interface RefundWish {
  readonly paymentId: string;
  readonly kind: RefundOperationKind;
  readonly requestHash: string;
  /** False for a request with a key of its own: that says that it is another one. */
  readonly mayJoin: boolean;
}

/**
 * A payment has one unfinished refund at a time. The same wish without a key of its own is taken for a repetition and
 * joins it; any other waits for its turn, and settles what a crash left in its way.
 */
@Injectable()
export class RefundTurn {
  constructor(
    private readonly payments: PaymentQueries,
    private readonly refunds: RefundQueries,
    private readonly operations: OperationsRepository,
    private readonly settle: SettleRefund,
    private readonly lease: HoldLease,
  ) {}

  /** Null when the way is free. Throws `operation_in_progress` (409) when it is not by then. */
  async come(wish: RefundWish, untilMs: number): Promise<RefundResult | null> {
    for (let pauseMs = LOOK_FIRST_MS; ; pauseMs = Math.min(pauseMs * 2, LOOK_MAX_MS)) {
      const operation = await this.operations.findUnfinishedRefund(wish.paymentId);
      if (!operation) return null;
      const isSame = isTheSame(wish, operation);
      const taken = operation.is_leased ? null : await this.operations.take(operation.id);
      const settled = taken ? await this.settleLeftover(taken, isSame) : null;
      if (settled) return settled;
      if (!taken && isSame) return this.join(operation, untilMs);
      if (operation.state === 'needs_review' || performance.now() >= untilMs) {
        throw inProgress(operation);
      }
      if (!taken) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  /** The result where it is what the caller asked for; null where the next look will tell. */
  private async settleLeftover(taken: OperationRow, isSame: boolean): Promise<RefundResult | null> {
    const settle = () => this.settle.execute(taken, 'api');
    if (isSame) return this.lease.during(taken, settle);
    try {
      const { unsettled } = await this.lease.during(taken, settle);
      if (!unsettled) return null;
    } catch (error) {
      // What was refused to somebody else is settled; it is nothing that this caller asked for.
      if (error instanceof AppError) return null;
      throw error;
    }
    throw inProgress(taken);
  }

  private async join(joined: OperationRow, untilMs: number): Promise<RefundResult> {
    let operation = await this.operations.find(joined.id);
    while (operation?.is_leased && isUnfinished(operation) && performance.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_FIRST_MS));
      operation = await this.operations.find(joined.id);
    }
    const refund = await this.refunds.get(joined.refund_id ?? '');
    if (operation?.state === 'refused') throw refundRefusalError(operation, refund);
    const payment = await this.payments.get(joined.payment_id);
    const unsettled = operation && isUnfinished(operation) ? operation : null;
    return { payment, refund, unsettled };
  }
}

function isTheSame(wish: RefundWish, { kind, request_hash }: OperationRow): boolean {
  return wish.mayJoin && wish.kind === kind && wish.requestHash === request_hash;
}

function inProgress({ payment_id, refund_id, state }: OperationRow) {
  const members = {
    payment: showId('pay', payment_id),
    refund: showId('ref', refund_id ?? payment_id),
  };
  if (state === 'needs_review') {
    const detail = 'A refund of this payment waits for a person. See GET /api/operations.';
    return operationInProgress(detail, { members });
  }
  const detail = 'Another refund of this payment is not settled yet. Try again shortly.';
  return operationInProgress(detail, { retryAfterS: 2, members });
}
