import { fail, type Finding, ok, type Place, warn } from './finding';

/** Time-outs and expiries are compared across clocks. */
const WARN_MS = 3_000;
/** Signatures of notifications are refused when they are ten minutes old. */
const FAIL_MS = 60_000;

const CURE = 'Let NTP (chrony, systemd-timesyncd) keep the time of all machines.';

/** How far a clock was from ours; `theirs` was read at some time between `before` and `after`. */
export function compareClock(
  place: Place,
  { before, after, theirs, resolutionMs }: ClockReading,
): Finding {
  const early = theirs.getTime() - after.getTime();
  const late = before.getTime() - theirs.getTime() - resolutionMs;
  const differenceMs = Math.max(early, late, 0);
  const seconds = (differenceMs / 1_000).toFixed(1);
  if (differenceMs < WARN_MS) return ok(place, 'It agrees with the clock of this machine.');
  const message = `It differs from the clock of this machine by ${seconds} s.`;
  return differenceMs < FAIL_MS ? warn(place, message, CURE) : fail(place, message, CURE);
}

export interface ClockReading {
  readonly before: Date;
  readonly after: Date;
  readonly theirs: Date;
  /** What their clock cuts off: 1,000 for one that tells whole seconds. */
  readonly resolutionMs: number;
}
