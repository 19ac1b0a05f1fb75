import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/**
 * Every pending refund has its own schedule: after two minutes at first, then after a tenth of its age, at most once
 * a day. PayPro holds refunds of direct debits back for 56 days. One that nobody answered is looked at like the
 * others: another refund may have been left alone for its sake.
 */
const takeDue = statement<{ payment_id: string }>(
  'take-due-refund-looks',
  `WITH due AS (
     UPDATE payments.refunds AS r SET next_look_at = now()
       + least(greatest((now() - created_at) / 10, interval '2 minutes'), interval '1 day')
     WHERE r.id IN (SELECT id FROM payments.refunds
                    WHERE state = 'pending' AND next_look_at <= now()
                      AND account <> ALL($2)
                    ORDER BY next_look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING payment_id)
   SELECT DISTINCT payment_id FROM due`,
);

/** When pending refunds are looked at again. */
@Injectable()
export class RefundLooks {
  constructor(private readonly database: Database) {}

  /** Payments of up to `limit` refunds whose time has come; any number of processes may ask at once. */
  async takeDue(limit: number, exceptAccounts: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query(takeDue, [limit, exceptAccounts]);
    return rows.map(({ payment_id }) => payment_id);
  }
}
