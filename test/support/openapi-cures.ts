/** Codes whose examples say what to do and not yet what is told: their type, title, status and code are compared. */
export const ONLY_CURES: readonly string[] = [
  'hold_refused',
  'invalid_state',
  'no_suitable_provider',
  'operation_given_up',
  'operation_in_progress',
  'payment_declined',
  'payment_failed',
  'payment_lost',
  'provider_account_problem',
  'provider_not_configured',
  'provider_refused',
  'provider_unavailable',
  'unsupported_by_provider',
];
