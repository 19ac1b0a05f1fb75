import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { claimKey, type IdempotencyClaim, rememberKey } from '../../../platform/http/idempotency';
import { type ProviderCapture } from '../../../providers/payment-provider';
import { showId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { paymentLost, paymentMismatch } from '../payments.errors';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { CaptureGuards } from './capture-guards';
import { type CommandResult } from './command-result';
import { JoinUnfinished } from './join-unfinished';
import { noAnswer, stateError } from './refusals';
import { RefreshPayment, type Refreshed } from './refresh-payment';
import { ReplayCommand } from './replay-command';
import { SendHold } from './send-hold';

export interface HoldInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly payment: PaymentRow;
}

export interface HoldChange extends HoldInput {
  readonly kind: 'capture' | 'reauthorize';
  /** What was asked for, as the caller said it. */
  readonly requestHash: string;
  /** Whether it joins another one that asks for the same. */
  readonly mayJoin: boolean;
  /** For people: `captured`. */
  readonly participle: string;
  /** What exactly; throws what cannot be. */
  readonly decide: (now: HoldNow) => {
    readonly amountMinor: bigint | null;
    readonly isFinal: boolean;
  };
}

/** What a change of a hold is decided by. */
export interface HoldNow {
  /** As it stands, locked. */
  readonly payment: PaymentRow;
  /** Our captures of it that were not refused, finished or not. */
  readonly parts: readonly OperationRow[];
  /** What the provider showed just before, and may have changed since. */
  readonly captures: readonly ProviderCapture[];
}

/** What capturing and renewing held money have in common: look, decide, intent, call, record. */
@Injectable()
export class ChangeHold {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentsRepository,
    private readonly operations: OperationsRepository,
    private readonly replay: ReplayCommand,
    private readonly join: JoinUnfinished,
    private readonly refresh: RefreshPayment,
    private readonly sendHold: SendHold,
    private readonly guards: CaptureGuards,
  ) {}

  async execute(change: HoldChange): Promise<CommandResult> {
    const replayed = await this.replay.execute(change);
    if (replayed) return replayed;
    const joined = await this.joinSame(change);
    if (joined) return joined;
    const actor = change.caller.subject;
    const fresh = await this.refresh.execute({ payment: change.payment, cause: 'api', actor });
    refuseUnlessHeld(fresh, change);
    const intent = await this.database.inTransaction((tx) =>
      this.commitIntent(tx, { ...change, captures: fresh.shown?.captures ?? [] }),
    );
    // Somebody else's intent was first: join it, or see what became of it.
    if (!intent) return (await this.joinSame(change)) ?? this.execute(change);
    return this.sendHold.execute({ ...intent, cause: 'api', actor });
  }

  /** The answer to the command that it repeats; a key stands for it from now on. */
  private async joinSame(change: HoldChange): Promise<CommandResult | null> {
    const { payment, kind, requestHash, mayJoin, idempotency } = change;
    const joined = await this.join.execute(payment, { kind, requestHash, mayJoin });
    if (!joined) return null;
    const operationId = joined.unsettled?.id ?? null;
    await rememberKey(this.database, idempotency, { resourceId: payment.id, operationId });
    return joined;
  }

  /** Null when another decision about the payment is unfinished. */
  private async commitIntent(
    tx: Tx,
    change: HoldChange & Pick<HoldNow, 'captures'>,
  ): Promise<{ payment: PaymentRow; operation: OperationRow } | null> {
    const payment = await this.payments.lock(tx, change.payment.id);
    refuseUnlessHeld({ payment }, change);
    // Before it is decided how much is left: a rest that somebody else is about to take is not exceeded, but awaited.
    if (await this.operations.findUnfinished(payment.id, tx)) return null;
    const parts = await this.operations.findParts(tx, payment.id);
    const decided = change.decide({ payment, parts, captures: change.captures });
    if (change.kind === 'capture' && decided.amountMinor !== null) {
      await this.guards.check(tx, payment, Money.of(decided.amountMinor, payment.currency));
    }
    const operation = await this.operations.insert(tx, {
      paymentId: payment.id,
      kind: change.kind,
      requestHash: change.requestHash,
      actor: change.caller.subject,
      targetRef: payment.authorization_id,
      ...decided,
    });
    if (!operation) return null;
    const claimed = { resourceId: payment.id, operationId: operation.id };
    await claimKey(tx, change.idempotency, claimed);
    return { payment, operation };
  }
}

/** As it was just shown, or as it is stored where nobody was asked. */
function refuseUnlessHeld(
  { payment, shown }: Pick<Refreshed, 'payment'> & Partial<Refreshed>,
  { participle }: HoldChange,
): void {
  const members = { payment: showId('pay', payment.id), state: payment.state };
  if (payment.state !== 'authorized') throw stateError(payment, participle);
  if (payment.conflict !== null) {
    const detail = `No money is moved while the payment has a conflict (${payment.conflict}).`;
    throw paymentMismatch(detail, { members });
  }
  if (shown === null) {
    throw paymentLost('The provider does not know this payment (any more).', { members });
  }
  if (shown?.state === 'unknown') {
    const message = `The provider shows the hold as "${shown.providerState}".`;
    throw noAnswer('The provider', { code: 'unclear_answer', message, reference: null }, payment);
  }
}
