/** One call that reached a gateway's API; `status` stays null when it was never answered. */
export interface LoggedCall {
  gateway: string;
  method: string;
  path: string;
  request_id: string | null;
  status: number | null;
  at: string;
}

/** Enough to read a test run back, small enough to forget about. */
const MAX_CALLS = 1_000;

/** Counts every call and keeps the last thousand. */
export class CallLog {
  private counters = new Map<string, number>();
  private last: LoggedCall[] = [];

  /** @param route the method and path pattern to count under, such as `paypal GET /v2/checkout/orders/:id`. */
  record(route: string, call: LoggedCall): void {
    this.counters.set(route, (this.counters.get(route) ?? 0) + 1);
    this.last.push(call);
    if (this.last.length > MAX_CALLS) this.last.shift();
  }

  view(): { counters: Record<string, number>; calls: LoggedCall[] } {
    return { counters: Object.fromEntries(this.counters), calls: this.last };
  }

  clear(): void {
    this.counters = new Map();
    this.last = [];
  }
}
