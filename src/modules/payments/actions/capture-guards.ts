import { Injectable } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { type Money } from '../../../shared/money/money';
import { type PaymentRow } from '../storage/payment.row';

/** Money that is about to be taken for something. */
export interface CaptureWish {
  /** The UUID of what it pays for. */
  readonly subjectId: string;
  readonly paymentId: string;
  readonly amount: Money;
}

/**
 * Throws what speaks against it. Runs in the transaction of the intent, which holds the payment; it may lock the subject
 * and must not lock another payment.
 */
export type CaptureGuard = (tx: Tx, wish: CaptureWish) => Promise<void>;

/** Who is asked, before money is taken, whether what it pays for still needs it. */
@Injectable()
export class CaptureGuards {
  private readonly guards = new Map<string, CaptureGuard>();

  /** Called by later modules while the program starts, for subjects of their kind. */
  protect(subjectKind: string, guard: CaptureGuard): void {
    this.guards.set(subjectKind, guard);
  }

  /** A payment for nothing in particular is nobody else's business. */
  async check(tx: Tx, payment: PaymentRow, amount: Money): Promise<void> {
    const { id: paymentId, subject_kind: kind, subject_id: subjectId } = payment;
    if (kind === null || subjectId === null) return;
    await this.guards.get(kind)?.(tx, { subjectId, paymentId, amount });
  }
}
