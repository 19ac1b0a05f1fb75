import { booleanSetting, integerSetting, type SettingValues } from '../../shared/settings';

export const jobsSettings = {
  RUN_JOBS: booleanSetting({
    about:
      'Whether this process also does the background work: notifications, webhooks, what a crash left behind.',
    cure: 'Set it to false for the API only where `npm run worker` runs beside it.',
    fallback: true,
  }),
  JOBS_AT_ONCE: integerSetting(
    { min: 1, max: 100 },
    {
      about:
        'Jobs that one process works on at the same time: so many of its own, as many webhooks, and two documents.',
      cure: 'Use 8; more only helps where providers are slow.',
      fallback: 8,
    },
  ),
};

export type JobsSettings = SettingValues<typeof jobsSettings>;
