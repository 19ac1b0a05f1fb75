import { integerSetting, type SettingValues } from '../../shared/settings';

/** More than one process answers in a minute; as good as no limit, but told in every answer. */
const PER_MINUTE_MAX = 1_000_000;

const range = { min: 0, max: PER_MINUTE_MAX };

export const limitsSettings = {
  RATE_LIMIT_PER_MINUTE: integerSetting(range, {
    about:
      'Requests that one caller (a subject of keys or tokens) may send in a minute, all of them at once if it likes; 0 is no limit. Each process counts for itself.',
    cure: 'Use what your busiest shop needs at its busiest minute: a payment takes about four requests.',
    fallback: 6_000,
  }),
  RATE_LIMIT_FAILED_AUTH_PER_MINUTE: integerSetting(range, {
    about:
      'Requests without a valid key or token that may come from one address in a minute; 0 is no limit. Who was recognised before is not kept out by them.',
    cure: 'Leave it out. Behind a proxy set TRUST_PROXY as well, or all callers share one address.',
    fallback: 300,
  }),
};

export type LimitsSettings = SettingValues<typeof limitsSettings>;
