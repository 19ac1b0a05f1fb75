import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import { PAYMENT_COLUMNS, type PaymentRow } from './payment.row';

/**
 * The next look comes after a quarter of the payment's age: soon while the payer may still be at it, from two
 * minutes up to a day for one that is forgotten. Written first, so that a crash costs one look and no more.
 */
const takeDue: Statement<{ row: PaymentRow }> = statement(
  'take-payments-to-look-at',
  `WITH p AS (
     UPDATE payments.payments AS q SET looks = looks + 1,
       next_look_at = now() + least(greatest((now() - created_at) / 4, interval '2 minutes'), interval '1 day')
     WHERE q.id IN (SELECT id FROM payments.payments
                    WHERE state IN ('initialized', 'open', 'processing', 'authorized') AND next_look_at <= now()
                      AND account <> ALL($2)
                    ORDER BY next_look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING *
   ) SELECT row_to_json(r) AS row FROM (SELECT ${PAYMENT_COLUMNS} FROM p) r`,
);

/** A look that told nothing was none: the next one comes soon, whatever the age. */
const lookSoon = statement<never>(
  'look-at-payment-soon',
  `UPDATE payments.payments SET next_look_at = now() + interval '2 minutes' WHERE id = $1 AND next_look_at > now()`,
);

/** When unfinished payments are looked at again. */
@Injectable()
export class PaymentLooks {
  constructor(private readonly database: Database) {}

  /** Up to `limit` payments whose time has come; any number of processes may ask at once. */
  async takeDue(limit: number, exceptAccounts: readonly string[]): Promise<readonly PaymentRow[]> {
    const rows = await this.database.query(takeDue, [limit, exceptAccounts]);
    return rows.map(({ row }) => row);
  }

  /** After a look at which the provider did not answer. */
  async soon(id: string): Promise<void> {
    await this.database.query(lookSoon, [id]);
  }
}
