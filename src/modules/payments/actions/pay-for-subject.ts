import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { rememberKey } from '../../../platform/http/idempotency';
import { AppError } from '../../../shared/app-error';
import { paymentInProgress } from '../payments.errors';
import { SubjectPayments } from '../queries/subject-payments';
import { amountOf, type PaymentRow } from '../storage/payment.row';
import { type CommandResult, settled } from './command-result';
import { CreatePayment, type CreatePaymentInput } from './create-payment';
import { JoinUnfinished } from './join-unfinished';
import { inProgressFor, type PaymentSubject } from './start-payment';

export type SubjectPaymentInput = CreatePaymentInput & { readonly subject: PaymentSubject };

export interface SubjectPaymentResult extends CommandResult {
  /** False for the live payment that the same request made before. */
  readonly isNew: boolean;
}

/** The payment that was live when the intent was refused may have ended since: look once more, then say so. */
const TRIES_MAX = 3;

/** Starts the one payment that something may have at a time, or gives the same caller the one that is live. */
@Injectable()
export class PayForSubject {
  constructor(
    private readonly database: Database,
    private readonly payments: SubjectPayments,
    private readonly join: JoinUnfinished,
    private readonly createPayment: CreatePayment,
  ) {}

  /** Throws `payment_in_progress` (409) for any other request while one is live. */
  async execute(input: SubjectPaymentInput): Promise<SubjectPaymentResult> {
    for (let tries = 1; ; tries++) {
      const live = await this.payments.live(input.subject);
      if (live) return this.joinLive(live, input);
      try {
        return { ...(await this.createPayment.execute(input)), isNew: true };
      } catch (error) {
        if (tries >= TRIES_MAX || !isInProgress(error)) throw error;
      }
    }
  }

  /** Waits for the provider's answer where the first request still does. */
  private async joinLive(
    live: PaymentRow,
    input: SubjectPaymentInput,
  ): Promise<SubjectPaymentResult> {
    if (live.conflict !== null || !isSameWish(live, input)) {
      throw inProgressFor(input.subject, live);
    }
    const claimed = { resourceId: live.id, operationId: null };
    await rememberKey(this.database, input.idempotency, claimed);
    const joined = await this.join.execute(live, { kind: 'create' });
    return { ...(joined ?? settled(live)), isNew: false };
  }
}

/** What a caller left out, the first request or the configuration decided. */
function isSameWish(live: PaymentRow, input: SubjectPaymentInput): boolean {
  return (
    amountOf(live).equals(input.amount) &&
    live.locale === input.locale &&
    (input.autoApprove === null || live.auto_approve === input.autoApprove) &&
    live.created_by === input.caller.subject &&
    (input.provider === null || live.account === input.provider) &&
    live.return_url === input.returnUrl &&
    live.cancel_url === input.cancelUrl &&
    live.pay_methods.join() === input.payMethods.join()
  );
}

function isInProgress(error: unknown): boolean {
  return error instanceof AppError && error.code === paymentInProgress.code;
}
