import { defineError } from '../shared/app-error';

export const unsupportedByProvider = defineError('unsupported_by_provider', {
  status: 422,
  title: 'The provider cannot do this',
  cure: 'Leave the part out, or choose a provider that can: GET /api/providers lists what each one does.',
});

export const providerNotConfigured = defineError('provider_not_configured', {
  status: 422,
  title: 'No such provider account',
  cure: 'Name one of the accounts at GET /api/providers, or leave `provider` out.',
});

export const noSuitableProvider = defineError('no_suitable_provider', {
  status: 422,
  title: 'No provider takes this payment',
  cure: 'Change the currency, the amount or the pay methods; `errors` says what each provider lacks.',
});

export const providerUnavailable = defineError('provider_unavailable', {
  status: 503,
  title: 'The provider cannot be reached',
  cure: 'Nothing was sent. Repeat the request after `Retry-After` seconds.',
  retryable: true,
});

export const providerRefused = defineError('provider_refused', {
  status: 422,
  title: 'The provider refused',
  cure: 'Read `provider.message`; change the request and send it as a new payment.',
});

export const providerAccountProblem = defineError('provider_account_problem', {
  status: 502,
  title: 'The account at the provider needs attention',
  cure: 'Nothing was done. Check the credentials and the account in the provider’s dashboard.',
});

export const providersErrors = [
  unsupportedByProvider,
  providerNotConfigured,
  noSuitableProvider,
  providerUnavailable,
  providerRefused,
  providerAccountProblem,
];
