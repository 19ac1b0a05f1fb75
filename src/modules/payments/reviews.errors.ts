import { defineError } from '../../shared/app-error';
import { exampleIds } from '../../shared/example-ids';

export const providerCannotTell = defineError('provider_cannot_tell', {
  status: 409,
  title: 'The lists of the provider cannot show the charge',
  cure: 'Look for the charge in the dashboard of the provider: send `link` with its id, or `failed` with `checked_at_provider`.',
  example: {
    detail:
      'The lists of the provider cannot show whether the charge arrived. Look for it where the provider shows ' +
      'everything, its dashboard. If it is there, send `link` with its id, and leave it in review where that is ' +
      'refused; if it is not, send `failed` with `checked_at_provider`.',
    provider: {
      name: 'paypro',
      code: 'metadata_missing',
      message: 'PayPro listed payments that do not name our reference.',
      reference: null,
    },
    members: { payment: exampleIds.openPaypro },
  },
});

export const reviewsErrors = [providerCannotTell];
