import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import {
  keysetPage,
  type KeysetFilter,
  type PageRequest,
  type PageRows,
} from '../../../platform/http/keyset';
import {
  DELIVERY_COLUMNS,
  DELIVERY_FROM,
  type DeliveryRow,
  type DeliveryState,
} from './delivery.view';

const find = statement<{ row: DeliveryRow }>(
  'find-webhook-delivery',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${DELIVERY_COLUMNS} FROM ${DELIVERY_FROM} WHERE d.id = $1 AND d.endpoint_id = $2) r`,
);

export interface DeliveryFilter {
  readonly endpointId: string;
  readonly state: DeliveryState | null;
}

/** Reads what endpoints were told. */
@Injectable()
export class DeliveryQueries {
  constructor(private readonly database: Database) {}

  /** Null when the endpoint has no such delivery. */
  async find(given: { id: string; endpointId: string }): Promise<DeliveryRow | null> {
    const [found] = await this.database.query(find, [given.id, given.endpointId]);
    return found?.row ?? null;
  }

  async list(
    { endpointId, state }: DeliveryFilter,
    page: PageRequest,
  ): Promise<PageRows<DeliveryRow>> {
    return keysetPage<DeliveryRow>(this.database, page, {
      name: 'list-webhook-deliveries',
      columns: DELIVERY_COLUMNS,
      from: DELIVERY_FROM,
      alias: 'd',
      filters: [
        equals('endpoint', { column: 'd.endpoint_id', value: endpointId }),
        ...(state === null ? [] : [equals('state', { column: 'd.state', value: state })]),
      ],
    });
  }
}

function equals(name: string, { column, value }: { column: string; value: string }): KeysetFilter {
  return { name, sql: (at) => `${column} = ${at}`, value };
}
