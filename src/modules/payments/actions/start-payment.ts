import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database';
import { sqlState } from '../../../platform/database/sql-state';
import { Events } from '../../../platform/events/events';
import { showId, showSubjectId } from '../../../shared/id';
import { paymentInProgress } from '../payments.errors';
import { type PaymentRow } from '../storage/payment.row';
import {
  type NewPayment,
  PaymentsRepository,
  type StartedPayment,
} from '../storage/payments.repository';

/** What a payment is for. One payment at a time may be live for it. */
export interface PaymentSubject {
  /** `invoice`. */
  readonly kind: string;
  /** Its UUID. */
  readonly id: string;
  /**
   * Runs in the transaction of the intent, before the payment is stored, and throws what speaks against it. It may lock the
   * subject; it must not lock a payment.
   */
  readonly guard: (tx: Tx) => Promise<void>;
}

const UNIQUE_VIOLATION = '23505';
const ONE_LIVE_PAYMENT = 'one_live_payment_per_subject';

/** Commits the intent of a payment, before any provider is called. */
@Injectable()
export class StartPayment {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentsRepository,
    private readonly events: Events,
  ) {}

  /**
   * One statement is atomic on its own; a transaction is opened only for those who react or check inside of it. Throws
   * `payment_in_progress` (409) when another payment for the subject was faster.
   */
  async execute(payment: NewPayment, subject: PaymentSubject | null): Promise<StartedPayment> {
    if (subject === null && !this.events.hasReactions(payment.events)) {
      return this.payments.insertWithIntent(this.database, payment);
    }
    try {
      return await this.database.inTransaction((tx) => this.start(tx, payment, subject));
    } catch (error) {
      if (subject !== null && isSecondLivePayment(error)) throw inProgressFor(subject);
      throw error;
    }
  }

  private async start(
    tx: Tx,
    payment: NewPayment,
    subject: PaymentSubject | null,
  ): Promise<StartedPayment> {
    await subject?.guard(tx);
    const started = await this.payments.insertWithIntent(tx, payment);
    if (started.kind === 'started') await this.events.runReactions(tx, payment.events);
    return started;
  }
}

/** `live`: the other payment, where it is known. */
export function inProgressFor(
  subject: Pick<PaymentSubject, 'kind' | 'id'>,
  live: Pick<PaymentRow, 'id' | 'conflict'> | null = null,
) {
  const id = showSubjectId(subject);
  const conflict = live?.conflict ?? null;
  const detail =
    conflict === null
      ? `Another payment for ${id} is under way. Finish or cancel it, or repeat the request that made it.`
      : `The payment for ${id} may still bring money and has a conflict (${conflict}): a person must look, or cancel it.`;
  return paymentInProgress(detail, { members: { payment: live && showId('pay', live.id) } });
}

function isSecondLivePayment(error: unknown): boolean {
  if (sqlState(error) !== UNIQUE_VIOLATION) return false;
  return error instanceof Error && 'constraint' in error && error.constraint === ONE_LIVE_PAYMENT;
}
