import { Injectable } from '@nestjs/common';
import { type PaymentProvider, type ProviderPayment } from '../../../providers/payment-provider';
import { type CallTrouble, troubleIn } from '../../../providers/provider-call';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { type OperationRow } from '../storage/operation.row';
import { type Attempt, REVIEW_AFTER_S } from './attempt';
import { type CommandResult } from './command-result';
import { concludes, isHoldChange } from './concludes';
import { isRepeatable } from './is-repeatable';
import { LeaveToPerson } from './leave-to-person';
import { mismatchOf } from './stored-payment';
import { SendCapture } from './send-capture';
import { SendHold } from './send-hold';
import { SendOperation } from './send-operation';

const WINDOW_OVER: CallTrouble = {
  code: 'repeat_window_over',
  message:
    'The provider would no longer recognise a repeat, and does not show that it was carried out.',
  reference: null,
};

const VOIDED_IN_VAIN: CallTrouble = {
  code: 'not_voided',
  message: 'The provider was asked to set the hold free again and again, and still shows it.',
  reference: null,
};

/**
 * Voiding again is harmless at any time. After a day it will not help either, and as long as it is tried nothing else
 * can be done with the payment: a person has to look.
 */
const VOID_REPEAT_MS = REVIEW_AFTER_S * 1000;

/**
 * Finishes what takes or holds money, or changes a hold: reads the payment first, and sends again while the provider
 * recognises the repeat.
 */
@Injectable()
export class SettleCapture {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly sendOperation: SendOperation,
    private readonly sendCapture: SendCapture,
    private readonly sendHold: SendHold,
    private readonly leaveToPerson: LeaveToPerson,
  ) {}

  async execute(attempt: Attempt): Promise<CommandResult> {
    const { payment, operation } = attempt;
    const provider = this.registry.get(payment.account);
    const windowMs = windowOf(operation, provider);
    const read = await provider.payments.read(payment.provider_payment_id ?? '');
    if (read.outcome === 'not_found' && !isRepeatable(operation, windowMs)) {
      return this.leaveToPerson.execute(attempt, read.trouble);
    }
    if (read.outcome !== 'done') {
      return this.sendOperation.leave(attempt, troubleIn(read));
    }
    // What does not fit is for a person, before more money moves.
    if (!isUndone(operation, read.value) || mismatchOf(payment, read.value) !== null) {
      return this.sendOperation.record(attempt, read.value);
    }
    if (isRepeatable(operation, windowMs)) {
      const send = isHoldChange(operation) ? this.sendHold : this.sendCapture;
      return send.execute(attempt);
    }
    return this.leaveToPerson.execute(
      attempt,
      operation.kind === 'void' ? VOIDED_IN_VAIN : WINDOW_OVER,
    );
  }
}

/** For how long it is sent again by itself. */
function windowOf(operation: OperationRow, provider: PaymentProvider): number {
  if (operation.kind === 'void') return VOID_REPEAT_MS;
  if (!isHoldChange(operation)) return provider.capabilities.repeat.captureMs;
  return provider.holds?.repeatMs ?? 0;
}

/** Whether the provider shows clearly that it was not carried out, or not yet. */
function isUndone(operation: OperationRow, shown: ProviderPayment): boolean {
  if (!isHoldChange(operation)) return shown.state === 'open';
  return shown.state !== 'unknown' && !concludes(operation, shown);
}
