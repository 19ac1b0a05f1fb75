/** Pauses after the first, second, … attempt that failed, in seconds: about three days, as Standard Webhooks has it. */
const RETRY_PAUSES_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** The first attempt and one after each pause. */
export const ATTEMPTS_MAX = RETRY_PAUSES_S.length + 1;

/** A receiver may ask for more time than the schedule gives, but not to be forgotten. */
export const RETRY_AFTER_MAX_S = 86_400;

/** Pauses grow by up to this part of themselves, so that what failed together does not come back together. */
const JITTER = 0.1;

export interface FailedAttempt {
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** What the receiver asked for; null when it said nothing. */
  readonly retryAfterS: number | null;
  /** From 0 up to 1, by chance. */
  readonly chance: number;
}

/** Whole seconds until the next attempt; null when there is none. */
export function pauseAfter({ attempts, retryAfterS, chance }: FailedAttempt): number | null {
  const pause = RETRY_PAUSES_S[attempts - 1];
  if (pause === undefined) return null;
  const asked = Math.min(retryAfterS ?? 0, RETRY_AFTER_MAX_S);
  return Math.round(Math.max(pause, asked) * (1 + JITTER * chance));
}
