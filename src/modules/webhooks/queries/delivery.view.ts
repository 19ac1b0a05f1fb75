import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { type DeliveryResponse } from '../http/delivery.response';

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A delivery as the database hands it over. */
export interface DeliveryRow {
  readonly id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly next_attempt_at: string | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly delivered_at: string | null;
  readonly created_at: string;
}

/** SELECT list of `DeliveryRow` over `DELIVERY_FROM`. */
export const DELIVERY_COLUMNS = `d.id, d.event_id, e.type AS event_type, d.state, d.attempts,
  d.next_attempt_at, d.last_status, d.last_error, d.delivered_at, d.created_at`;

export const DELIVERY_FROM = 'webhooks.deliveries d JOIN platform.events e ON e.id = d.event_id';

export function toDeliveryResponse(row: DeliveryRow): DeliveryResponse {
  return {
    id: showId('whd', row.id),
    type: 'webhook_delivery',
    event: showId('evt', row.event_id),
    event_type: row.event_type,
    state: row.state,
    attempts: row.attempts,
    next_attempt_at: toTimestampOrNull(row.next_attempt_at),
    last_status: row.last_status,
    last_error: row.last_error,
    delivered_at: toTimestampOrNull(row.delivered_at),
    created_at: toTimestamp(row.created_at),
  };
}
