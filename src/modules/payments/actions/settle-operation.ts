import { Injectable } from '@nestjs/common';
import { showId } from '../../../shared/id';
import { type CallTrouble, troubleIn } from '../../../providers/provider-call';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { PaymentQueries } from '../queries/payment-queries';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type Attempt } from './attempt';
import { type CommandResult, settled } from './command-result';
import { HoldLease } from './hold-lease';
import { mismatchOf } from './news-plan';
import { SendCancel } from './send-cancel';
import { SendCapture } from './send-capture';
import { SendCreate } from './send-create';
import { SendOperation } from './send-operation';
import { SettleRefused } from './settle-refused';

/** A create that the provider does not show after this long will not appear any more. */
const GIVE_UP_AFTER_S = 24 * 3600;

const NEVER_ARRIVED: CallTrouble = {
  code: 'never_arrived',
  message: 'The provider does not know the payment a day after it was sent.',
  reference: null,
};

const WINDOW_OVER: CallTrouble = {
  code: 'repeat_window_over',
  message: 'The provider would no longer recognise a repeat, and shows no capture.',
  reference: null,
};

/**
 * Finishes what a crash or a silent provider left behind: asks first, and sends again only where the provider
 * recognises the repeat. Takes an operation whose lease the caller holds.
 */
@Injectable()
export class SettleOperation {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly queries: PaymentQueries,
    private readonly operations: OperationsRepository,
    private readonly sendOperation: SendOperation,
    private readonly sendCreate: SendCreate,
    private readonly sendCapture: SendCapture,
    private readonly sendCancel: SendCancel,
    private readonly settleRefused: SettleRefused,
    private readonly lease: HoldLease,
  ) {}

  /** Throws what the provider refused, like the command itself would have. */
  async execute(operation: OperationRow, cause: string): Promise<CommandResult> {
    return this.lease.during(operation, () => this.settle(operation, cause));
  }

  private async settle(operation: OperationRow, cause: string): Promise<CommandResult> {
    const payment = await this.queries.get(operation.payment_id);
    const provider = this.registry.get(payment.account);
    const attempt = { payment, operation, cause, actor: operation.created_by };
    switch (operation.kind) {
      case 'create':
        return this.settleCreate(provider, attempt);
      case 'capture':
        return this.settleCapture(provider, attempt);
      case 'cancel':
        return this.sendCancel.execute(attempt);
    }
  }

  private async settleCreate(provider: PaymentProvider, attempt: Attempt): Promise<CommandResult> {
    const { payment, operation, cause, actor } = attempt;
    if (isRepeatable(operation, provider.capabilities.repeat.createMs)) {
      return this.sendCreate.execute(attempt);
    }
    const reference = showId('pay', payment.id);
    const search = { reference, createdAfter: new Date(payment.created_at) };
    const found = (await provider.payments.find?.(search)) ?? NOT_SEARCHABLE;
    if (found.outcome === 'done') {
      return this.sendOperation.record(attempt, found.value);
    }
    if (found.outcome === 'not_found' && operation.age_s > GIVE_UP_AFTER_S) {
      const result = { outcome: 'not_found', trouble: NEVER_ARRIVED } as const;
      const refused = { operation, result, trigger: 'fail', cause, actor } as const;
      return settled(await this.settleRefused.execute(refused));
    }
    return this.postpone(attempt, troubleIn(found));
  }

  private async settleCapture(provider: PaymentProvider, attempt: Attempt): Promise<CommandResult> {
    const { payment, operation } = attempt;
    const { captureMs } = provider.capabilities.repeat;
    const read = await provider.payments.read(payment.provider_payment_id ?? '');
    if (read.outcome === 'not_found' && !isRepeatable(operation, captureMs)) {
      return this.giveToPerson(attempt, read.trouble);
    }
    if (read.outcome !== 'done') {
      return this.postpone(attempt, troubleIn(read));
    }
    // What does not fit is for a person, before more money moves.
    if (read.value.state !== 'open' || mismatchOf(payment, read.value) !== null) {
      return this.sendOperation.record(attempt, read.value);
    }
    if (isRepeatable(operation, captureMs)) {
      return this.sendCapture.execute(attempt);
    }
    return this.giveToPerson(attempt, WINDOW_OVER);
  }

  private async giveToPerson({ payment, operation }: Attempt, trouble: CallTrouble) {
    const settlement = { state: 'needs_review', trouble, attempt: operation.attempts } as const;
    await this.operations.settleNow(operation.id, settlement);
    return { payment, unsettled: { ...operation, state: 'needs_review' } as const };
  }

  private async postpone({ payment, operation }: Attempt, trouble: CallTrouble) {
    await this.operations.postpone(operation, trouble);
    return { payment, unsettled: operation };
  }
}

/** A provider without a search by reference: as good as not found, because nobody holds the payer's link. */
const NOT_SEARCHABLE = { outcome: 'not_found', trouble: NEVER_ARRIVED } as const;

function isRepeatable(operation: OperationRow, windowMs: number): boolean {
  return operation.age_s * 1000 < windowMs;
}
