import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { type EndpointResponse } from '../http/endpoint.response';
import { type EndpointFields } from '../storage/endpoints.repository';

/** An endpoint as the database hands it over: without its secrets. */
export interface EndpointRow extends EndpointFields {
  readonly id: string;
  readonly disabled_reason: string | null;
  readonly failing_since: string | null;
  readonly previous_secret_until: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** SELECT list of `EndpointRow` over `webhooks.endpoints p`. */
export const ENDPOINT_COLUMNS = `p.id, p.url, p.description, p.event_types, p.enabled, p.disabled_reason,
  p.failing_since,
  CASE WHEN p.previous_secret_until > now() THEN p.previous_secret_until END AS previous_secret_until,
  p.created_at, p.updated_at`;

export function toEndpointResponse(row: EndpointRow, baseUrl: string): EndpointResponse {
  const id = showId('whe', row.id);
  const self = `${baseUrl}/api/webhook-endpoints/${id}`;
  const until = row.previous_secret_until;
  return {
    id,
    type: 'webhook_endpoint',
    url: row.url,
    description: row.description,
    event_types: [...row.event_types],
    enabled: row.enabled,
    disabled_reason: row.disabled_reason,
    failing_since: toTimestampOrNull(row.failing_since),
    previous_secret_expires_at: until === null ? null : toTimestamp(until),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
    _links: { self, deliveries: `${self}/deliveries` },
  };
}
