import { booleanSetting, integerSetting, type SettingValues } from '../../shared/settings';

export const paymentsSettings = {
  AUTO_APPROVE: booleanSetting({
    about:
      'Whether payments that do not say `auto_approve` take the money as soon as we hear that the payer agreed, ' +
      'even if the payer never comes back to the shop.',
    cure: 'Set it to true where nobody has to confirm an order after the payer agreed.',
    fallback: false,
  }),
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
