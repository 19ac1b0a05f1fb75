import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import {
  type KeysetFilter,
  keysetPage,
  type PageRequest,
  type PageRows,
} from '../../../platform/http/keyset';
import { ownedBySql } from '../../customers/customers.facade';
import { type ChargebackState } from '../domain/chargeback-lifecycle';
import { CHARGEBACK_COLUMNS, type ChargebackRow } from '../storage/chargeback.row';
import { PAYMENT_COLUMNS, type PaymentRow } from '../storage/payment.row';
import { conflictFilter } from './conflict-filter';

/** A chargeback by the provider's id. */
export interface ChargebackThere {
  readonly account: string;
  readonly chargebackId: string;
}

/** What a list of chargebacks can be narrowed by; null leaves it open. */
export interface ChargebackFilter {
  readonly paymentId: string | null;
  readonly state: ChargebackState | null;
  readonly provider: string | null;
  readonly hasConflict: boolean | null;
}

const FROM = 'payments.chargebacks c JOIN payments.payments p ON p.id = c.payment_id';

const find: Statement<{ row: ChargebackRow }> = statement(
  'find-chargeback',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${CHARGEBACK_COLUMNS} FROM ${FROM} WHERE c.id = $1
       AND ($2::text IS NULL OR ${ownedBySql({ customer: 'p.customer_id', subject: '$2' })})) r`,
);

const version = statement<{ version: number }>(
  'read-chargeback-version',
  'SELECT version FROM payments.chargebacks WHERE account = $1 AND provider_chargeback_id = $2',
);

/** A capture that did not fit its payment is none of its money. */
const paymentOf: Statement<{ row: PaymentRow }> = statement(
  'find-payment-of-chargeback',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${PAYMENT_COLUMNS} FROM payments.payments p WHERE p.id IN (
       SELECT id FROM payments.payments WHERE account = $1 AND provider_payment_id = $2
       UNION SELECT payment_id FROM payments.facts
       WHERE account = $1 AND kind = 'capture' AND ref = ANY($3) AND problem IS NULL)
     ORDER BY p.created_at LIMIT 1) r`,
);

/** Reads chargebacks; a user sees those of the customers it owns, staff all of them. */
@Injectable()
export class ChargebackQueries {
  constructor(private readonly database: Database) {}

  /** Null when there is none that the caller may see. */
  async find({ role, subject }: Caller, id: string): Promise<ChargebackRow | null> {
    const [found] = await this.database.query(find, [id, role === 'staff' ? null : subject]);
    return found?.row ?? null;
  }

  /** Null when it is new to us. */
  async versionOf({ account, chargebackId }: ChargebackThere): Promise<number | null> {
    const [found] = await this.database.query(version, [account, chargebackId]);
    return found?.version ?? null;
  }

  /** The oldest payment of the account with this id there, or with one of these captures; null when it has none. */
  async paymentOf(of: {
    readonly account: string;
    readonly paymentId: string | null;
    readonly captureIds: readonly string[];
  }): Promise<PaymentRow | null> {
    const values = [of.account, of.paymentId, of.captureIds];
    const [found] = await this.database.query(paymentOf, values);
    return found?.row ?? null;
  }

  async list(
    caller: Caller,
    filter: ChargebackFilter,
    page: PageRequest,
  ): Promise<PageRows<ChargebackRow>> {
    return keysetPage<ChargebackRow>(this.database, page, {
      name: 'list-chargebacks',
      columns: CHARGEBACK_COLUMNS,
      from: FROM,
      alias: 'c',
      filters: filtersOf(caller, filter),
    });
  }
}

function filtersOf(caller: Caller, filter: ChargebackFilter): KeysetFilter[] {
  const owner = caller.role === 'staff' ? null : caller.subject;
  const possible = [
    {
      name: 'owner',
      sql: (at: string) => ownedBySql({ customer: 'p.customer_id', subject: at }),
      value: owner,
    },
    { name: 'payment', sql: (at: string) => `c.payment_id = ${at}`, value: filter.paymentId },
    { name: 'state', sql: (at: string) => `c.state = ${at}`, value: filter.state },
    { name: 'provider', sql: (at: string) => `c.account = ${at}`, value: filter.provider },
    conflictFilter('c.conflict', filter.hasConflict),
  ];
  return possible.filter(({ value }) => value !== null);
}
