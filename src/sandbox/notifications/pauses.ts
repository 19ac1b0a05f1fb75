import { type GatewayName } from './notification';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/**
 * Pauses double from a second up to the longest one. PayPal's 25 retries take three days, as it promises;
 * how PayPro retries is not documented, so nine hours are our choice.
 */
const RETRIES: Record<GatewayName, { max: number; longestMs: number }> = {
  paypal: { max: 25, longestMs: 6 * HOUR_MS },
  paypro: { max: 20, longestMs: HOUR_MS },
};

/** The pause after so many tries; undefined when that was the last one. */
export function pauseAfter(gateway: GatewayName, tries: number): number | undefined {
  const { max, longestMs } = RETRIES[gateway];
  return tries > max ? undefined : Math.min(SECOND_MS * 2 ** (tries - 1), longestMs);
}
