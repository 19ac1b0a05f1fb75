import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import { PAYMENT_COLUMNS, type PaymentRow } from '../storage/payment.row';

/** What payments pay for. */
export interface SubjectKey {
  readonly kind: string;
  readonly id: string;
}

/** Where a payment stands with its money, in minor units of its currency. */
export interface PaymentBalance {
  readonly id: string;
  readonly state: string;
  readonly customer_id: string | null;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly description: string | null;
  readonly currency: string;
  readonly captured_minor: string;
  readonly refunded_minor: string;
  /** What chargebacks have taken, in that currency. */
  readonly charged_back_minor: string;
}

/** As the unique index has it: whatever may still bring money, in a conflict or not. */
const LIVE = `p.subject_kind = $1 AND p.subject_id = $2
  AND p.state IN ('initialized', 'open', 'processing', 'authorized')`;

const findLive: Statement<{ row: PaymentRow }> = statement(
  'find-live-payment-of-subject',
  `SELECT row_to_json(r) AS row FROM (SELECT ${PAYMENT_COLUMNS} FROM payments.payments p WHERE ${LIVE}) r`,
);

const hold = statement<{ id: string }>(
  'hold-payment-of-subject',
  'SELECT id FROM payments.payments WHERE id = $1 FOR UPDATE',
);

const readBalance: Statement<PaymentBalance> = statement(
  'read-payment-balance',
  `SELECT p.id, p.state, p.customer_id, p.subject_kind, p.subject_id, p.description, p.currency,
     p.captured_minor::text AS captured_minor, p.refunded_minor::text AS refunded_minor,
     (SELECT greatest(coalesce(sum(c.taken_minor), 0), 0)::text FROM payments.chargebacks c
      WHERE c.payment_id = p.id AND c.currency = p.currency) AS charged_back_minor
   FROM payments.payments p WHERE p.id = $1`,
);

/** SQL of all payments that pay for something: `payment_id`, `subject_kind`, `subject_id`. */
export const PAYMENTS_OF_SUBJECTS = `(
  SELECT id AS payment_id, subject_kind, subject_id FROM payments.payments WHERE subject_id IS NOT NULL)`;

/** Payments as seen by the modules whose objects are paid for. */
@Injectable()
export class SubjectPayments {
  constructor(private readonly database: Database) {}

  /** The one payment that may still bring money for the subject; null when there is none. */
  async live(subject: SubjectKey, tx?: Tx): Promise<PaymentRow | null> {
    const [found] = await (tx ?? this.database).query(findLive, [subject.kind, subject.id]);
    return found?.row ?? null;
  }

  /** Whoever holds the payment already reads what its transaction wrote. Null when there is none. */
  async balance(tx: Tx, paymentId: string): Promise<PaymentBalance | null> {
    const [found] = await tx.query(readBalance, [paymentId]);
    return found ?? null;
  }

  /** The same, held until the transaction ends: before anything of the subject is locked. */
  async lockedBalance(tx: Tx, paymentId: string): Promise<PaymentBalance | null> {
    await tx.query(hold, [paymentId]);
    return this.balance(tx, paymentId);
  }
}
