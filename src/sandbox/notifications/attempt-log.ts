import { type GatewayName } from './notification';

/** One notification that was sent. Names are those of the control API. */
export interface Attempt {
  gateway: GatewayName;
  event_id: string;
  event_type: string;
  url: string;
  /** Null when nobody answered. */
  status: number | null;
  /** By the machine's clock, as in the signature. */
  at: string;
  /** 1 for the first try of a delivery. */
  attempt: number;
  forged: boolean;
}

/** Enough to read a test run back, small enough to forget about. */
const MAX_ATTEMPTS = 1_000;

/** Keeps the last thousand, forgeries included. In memory only. */
export class AttemptLog {
  private last: Attempt[] = [];

  record(attempt: Attempt): void {
    this.last.push(attempt);
    if (this.last.length > MAX_ATTEMPTS) this.last.shift();
  }

  list(): readonly Attempt[] {
    return this.last;
  }
}
