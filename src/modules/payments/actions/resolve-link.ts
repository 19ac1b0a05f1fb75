import { Injectable } from '@nestjs/common';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { sqlState } from '../../../platform/database/sql-state';
import { showId } from '../../../shared/id';
import { differencesOf } from '../domain/link-check';
import { linkMismatch, providerIdTaken } from '../payments.errors';
import { OperationQueries } from '../queries/operation-queries';
import { amountOf } from '../storage/payment.row';
import { concludes } from './concludes';
import { readForReview } from './look-for-review';
import { RecordDecision, type ReviewInput } from './record-decision';
import { SendOperation } from './send-operation';

/** Takes a payment that a person found at the provider for the answer to the operation, if everything fits. */
@Injectable()
export class ResolveLink {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly queries: OperationQueries,
    private readonly decision: RecordDecision,
    private readonly sendOperation: SendOperation,
  ) {}

  /** Throws `link_mismatch` (422) or `provider_id_taken` (409) before anything is written. */
  async execute(input: ReviewInput, providerId: string): Promise<void> {
    const { payment, caller } = input;
    await this.refuseTaken(input, providerId);
    const provider = this.registry.get(payment.account);
    const shown = await readForReview({ payment, provider }, providerId);
    if (!shown) throw mismatch([NOT_FOUND]);
    refuseUnlessSame(input, { shown, providerId });
    const operation = await this.decision.execute(input, 'link');
    const attempt = { payment, operation, cause: 'review', actor: caller.subject };
    try {
      await this.sendOperation.record(attempt, shown);
    } catch (error) {
      // Another payment was linked to it in the meantime.
      if (sqlState(error) === UNIQUE_VIOLATION) await this.refuseTaken(input, providerId);
      throw error;
    }
  }

  private async refuseTaken({ payment }: ReviewInput, providerId: string): Promise<void> {
    const holder = await this.queries.holderOf({ account: payment.account, providerId });
    if (holder === null || holder === payment.id) return;
    const detail = `${providerId} belongs to ${showId('pay', holder)}. Send the id of this payment.`;
    throw providerIdTaken(detail, { members: { payment: showId('pay', holder) } });
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNIQUE_VIOLATION = '23505';

const NOT_FOUND = { code: 'id', detail: 'The provider knows no payment with this id.' } as const;

function refuseUnlessSame(
  { payment, operation }: ReviewInput,
  { shown, providerId }: { readonly shown: ProviderPayment; readonly providerId: string },
): void {
  const stored = {
    state: payment.state,
    amount: amountOf(payment),
    captureMethod: payment.capture_method,
    reference: showId('pay', payment.id),
    providerId: payment.provider_payment_id,
    payerId: null,
    linkId: providerId,
  };
  const differences = differencesOf(stored, shown);
  if (differences.length > 0) throw mismatch(differences);
  if (concludes(operation, shown)) return;
  const detail = `The provider shows it as ${shown.providerState}, which does not tell what became of the ${operation.kind}.`;
  throw mismatch([{ code: 'state', detail }]);
}

function mismatch(differences: readonly { readonly code: string; readonly detail: string }[]) {
  const errors = differences.map((difference) => ({ pointer: '/provider_id', ...difference }));
  return linkMismatch(differences.map(({ detail }) => detail).join(' '), { errors });
}
