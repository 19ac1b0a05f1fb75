import { type PaymentProvider } from './payment-provider';
import { providerNotConfigured } from './providers.errors';

/** The configured accounts, by name and in order of preference. */
export class ProviderRegistry {
  constructor(
    readonly all: readonly PaymentProvider[],
    readonly defaultAccount: string | null,
  ) {}

  /** Throws `provider_not_configured` (422) for an account that is unknown or switched off. */
  get(account: string): PaymentProvider {
    const provider = this.all.find((candidate) => candidate.account === account);
    if (provider) return provider;
    const names = this.all.map((candidate) => candidate.account).join(', ');
    throw providerNotConfigured(`There is no provider account "${account}". There are: ${names}.`, {
      errors: [
        { pointer: '/provider', code: 'provider_not_configured', detail: `One of ${names}.` },
      ],
    });
  }
}
