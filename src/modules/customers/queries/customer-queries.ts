import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { type PageRequest, type PageRows, keysetPage } from '../../../platform/http/keyset';
import { ownedBySql } from '../customers.facade';
import { CUSTOMER_COLUMNS, type CustomerRow } from './customer.view';

const find = statement<{ row: CustomerRow }>(
  'find-customer',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${CUSTOMER_COLUMNS} FROM customers.customers c
     WHERE c.id = $1 AND ($2::text IS NULL OR ${ownedBySql({ customer: 'c.id', subject: '$2' })})) r`,
);

/** Reads customers; a user sees the ones it owns, staff all of them. */
@Injectable()
export class CustomerQueries {
  constructor(private readonly database: Database) {}

  /** Null when there is none that the caller may see. */
  async find(caller: Caller, id: string): Promise<CustomerRow | null> {
    const [found] = await this.database.query(find, [id, ownerFilter(caller)]);
    return found?.row ?? null;
  }

  async list(caller: Caller, page: PageRequest): Promise<PageRows<CustomerRow>> {
    const owner = ownerFilter(caller);
    return keysetPage<CustomerRow>(this.database, page, {
      name: 'list-customers',
      columns: CUSTOMER_COLUMNS,
      from: 'customers.customers c',
      alias: 'c',
      filters:
        owner === null
          ? []
          : [
              {
                name: 'owner',
                sql: (at) => ownedBySql({ customer: 'c.id', subject: at }),
                value: owner,
              },
            ],
    });
  }
}

function ownerFilter(caller: Caller): string | null {
  return caller.role === 'staff' ? null : caller.subject;
}
