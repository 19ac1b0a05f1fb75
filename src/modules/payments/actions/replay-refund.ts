import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { findClaimed, keyInFlight } from '../../../platform/http/idempotency';
import { asReplayed } from '../../../shared/app-error';
import { refundNotFound } from '../payments.errors';
import { PaymentQueries } from '../queries/payment-queries';
import { RefundQueries } from '../queries/refund-queries';
import { OperationsRepository } from '../storage/operations.repository';
import { type RefundResult } from './refund-attempt';
import { refundRefusalError } from './refund-refusals';
import { type KeyedCommand } from './replay-command';

/** Like `ReplayCommand`, for commands about refunds. */
@Injectable()
export class ReplayRefund {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentQueries,
    private readonly refunds: RefundQueries,
    private readonly operations: OperationsRepository,
  ) {}

  /** Null for a new key, or without one. */
  async execute({ caller, idempotency: claim }: KeyedCommand): Promise<RefundResult | null> {
    const claimed = await findClaimed(this.database, claim);
    if (!claim || !claimed) return null;
    // In this order: a refund that was read before its operation settled would be shown as it no longer is.
    const operation = claimed.operationId ? await this.operations.find(claimed.operationId) : null;
    const refund = await this.refunds.find(caller, claimed.resourceId);
    if (!refund) {
      throw refundNotFound('The refund that this key was used for is not yours any more.');
    }
    if (operation?.state === 'unsettled' && operation.is_leased) throw keyInFlight(claim.key);
    if (operation?.state === 'refused') throw asReplayed(refundRefusalError(operation, refund));
    const unsettled = operation && operation.state !== 'succeeded' ? operation : null;
    const payment = await this.payments.get(refund.payment_id);
    return { payment, refund, unsettled, replayed: true };
  }
}
