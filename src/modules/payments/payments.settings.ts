import { integerSetting, type SettingValues } from '../../shared/settings';

export const paymentsSettings = {
  SWEEP_INTERVAL_MS: integerSetting(
    { min: 100, max: 60_000 },
    {
      about:
        'How often a process looks for operations that a crash or a silent provider left unfinished.',
      cure: 'Use 1000.',
      fallback: 1000,
    },
  ),
};

export type PaymentsSettings = SettingValues<typeof paymentsSettings>;

/** Injection token of this slice. */
export const PAYMENTS_SETTINGS = Symbol('payments settings');
