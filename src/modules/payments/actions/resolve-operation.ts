import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import {
  findClaimed,
  type IdempotencyClaim,
  keyInFlight,
} from '../../../platform/http/idempotency';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { showId } from '../../../shared/id';
import { operationInProgress, operationNotFound, operationSettled } from '../payments.errors';
import { OperationQueries, type OperationView } from '../queries/operation-queries';
import { PaymentQueries } from '../queries/payment-queries';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { ResolveFailed } from './resolve-failed';
import { ResolveLink } from './resolve-link';
import { ResolveRefund } from './resolve-refund';
import { ResolveRetry } from './resolve-retry';

export type Resolution =
  | { readonly decision: 'retry' }
  /** Whether the person looked for it where the provider shows everything: its lists may not be able to. */
  | { readonly decision: 'failed'; readonly isCheckedAtProvider: boolean }
  /** The provider's id of the payment, or refund, that answers the operation. */
  | { readonly decision: 'link'; readonly providerId: string };

export interface ResolveOperationInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly operationId: string;
  readonly resolution: Resolution;
  readonly note: string;
}

export interface ResolvedOperation {
  /** As it stands afterwards. */
  readonly operation: OperationView;
  readonly replayed: boolean;
}

/** Carries out what a person decided about an operation whose outcome nobody could find out. */
@Injectable()
export class ResolveOperation {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly queries: OperationQueries,
    private readonly payments: PaymentQueries,
    private readonly operations: OperationsRepository,
    private readonly retry: ResolveRetry,
    private readonly link: ResolveLink,
    private readonly failed: ResolveFailed,
    private readonly refund: ResolveRefund,
  ) {}

  async execute(input: ResolveOperationInput): Promise<ResolvedOperation> {
    const { operationId } = input;
    if (await this.isReplay(input)) {
      return { operation: await this.show(operationId), replayed: true };
    }
    const operation = await this.operations.find(operationId);
    if (!operation) throw notFound();
    refuseUnlessForPerson(operation);
    await this.resolve(input, operation);
    return { operation: await this.show(operationId), replayed: false };
  }

  private async resolve(input: ResolveOperationInput, operation: OperationRow): Promise<void> {
    const { resolution } = input;
    const payment = await this.payments.get(operation.payment_id);
    // An account that is switched off can neither be asked nor sent to: refused before anything is decided.
    this.registry.get(payment.account);
    const review = { ...input, payment, operation };
    switch (resolution.decision) {
      case 'retry':
        return this.retry.execute(review);
      case 'link':
        return operation.refund_id === null
          ? this.link.execute(review, resolution.providerId)
          : this.refund.link(review, resolution.providerId);
      case 'failed':
        return operation.refund_id === null
          ? this.failed.execute(review, resolution)
          : this.refund.fail(review);
    }
  }

  /** Throws 409 while the first request with the key is still being worked on. */
  private async isReplay({ idempotency: claim }: ResolveOperationInput): Promise<boolean> {
    const claimed = await findClaimed(this.database, claim);
    if (!claim || !claimed?.operationId) return false;
    const operation = await this.operations.find(claimed.operationId);
    if (operation?.state === 'unsettled' && operation.is_leased) throw keyInFlight(claim.key);
    return true;
  }

  private async show(operationId: string): Promise<OperationView> {
    const operation = await this.queries.find(operationId);
    if (!operation) throw notFound();
    return operation;
  }
}

function notFound() {
  return operationNotFound('There is no operation with this id.');
}

function refuseUnlessForPerson({ id, kind, state }: OperationRow): void {
  const members = { operation: showId('op', id), state };
  switch (state) {
    case 'needs_review':
      return;
    case 'unsettled': {
      const detail = `What became of the ${kind} is still being found out. Wait until its state is needs_review.`;
      throw operationInProgress(detail, { retryAfterS: 2, members });
    }
    case 'succeeded':
    case 'refused':
      throw operationSettled(`The ${kind} is ${state}: there is nothing to resolve.`, { members });
  }
}
