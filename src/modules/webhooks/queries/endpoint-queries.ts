import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { keysetPage, type PageRequest, type PageRows } from '../../../platform/http/keyset';
import { ENDPOINT_COLUMNS, type EndpointRow } from './endpoint.view';

const find = statement<{ row: EndpointRow }>(
  'find-webhook-endpoint',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${ENDPOINT_COLUMNS} FROM webhooks.endpoints p
     WHERE p.id = $1 AND p.deleted_at IS NULL) r`,
);

const revealSecret = statement<{ secret: string }>(
  'reveal-webhook-secret',
  'SELECT secret FROM webhooks.endpoints WHERE id = $1 AND secret_id = $2 AND deleted_at IS NULL',
);

/** Reads endpoints, without their secrets but for the one question that asks for it. */
@Injectable()
export class EndpointQueries {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<EndpointRow | null> {
    const [found] = await this.database.query(find, [id]);
    return found?.row ?? null;
  }

  /** For the answer to whoever made this secret; null when another one took its place. */
  async revealSecret({ id, secretId }: { id: string; secretId: string }): Promise<string | null> {
    const [found] = await this.database.query(revealSecret, [id, secretId]);
    return found?.secret ?? null;
  }

  async list(page: PageRequest): Promise<PageRows<EndpointRow>> {
    return keysetPage<EndpointRow>(this.database, page, {
      name: 'list-webhook-endpoints',
      columns: ENDPOINT_COLUMNS,
      from: '(SELECT * FROM webhooks.endpoints WHERE deleted_at IS NULL) p',
      alias: 'p',
      filters: [],
    });
  }
}
