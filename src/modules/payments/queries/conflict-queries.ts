import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import { keysetPage, type PageRequest, type PageRows } from '../../../platform/http/keyset';
import { CONFLICT_COLUMNS, type ConflictRow } from '../storage/conflicts';

const find: Statement<{ row: ConflictRow }> = statement(
  'find-conflict',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${CONFLICT_COLUMNS} FROM payments.conflicts k WHERE k.id = $1 AND k.payment_id = $2) r`,
);

/** Reads what was found to be wrong about payments, for staff. */
@Injectable()
export class ConflictQueries {
  constructor(private readonly database: Database) {}

  /** Null when the payment has none with this id. */
  async find({ id, paymentId }: { readonly id: string; readonly paymentId: string }) {
    const [found] = await this.database.query(find, [id, paymentId]);
    return found?.row ?? null;
  }

  async list(paymentId: string, page: PageRequest): Promise<PageRows<ConflictRow>> {
    return keysetPage<ConflictRow>(this.database, page, {
      name: 'list-conflicts',
      columns: CONFLICT_COLUMNS,
      from: 'payments.conflicts k',
      alias: 'k',
      filters: [{ name: 'payment', sql: (at) => `k.payment_id = ${at}`, value: paymentId }],
    });
  }
}
