import { type PaymentProvider } from '../../../providers/payment-provider';
import { providerUnavailable } from '../../../providers/providers.errors';

/** Asked before an intent is written: what would only be kept back must not leave an operation behind. */
export function refuseWhilePaused(provider: PaymentProvider): void {
  const retryAfterS = provider.pausedForS();
  if (retryAfterS === 0) return;
  const detail = `${provider.name} did not answer lately. Nothing was stored; try again shortly.`;
  throw providerUnavailable(detail, { retryAfterS });
}
