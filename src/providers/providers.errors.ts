import { blaming, defineError } from '../shared/app-error';
import * as examples from './providers.error-examples';

export const unsupportedByProvider = defineError('unsupported_by_provider', {
  status: 422,
  title: 'The provider cannot do this',
  cure: 'Leave the part out, or choose a provider that can: GET /api/providers lists what each one does.',
  example: blaming({
    pointer: '/provider',
    code: 'mandate',
    detail: 'PayPal (paypal) has no mandates.',
  }),
});

export const providerNotConfigured = defineError('provider_not_configured', {
  status: 422,
  title: 'No such provider account',
  cure: 'Name one of the accounts at GET /api/providers, or leave `provider` out.',
  example: examples.notConfigured('nobody'),
});

export const providerNotFound = defineError('provider_not_found', {
  status: 404,
  title: 'No such provider account',
  cure: 'Use the id of one of the accounts at GET /api/providers.',
  example: { detail: 'There is no provider account of this name.' },
});

export const noSuitableProvider = defineError('no_suitable_provider', {
  status: 422,
  title: 'No provider takes this payment',
  cure: 'Change the currency, the amount or the pay methods; `errors` says what each provider lacks.',
  example: examples.noPayMethodAnywhere,
});

export const providerUnavailable = defineError('provider_unavailable', {
  status: 503,
  title: 'The provider cannot be reached',
  cure: 'Nothing was sent. Repeat the request after `Retry-After` seconds.',
  retryable: true,
  example: examples.noAnswer('PayPro', examples.silence.paypro),
});

export const providerRefused = defineError('provider_refused', {
  status: 422,
  title: 'The provider refused',
  cure: 'Read `provider.message`; change the request and send it as a new payment.',
  example: examples.notAccepted('this', examples.refusedByPaypro),
});

export const providerAccountProblem = defineError('provider_account_problem', {
  status: 502,
  title: 'The account at the provider needs attention',
  cure: 'Nothing was done. Check the credentials and the account in the provider’s dashboard.',
  example: examples.needsAttention(examples.lockedOut.paypro),
});

export const notificationForged = defineError('notification_forged', {
  status: 401,
  title: 'The notification is not genuine',
  cure: 'Compare the webhook id or secret of the account with the one in the provider’s dashboard.',
  example: { detail: 'The signature does not fit. Nothing was stored.' },
});

export const notificationUnreadable = defineError('notification_unreadable', {
  status: 400,
  title: 'The notification cannot be read',
  cure: 'Send the event as the provider documents it.',
  example: { detail: 'The body is no event of this provider. Nothing was stored.' },
});

export const notificationUndecided = defineError('notification_undecided', {
  status: 503,
  title: 'The signature cannot be checked now',
  cure: 'Nothing was stored. Send the notification again later; providers do so by themselves.',
  retryable: true,
  example: { detail: 'The signature could not be checked now. Nothing was stored; send it again.' },
});

export const notificationsNotConfigured = defineError('notifications_not_configured', {
  status: 404,
  title: 'No account of this name takes notifications',
  cure: 'Set the webhook settings of the account; docs/providers.md lists them.',
  example: {
    detail:
      'No account of this name takes notifications. Set its webhook settings, see docs/providers.md.',
  },
});

export const notificationNotFound = defineError('notification_not_found', {
  status: 404,
  title: 'No such notification',
  cure: 'List the notifications at GET /api/notifications.',
  example: { detail: 'There is no such notification.' },
});

export const providersErrors = [
  unsupportedByProvider,
  providerNotConfigured,
  providerNotFound,
  noSuitableProvider,
  providerUnavailable,
  providerRefused,
  providerAccountProblem,
  notificationForged,
  notificationUnreadable,
  notificationUndecided,
  notificationsNotConfigured,
  notificationNotFound,
];
