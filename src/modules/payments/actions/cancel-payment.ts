import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { claimKey, type IdempotencyClaim, rememberKey } from '../../../platform/http/idempotency';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { isCancelable } from '../domain/payment-lifecycle';
import { paymentEvent } from '../payments.events';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { type CommandResult, settled } from './command-result';
import { JoinUnfinished } from './join-unfinished';
import { stateError } from './refusals';
import { refuseWhilePaused } from './refuse-while-paused';
import { ReplayCommand } from './replay-command';
import { SendCancel } from './send-cancel';
import { SendHold } from './send-hold';

export interface CancelPaymentInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly payment: PaymentRow;
}

interface Decision {
  readonly payment: PaymentRow;
  /** Null when nothing has to be sent. */
  readonly operation: OperationRow | null;
}

/**
 * Makes a payment unpayable. Where the provider has a call for it, it is made; PayPal has none for an open
 * order, so there it is our promise never to capture. Held money is set free. While the create is unsettled only the wish can be kept.
 */
@Injectable()
export class CancelPayment {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly payments: PaymentsRepository,
    private readonly operations: OperationsRepository,
    private readonly events: Events,
    private readonly replay: ReplayCommand,
    private readonly join: JoinUnfinished,
    private readonly sendCancel: SendCancel,
    private readonly sendHold: SendHold,
  ) {}

  async execute(input: CancelPaymentInput): Promise<CommandResult> {
    const replayed = await this.replay.execute(input);
    if (replayed) return replayed;
    const joined = await this.joinUnlessCreating(input.payment);
    if (joined) return this.remembered(input, joined);
    const decision = await this.database.inTransaction((tx) => this.decide(tx, input));
    if (!decision) {
      const other = await this.join.execute(input.payment, { kind: kindFor(input.payment) });
      return other ? this.remembered(input, other) : this.execute(input);
    }
    const { payment, operation } = decision;
    if (!operation) return settled(payment);
    const actor = input.caller.subject;
    const send = operation.kind === 'void' ? this.sendHold : this.sendCancel;
    return send.execute({ payment, operation, cause: 'api', actor });
  }

  /** The key of a cancel that joined another one stands for that one's answer. */
  private async remembered(
    { idempotency }: CancelPaymentInput,
    joined: CommandResult,
  ): Promise<CommandResult> {
    const { payment, unsettled } = joined;
    const result = { resourceId: payment.id, operationId: unsettled?.id ?? null };
    await rememberKey(this.database, idempotency, result);
    return joined;
  }

  /** An unsettled create does not hold a cancel up: the wish is recorded and carried out when it is found. */
  private async joinUnlessCreating(payment: PaymentRow): Promise<CommandResult | null> {
    const operation = await this.operations.findUnfinished(payment.id);
    if (operation?.kind === 'create') return null;
    return this.join.execute(payment, { kind: kindFor(payment) });
  }

  /** Null when another decision about the payment is unfinished. */
  private async decide(tx: Tx, input: CancelPaymentInput): Promise<Decision | null> {
    const actor = input.caller.subject;
    const payment = await this.payments.lock(tx, input.payment.id);
    if (isCanceled(payment)) return this.repeated(tx, input, payment);
    if (!isCancelable(payment.state)) throw stateError(payment, 'canceled');
    const provider = this.registry.get(payment.account);
    const kind = kindFor(payment);
    const hasNoCall =
      payment.provider_payment_id === null || provider.capabilities.cancel === 'local';
    const isLocal = kind === 'cancel' && hasNoCall;
    if (!isLocal) refuseWhilePaused(provider);
    const operation = await this.operations.insert(tx, {
      paymentId: payment.id,
      kind,
      requestHash: isLocal ? 'local' : 'provider',
      actor,
      state: isLocal ? 'succeeded' : 'unsettled',
    });
    if (!operation) return null;
    const claimed = { resourceId: payment.id, operationId: operation.id };
    await claimKey(tx, input.idempotency, claimed);
    if (!isLocal) return { payment, operation };
    return { payment: await this.cancelHere(tx, payment, operation), operation: null };
  }

  private async repeated(
    tx: Tx,
    input: CancelPaymentInput,
    payment: PaymentRow,
  ): Promise<Decision> {
    await claimKey(tx, input.idempotency, { resourceId: payment.id, operationId: null });
    return { payment, operation: null };
  }

  private async cancelHere(
    tx: Tx,
    payment: PaymentRow,
    operation: OperationRow,
  ): Promise<PaymentRow> {
    const changed = await this.payments.change(tx, payment, {
      move: { to: 'canceled', trigger: 'cancel' },
      canceledVia: 'local',
      cause: 'api',
      actor: operation.created_by,
      operationId: operation.id,
    });
    const told = { ...changed, actor: operation.created_by };
    await this.events.publish(tx, paymentEvent('payment.canceled', told));
    return changed;
  }
}

/** What was captured before a void makes the payment paid, not less canceled: the wish is fulfilled. */
function isCanceled({ state, canceled_via }: PaymentRow): boolean {
  return state === 'canceled' || canceled_via === 'void';
}

/** Money that is held has to be set free: a promise not to capture it would still block it for the payer. */
function kindFor({ state }: PaymentRow): 'cancel' | 'void' {
  return state === 'authorized' ? 'void' : 'cancel';
}
