import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { type ProviderRefund } from '../../../providers/provider-parts';
import { showId } from '../../../shared/id';
import { refundMismatchOf } from '../domain/refund-news';
import { linkMismatch, providerIdTaken, providerShowsIt } from '../payments.errors';
import { RefundQueries } from '../queries/refund-queries';
import { OperationsRepository } from '../storage/operations.repository';
import { type RefundRow } from '../storage/refund.row';
import { RecordDecision, type ReviewInput } from './record-decision';
import { RefreshRefunds } from './refresh-refunds';
import { refundOpsOf } from './refund-refusals';
import { storedRefund } from './refund-plan';
import { GIVEN_UP, noAnswer, toRefusalError } from './refusals';
import { SendRefund } from './send-refund';

function replacedBy({ refundId, amount }: ProviderRefund) {
  const message = `The provider made another refund of it: ${refundId} over ${amount.toString()}.`;
  const refusal = { kind: 'request', code: 'refund_differs', message, reference: null } as const;
  return { outcome: 'refused', refusal } as const;
}

/** Settles a refund, or a cancel of one, on a person's word, as far as the provider does not contradict it. */
@Injectable()
export class ResolveRefund {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly queries: RefundQueries,
    private readonly operations: OperationsRepository,
    private readonly decision: RecordDecision,
    private readonly sendRefund: SendRefund,
    private readonly refresh: RefreshRefunds,
  ) {}

  /**
   * A refund that bears our reference and differs in its amount or capture is what the provider made instead: ours
   * fails, and theirs is kept and booked as it is. Throws `link_mismatch` (422) or `provider_id_taken` (409)
   * before anything is written.
   */
  async link(input: ReviewInput, refundId: string): Promise<void> {
    const { payment, caller } = input;
    const refund = await this.refundOf(input);
    if (input.operation.kind !== 'refund') {
      throw mismatch('There is nothing to link to a cancel. Send retry or failed.');
    }
    // Only among the payment's own: another payment's refund of the same amount must not be taken for it.
    const listed = await this.list(input);
    const shown = listed.find((one) => one.refundId === refundId);
    if (!shown) throw mismatch(`The provider shows no refund ${refundId} of this payment.`);
    const problem = refundMismatchOf(storedRefund(refund), shown);
    const isReplaced = problem !== null && shown.reference === showId('ref', refund.id);
    if (problem !== null && !isReplaced) {
      throw mismatch(`It is another refund than this one (${problem}).`);
    }
    await this.refuseTaken(refund, shown);
    const operation = await this.decision.execute(input, 'link');
    const why = { cause: 'review', actor: caller.subject };
    const attempt = { payment, refund, operation, ...why };
    if (isReplaced) await this.sendRefund.refuse(attempt, replacedBy(shown));
    else await this.sendRefund.record(attempt, shown);
    await this.refresh.applyAll({ payment, ...why }, listed);
  }

  /** Throws `provider_shows_it` (409), or 503 when the provider does not say; nothing was changed then. */
  async fail(input: ReviewInput): Promise<void> {
    const { payment, caller } = input;
    const refund = await this.refundOf(input);
    const listed = await this.list(input);
    const shown = listed.find((one) => isOf(refund, one));
    const isCancel = input.operation.kind === 'cancel_refund';
    if (shown && (!isCancel || shown.state === 'canceled')) throw contradicted(input, shown);
    const operation = await this.decision.execute(input, 'failed');
    const why = { cause: 'review', actor: caller.subject };
    if (!isCancel) {
      await this.sendRefund.refuse({ payment, refund, operation, ...why }, GIVEN_UP);
      // What was left alone because it might be ours is known not to be.
      await this.refresh.applyAll({ payment, ...why }, listed);
      return;
    }
    const { kind, ...trouble } = GIVEN_UP.refusal;
    const end = { state: 'refused', refusal: kind, trouble, attempt: operation.attempts } as const;
    await this.operations.settleNow(operation.id, end);
  }

  private refundOf({ operation }: ReviewInput): Promise<RefundRow> {
    return this.queries.get(operation.refund_id ?? '');
  }

  private async list({ payment }: ReviewInput): Promise<readonly ProviderRefund[]> {
    const provider = this.registry.get(payment.account);
    const listed = await refundOpsOf(provider).list(payment.provider_payment_id ?? '');
    switch (listed.outcome) {
      case 'done':
        return listed.value;
      case 'not_found':
        return [];
      case 'refused':
        throw toRefusalError('merchant', listed.refusal, payment);
      case 'not_sent':
      case 'unknown':
        throw noAnswer(provider.name, listed.trouble, payment);
    }
  }

  private async refuseTaken(refund: RefundRow, { refundId }: ProviderRefund): Promise<void> {
    const holder = await this.queries.holderOf({ account: refund.account, refundId });
    if (holder === null || holder === refund.id) return;
    const members = { refund: showId('ref', holder) };
    const detail = `${refundId} belongs to ${members.refund}. Send the id of this refund.`;
    throw providerIdTaken(detail, { members });
  }
}

function isOf(refund: RefundRow, { refundId, reference }: ProviderRefund): boolean {
  return refundId === refund.provider_refund_id || reference === showId('ref', refund.id);
}

function mismatch(detail: string) {
  return linkMismatch(detail, { errors: [{ pointer: '/provider_id', code: 'refund', detail }] });
}

function contradicted({ payment, operation }: ReviewInput, shown: ProviderRefund) {
  const { refundId, providerState } = shown;
  const detail = `The provider shows the refund ${refundId} as ${providerState}: the ${operation.kind} may have happened.`;
  return providerShowsIt(detail, {
    members: {
      operation: showId('op', operation.id),
      payment: showId('pay', payment.id),
      provider_refund_id: refundId,
      provider_state: providerState,
    },
  });
}
