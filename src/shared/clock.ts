/** The time as this process sees it. Leases and expiries use the database's clock, never this one. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
