import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { claimKey, type IdempotencyClaim, rememberKey } from '../../../platform/http/idempotency';
import { showId } from '../../../shared/id';
import {
  paymentFailed,
  paymentLost,
  paymentMismatch,
  paymentNotApproved,
} from '../payments.errors';
import { refusePayerMismatch, refuseTokenMismatch } from '../domain/payer-check';
import { isEnded } from '../domain/payment-lifecycle';
import { PaymentQueries } from '../queries/payment-queries';
import { type OperationKind, type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { amountOf, type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { CaptureGuards } from './capture-guards';
import { type CommandResult, settled } from './command-result';
import { JoinUnfinished } from './join-unfinished';
import { stateError } from './refusals';
import { RefreshPayment, type Refreshed } from './refresh-payment';
import { ReplayCommand } from './replay-command';
import { SendCapture } from './send-capture';

export interface ApprovePaymentInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly payment: PaymentRow;
  /** As the payer brought them back; null when the caller did not get or keep them. */
  readonly payerId: string | null;
  readonly token: string | null;
  /** By itself Kassa takes the money at most once: after a refusal, or a person's word, the caller decides anew. */
  readonly isAutomatic?: boolean;
}

/**
 * Takes the money of a payment that the payer agreed to, or has it held; where the payer's own act moved the money,
 * reads that back.
 */
@Injectable()
export class ApprovePayment {
  constructor(
    private readonly database: Database,
    private readonly queries: PaymentQueries,
    private readonly payments: PaymentsRepository,
    private readonly operations: OperationsRepository,
    private readonly replay: ReplayCommand,
    private readonly join: JoinUnfinished,
    private readonly refresh: RefreshPayment,
    private readonly sendCapture: SendCapture,
    private readonly guards: CaptureGuards,
  ) {}

  /** Throws when the payment ended without money, however that came to be known. */
  async execute(input: ApprovePaymentInput): Promise<CommandResult> {
    const result = await this.approve(input);
    const { payment, unsettled } = result;
    if (unsettled) return result;
    if (payment.state === 'failed') throw failed(payment);
    if (!isAgreedTo(payment))
      throw payment.conflict ? mismatch(payment) : stateError(payment, 'approved');
    return result;
  }

  private async approve(input: ApprovePaymentInput): Promise<CommandResult> {
    const replayed = await this.replay.execute(input);
    if (replayed) return replayed;
    refuseTokenMismatch(input.payment, input);
    const joined = await this.joinOther(input);
    if (joined) return joined;
    const actor = input.caller.subject;
    const fresh = await this.refresh.execute({
      payment: await this.withProviderId(input.payment),
      cause: 'api',
      actor,
    });
    refusePayerMismatch(fresh.payment, input);
    if (isAgreedTo(fresh.payment)) return this.alreadyDone(input, fresh.payment);
    refuseUnlessPayable(fresh);
    return this.capture(input, fresh.payment);
  }

  /** The answer to another approve of the payment; it is checked like one's own, and the key stands for it. */
  private async joinOther(input: ApprovePaymentInput): Promise<CommandResult | null> {
    const joined = await this.join.execute(input.payment, { kind: kindFor(input.payment) });
    if (!joined) return null;
    const { payment, unsettled } = joined;
    refusePayerMismatch(payment, input);
    const result = { resourceId: payment.id, operationId: unsettled?.id ?? null };
    await rememberKey(this.database, input.idempotency, result);
    return joined;
  }

  /** What was just settled may have told the provider's id, which the caller's copy does not know yet. */
  private async withProviderId(payment: PaymentRow): Promise<PaymentRow> {
    return payment.provider_payment_id === null ? this.queries.get(payment.id) : payment;
  }

  private async alreadyDone(
    input: ApprovePaymentInput,
    payment: PaymentRow,
  ): Promise<CommandResult> {
    const result = { resourceId: payment.id, operationId: null };
    await rememberKey(this.database, input.idempotency, result);
    return settled(payment);
  }

  private async capture(input: ApprovePaymentInput, payment: PaymentRow): Promise<CommandResult> {
    const intent = await this.database.inTransaction((tx) => this.commitIntent(tx, input));
    if (!intent) {
      // Somebody else's intent was first: join it, or see what became of it.
      const joined = await this.joinOther({ ...input, payment });
      return joined ?? this.approve(input);
    }
    if (!intent.operation) return settled(intent.payment);
    const { operation } = intent;
    const attempt = {
      payment: intent.payment,
      operation,
      cause: 'api',
      actor: input.caller.subject,
    };
    return this.sendCapture.execute(attempt);
  }

  /** Null when another operation is unfinished; without an operation when the money was taken meanwhile. */
  private async commitIntent(
    tx: Tx,
    input: ApprovePaymentInput,
  ): Promise<{ payment: PaymentRow; operation: OperationRow | null } | null> {
    const payment = await this.payments.lock(tx, input.payment.id);
    if (isAgreedTo(payment)) return { payment, operation: null };
    if (payment.state !== 'open') throw stateError(payment, 'approved');
    if (payment.conflict !== null) throw mismatch(payment);
    if (input.isAutomatic && (await this.operations.hasCapture(tx, payment.id))) {
      throw stateError(payment, 'approved');
    }
    await this.guards.check(tx, payment, amountOf(payment));
    const operation = await this.operations.insert(tx, {
      paymentId: payment.id,
      kind: kindFor(payment),
      requestHash: `${payment.amount_minor} ${payment.currency}`,
      actor: input.caller.subject,
    });
    if (!operation) return null;
    const claimed = { resourceId: payment.id, operationId: operation.id };
    await claimKey(tx, input.idempotency, claimed);
    return { payment, operation };
  }
}

/** Money that is captured by hand is only held by an approval. */
function kindFor({ capture_method }: PaymentRow): OperationKind {
  return capture_method === 'manual' ? 'authorize' : 'capture';
}

/** The payer has agreed and the money is ours, held, or on its way. */
function isAgreedTo(payment: PaymentRow): boolean {
  return ['paid', 'processing', 'authorized'].includes(payment.state);
}

function refuseUnlessPayable({ payment, shown }: Refreshed): void {
  if (payment.state === 'failed') throw failed(payment);
  if (isEnded(payment.state)) throw stateError(payment, 'approved');
  const members = { payment: showId('pay', payment.id), state: payment.state };
  if (payment.conflict !== null) throw mismatch(payment);
  if (!shown) {
    throw paymentLost('The provider does not know this payment (any more).', { members });
  }
  if (shown.payerAgreed) return;
  const { checkout_url } = payment;
  throw paymentNotApproved('The payer has not agreed yet. Send the payer to checkout_url.', {
    members: checkout_url === null ? members : { ...members, checkout_url },
  });
}

function failed(payment: PaymentRow) {
  const members = { payment: showId('pay', payment.id), state: payment.state };
  const detail = `The payment failed at the provider (${payment.provider_state}). Start a new one.`;
  return paymentFailed(detail, { members });
}

function mismatch(payment: PaymentRow) {
  const detail = `No money is moved while the payment has a conflict (${payment.conflict}).`;
  return paymentMismatch(detail, { members: { payment: showId('pay', payment.id) } });
}
