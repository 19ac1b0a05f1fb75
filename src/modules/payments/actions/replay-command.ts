import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import {
  findClaimed,
  type IdempotencyClaim,
  keyInFlight,
} from '../../../platform/http/idempotency';
import { asReplayed } from '../../../shared/app-error';
import { PaymentQueries } from '../queries/payment-queries';
import { isBeginning, type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { paymentNotFound } from '../payments.errors';
import { type CommandResult } from './command-result';
import { refusalError } from './refusals';

/** A command as far as its repetition is concerned. */
export interface KeyedCommand {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
}

/**
 * Answers a request whose Idempotency-Key was seen before from what became of the first one: its payment as it
 * stands now, its refusal again, or 202 while nobody knows. 409 while the first request is still being worked on.
 */
@Injectable()
export class ReplayCommand {
  constructor(
    private readonly database: Database,
    private readonly queries: PaymentQueries,
    private readonly operations: OperationsRepository,
  ) {}

  /** Null for a new key, or without one. */
  async execute({ caller, idempotency: claim }: KeyedCommand): Promise<CommandResult | null> {
    const claimed = await findClaimed(this.database, claim);
    if (!claim || !claimed) return null;
    // In this order: a payment that was read before its operation settled would be shown as it no longer is.
    const operation = claimed.operationId ? await this.operations.find(claimed.operationId) : null;
    const payment = await this.queries.find(caller, claimed.resourceId);
    if (!payment)
      throw paymentNotFound('The payment that this key was used for is not yours any more.');
    if (operation?.state === 'unsettled' && operation.is_leased) throw keyInFlight(claim.key);
    if (operation?.state === 'refused' && !hasCome(operation, payment))
      throw asReplayed(refusalError(operation, payment));
    const isOver = operation?.state === 'succeeded' || operation?.state === 'refused';
    const unsettled = isOver ? null : operation;
    return { payment, unsettled, replayed: true };
  }
}

/** Its money came all the same after a person called it failed: whoever is told to ask anew would take it twice. */
function hasCome({ kind }: OperationRow, { state }: PaymentRow): boolean {
  return isBeginning(kind) && (state === 'paid' || state === 'authorized');
}
