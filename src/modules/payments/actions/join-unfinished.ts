import { Injectable } from '@nestjs/common';
import { AppError } from '../../../shared/app-error';
import { PaymentQueries } from '../queries/payment-queries';
import { operationInProgress } from '../payments.errors';
import { showId } from '../../../shared/id';
import { isUnfinished, type OperationKind, type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { type CommandResult, settled } from './command-result';
import { refusalError } from './refusals';
import { SettleOperation } from './settle-operation';

/** The same command waits this long for the one that runs: as long as a provider call may take. */
const WAIT_MS = 20_000;
const LOOK_FIRST_MS = 25;
const LOOK_MAX_MS = 250;

/** What a caller wants, as far as it may be what somebody else is already doing. */
export interface PaymentWish {
  readonly kind: OperationKind;
  /** Left out where every command of the kind asks for the same. */
  readonly requestHash?: string;
  /** False for a request that says by a key of its own that it is another one; left out: true. */
  readonly mayJoin?: boolean;
}

/**
 * What a command finds unfinished on its payment. What nobody works on any more is settled first; the same
 * command joins the one that runs and gets its answer; any other is told to wait.
 */
@Injectable()
export class JoinUnfinished {
  constructor(
    private readonly queries: PaymentQueries,
    private readonly operations: OperationsRepository,
    private readonly settle: SettleOperation,
  ) {}

  /** Null when nothing is unfinished (any more) and the command may go on with a fresh look at the payment. */
  async execute(payment: PaymentRow, wish: PaymentWish): Promise<CommandResult | null> {
    const operation = await this.operations.findUnfinished(payment.id);
    if (!operation) return null;
    const taken = await this.operations.take(operation.id);
    if (taken) return this.settleLeftover(taken, isTheSame(wish, taken));
    if (!isTheSame(wish, operation)) throw inProgress(payment, operation);
    return this.wait(operation);
  }

  private async settleLeftover(
    taken: OperationRow,
    isSame: boolean,
  ): Promise<CommandResult | null> {
    if (isSame) return this.settle.execute(taken, 'api');
    const result = await this.settleOther(taken);
    if (result?.unsettled) throw inProgress(result.payment, taken);
    return null;
  }

  /** What was refused to another command is settled; it is nothing that this caller asked for. */
  private async settleOther(taken: OperationRow): Promise<CommandResult | null> {
    try {
      return await this.settle.execute(taken, 'api');
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  /** Waits for whoever works on the operation; should they stop to show signs of life, takes over once. */
  private async wait(joined: OperationRow): Promise<CommandResult | null> {
    const operation = await this.watch(joined);
    if (operation && isUnfinished(operation) && !operation.is_leased) {
      const taken = await this.operations.take(operation.id);
      if (taken) return this.settleLeftover(taken, true);
    }
    const payment = await this.queries.get(joined.payment_id);
    if (operation?.state === 'refused') throw refusalError(operation, payment);
    return operation && isUnfinished(operation)
      ? { payment, unsettled: operation }
      : settled(payment);
  }

  private async watch(joined: OperationRow): Promise<OperationRow | null> {
    const untilMs = performance.now() + WAIT_MS;
    // Read again: before somebody else took it, it looked as if nobody worked on it.
    let operation = await this.operations.find(joined.id);
    for (let pauseMs = LOOK_FIRST_MS; performance.now() < untilMs;) {
      if (!operation || !isUnfinished(operation) || !operation.is_leased) return operation;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      pauseMs = Math.min(pauseMs * 2, LOOK_MAX_MS);
      operation = await this.operations.find(joined.id);
    }
    return operation;
  }
}

/** Of commands that can ask for different things, only one that asks for the same joins. */
function isTheSame(wish: PaymentWish, { kind, request_hash }: OperationRow): boolean {
  const { requestHash = request_hash, mayJoin = true } = wish;
  return mayJoin && wish.kind === kind && requestHash === request_hash;
}

export function inProgress(payment: PaymentRow, operation: OperationRow) {
  const detail = `The ${operation.kind} of this payment is not settled yet. Try again shortly.`;
  const members = { payment: showId('pay', payment.id), state: payment.state };
  return operationInProgress(detail, { retryAfterS: 2, members });
}
