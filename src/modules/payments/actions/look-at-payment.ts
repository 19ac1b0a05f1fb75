import { Injectable } from '@nestjs/common';
import { KASSA } from '../../../platform/auth/caller';
import { Logger } from '../../../platform/logging/log';
import { AppError } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { operationInProgress } from '../payments.errors';
import { type PaymentRow } from '../storage/payment.row';
import { ApprovePayment } from './approve-payment';
import { RefreshPayment } from './refresh-payment';

export interface LookInput {
  readonly payment: PaymentRow;
  readonly cause: 'notification' | 'watch';
  /** The provider's id of the payment where only a notification names it. */
  readonly hint: string | null;
}

/**
 * What happens when a bell rings that no caller waits for: the provider is asked and, for a payment with
 * `auto_approve` whose payer has agreed, the money is taken by the same action that a shop would call.
 */
@Injectable()
export class LookAtPayment {
  constructor(
    private readonly refresh: RefreshPayment,
    private readonly approve: ApprovePayment,
    private readonly log: Logger,
  ) {}

  /**
   * False when the hint turned out to be about another payment. Throws what may work later: a provider that
   * does not answer, another operation under way.
   */
  async execute({ payment, cause, hint }: LookInput): Promise<boolean> {
    const actor = KASSA.subject;
    const refreshed = await this.refresh.execute({ payment, cause, actor, hint });
    if (isApprovable(refreshed.payment)) await this.approveFor(refreshed.payment);
    return refreshed.shown !== null || payment.provider_payment_id !== null;
  }

  /** A refusal is recorded where it happened and is the payer's or the shop's to deal with. */
  private async approveFor(payment: PaymentRow): Promise<void> {
    const payer = { payerId: null, token: null };
    const input = { caller: KASSA, idempotency: null, payment, ...payer, isAutomatic: true };
    try {
      await this.approve.execute(input);
    } catch (error) {
      if (!(error instanceof AppError) || isPassing(error)) throw error;
      this.log.info({ payment: showId('pay', payment.id), code: error.code }, 'not auto-approved');
    }
  }
}

function isApprovable({ auto_approve, state, payer_agreed_at, conflict }: PaymentRow): boolean {
  return auto_approve && state === 'open' && payer_agreed_at !== null && conflict === null;
}

/** Trouble that is over by itself; a declined card is not, although the payer may try again. */
function isPassing({ code, definition }: AppError): boolean {
  return definition.status === 503 || code === operationInProgress.code;
}
