import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';

/** A chargeback to look at, by the names that its provider knows. */
export interface DueChargeback {
  readonly id: string;
  readonly account: string;
  readonly provider_chargeback_id: string;
}

/**
 * The next look comes after a quarter of its age, from ten minutes up to a day. One that is decided is looked at
 * for 120 days more, the usual time limit of banks, because nobody tells when a decision is reversed. Written first,
 * so that a crash costs one look and no more.
 */
const takeDue: Statement<DueChargeback> = statement(
  'take-chargebacks-to-look-at',
  `UPDATE payments.chargebacks AS q SET next_look_at =
     CASE WHEN state = 'open' OR updated_at > now() - interval '120 days'
     THEN now() + least(greatest((now() - created_at) / 4, interval '10 minutes'), interval '1 day') END
   WHERE q.id IN (SELECT id FROM payments.chargebacks WHERE next_look_at <= now() AND account <> ALL($2)
                  ORDER BY next_look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
   RETURNING id, account, provider_chargeback_id`,
);

/** A look that told nothing was none: the next one comes soon, whatever the age. */
const lookSoon = statement<never>(
  'look-at-chargeback-soon',
  `UPDATE payments.chargebacks SET next_look_at = now() + interval '10 minutes' WHERE id = $1 AND next_look_at > now()`,
);

/** When chargebacks are looked at again. */
@Injectable()
export class ChargebackLooks {
  constructor(private readonly database: Database) {}

  /** Up to `limit` chargebacks whose time has come; any number of processes may ask at once. */
  takeDue(limit: number, exceptAccounts: readonly string[]): Promise<readonly DueChargeback[]> {
    return this.database.query(takeDue, [limit, exceptAccounts]);
  }

  /** After a look at which the provider did not answer. */
  async soon(id: string): Promise<void> {
    await this.database.query(lookSoon, [id]);
  }
}
