import { type PaymentProvider } from '../../../providers/payment-provider';
import { type MandateOps } from '../../../providers/provider-parts';
import { type ProviderRegistry } from '../../../providers/provider-registry';
import { unsupportedByProvider } from '../../../providers/providers.errors';

export interface MandateProvider extends PaymentProvider {
  readonly mandates: MandateOps;
}

/** The account that a caller names, if it has mandates. Throws `unsupported_by_provider` (422) if not. */
export function mandateProvider(registry: ProviderRegistry, account: string): MandateProvider {
  const provider = registry.get(account);
  if (hasMandates(provider)) return provider;
  throw lacking(`${provider.name} (${provider.account}) has no mandates.`);
}

/** The account of a new mandate where the caller names none: the default one if it can, else the first that can. */
export function firstMandateProvider(registry: ProviderRegistry): MandateProvider {
  const able = mandateProviders(registry);
  const preferred = able.find(({ account }) => account === registry.defaultAccount) ?? able[0];
  if (preferred) return preferred;
  throw lacking('None of the configured providers has mandates.');
}

export function mandateProviders(registry: ProviderRegistry): readonly MandateProvider[] {
  return registry.all.filter(hasMandates);
}

function hasMandates(provider: PaymentProvider): provider is MandateProvider {
  return provider.mandates !== undefined;
}

function lacking(detail: string) {
  return unsupportedByProvider(detail, {
    errors: [{ pointer: '/provider', code: 'mandate', detail }],
  });
}
