import { type JsonObject } from '../../../shared/json';

/** Deliveries of one endpoint that go out one after the other. */
export interface Chain {
  readonly endpoint_id: string;
  readonly subject_id: string;
}

export interface DeliveryRound extends Chain {
  readonly id: string;
  readonly round: number;
  readonly is_ordered: boolean;
}

/** Deliveries of one endpoint that may go out now. */
export interface Resumption {
  readonly endpointId: string;
  /** The id before the first of them. */
  readonly after: string;
  /** Only those whose time has come: they waited for the endpoint to answer, not for their next attempt. */
  readonly isDueOnly: boolean;
}

/** An event that an endpoint is to be told of. */
export interface WantedDelivery extends Chain {
  readonly event_id: string;
  readonly subject_seq: number;
}

/** All that sending takes. */
export interface DueDelivery extends DeliveryRound {
  readonly event_id: string;
  readonly attempts: number;
  /** Seconds until its time has come; 0 when it has. */
  readonly wait_s: number;
  readonly type: string;
  readonly data: JsonObject;
  readonly happened_at: string;
  readonly url: string;
  readonly secrets: readonly string[];
  /** Null while the endpoint answers; otherwise one at a time is tried. */
  readonly probes: Probes | null;
}

export interface Probes {
  /** Seconds until the next one may be tried; 0 when it may. */
  readonly wait_s: number;
}

/** What an attempt led to. */
export interface AttemptRecord {
  readonly state: 'pending' | 'delivered' | 'failed';
  /** Seconds until the next attempt of one that is pending. */
  readonly pauseS: number | null;
  readonly status: number | null;
  readonly error: string | null;
}
