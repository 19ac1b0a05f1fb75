import { minorToJson } from '../../shared/money/money';
import { type PaymentProvider } from '../payment-provider';
import { type Health } from './provider-health';
import { type ProviderResponse } from './provider.response';

/** A provider account as the API shows it: what it can do is read off the adapter itself. */
export function toProviderResponse(
  provider: PaymentProvider,
  isDefault: boolean,
  health: Health,
): ProviderResponse {
  const { capabilities } = provider;
  return {
    id: provider.account,
    type: 'provider',
    adapter: provider.type,
    name: provider.name,
    mode: provider.mode,
    default: isDefault,
    capabilities: {
      approve: capabilities.approve,
      cancel: capabilities.cancel,
      holds: capabilities.holds,
      refund: provider.refunds !== undefined,
      setup_mandate: capabilities.setupMandate,
      mandate: capabilities.mandate,
      customers: provider.customers !== undefined,
      pay_method_limits: provider.payMethods !== undefined,
      notifications: provider.notifications !== undefined,
      find_by_reference: capabilities.findByReference,
      return_ids: capabilities.returnIds,
      needs_return_urls: capabilities.needsReturnUrls,
      repeat: {
        create_s: seconds(capabilities.repeat.createMs),
        capture_s: seconds(capabilities.repeat.captureMs),
        cancel_s: seconds(capabilities.repeat.cancelMs),
      },
      approval_window_s:
        capabilities.approvalWindowMs === null ? null : seconds(capabilities.approvalWindowMs),
    },
    currencies: Object.entries(capabilities.currencies).map(([currency, limits]) => ({
      currency,
      decimals: limits.exponent,
      minimum_amount: limits.minimumMinor === null ? null : minorToJson(limits.minimumMinor),
      maximum_amount: limits.maximumMinor === null ? null : minorToJson(limits.maximumMinor),
    })),
    pay_methods: [...capabilities.payMethods],
    health: {
      status: health.status,
      detail: health.detail,
      checked_at: health.checkedAt.toISOString(),
    },
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
