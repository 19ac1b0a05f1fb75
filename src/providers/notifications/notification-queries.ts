import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database';
import { statement } from '../../platform/database/statement';
import {
  type KeysetFilter,
  keysetPage,
  type PageRequest,
  type PageRows,
} from '../../platform/http/keyset';
import { type NotificationRow, type NotificationState } from './storage/notifications.repository';

/** A notification as staff see it. Times as the database writes them. */
export interface ShownNotification extends Omit<NotificationRow, 'age_s'> {
  readonly source: string;
  readonly error: string | null;
  readonly created_at: string;
  readonly settled_at: string | null;
}

export interface NotificationFilter {
  readonly state: NotificationState | null;
  readonly account: string | null;
}

/** Without the body: it names payers, and whoever has one can sign another one with the same checksum. */
const COLUMNS = `n.id, n.account, n.event_id, n.event_type, n.kind, n.payment_ids, n.object_ids, n.refs, n.source,
  n.state, n.attempts, n.error, n.created_at, n.settled_at`;

const find = statement<{ row: ShownNotification }>(
  'find-notification',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${COLUMNS} FROM providers.notifications n WHERE n.id = $1) r`,
);

@Injectable()
export class NotificationQueries {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<ShownNotification | null> {
    const [found] = await this.database.query(find, [id]);
    return found?.row ?? null;
  }

  async list(filter: NotificationFilter, page: PageRequest): Promise<PageRows<ShownNotification>> {
    const filters: KeysetFilter[] = [];
    const { state, account } = filter;
    if (state !== null)
      filters.push({ name: 'state', sql: (at) => `n.state = ${at}`, value: state });
    if (account !== null) {
      filters.push({ name: 'account', sql: (at) => `n.account = ${at}`, value: account });
    }
    return keysetPage<ShownNotification>(this.database, page, {
      name: 'list-notifications',
      columns: COLUMNS,
      from: 'providers.notifications n',
      alias: 'n',
      filters,
    });
  }
}
