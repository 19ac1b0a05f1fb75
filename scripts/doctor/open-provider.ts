import { type PaymentProvider } from '../../src/providers/payment-provider';
import { ProviderHttp } from '../../src/providers/provider-http';
import { type ConfiguredAccount } from '../../src/providers/providers.settings';
import { systemClock } from '../../src/shared/clock';

/** Below the time that a check has. */
const CALL_TIMEOUT_MS = 8_000;

/** The account as the app would use it, without its log; nothing is called by opening it. */
export function openProvider({ account, build }: ConfiguredAccount): PaymentProvider {
  return build({
    account,
    clock: systemClock,
    openHttp: (options) =>
      new ProviderHttp(account, { ...options, timeoutMs: CALL_TIMEOUT_MS }, () => undefined),
  });
}
