import { optionalIntegerSetting, type SettingValues, textSetting } from '../../shared/settings';

export const metricsSettings = {
  METRICS_PORT: optionalIntegerSetting(
    { min: 0, max: 65_535 },
    {
      about:
        'The port of a listener of its own for GET /metrics (Prometheus), /health/live and /health/ready; 0 takes a free one. Without it nothing is measured for others.',
      cure: 'Choose a port that nobody outside can reach, another one for each process of a machine: nobody is asked for a key there.',
      example: '9464',
      fallback: null,
    },
  ),
  METRICS_HOST: textSetting({
    about: 'The address that this listener listens on.',
    cure: 'Use 127.0.0.1 for this machine only, 0.0.0.0 in a container whose port is not published.',
    fallback: '127.0.0.1',
  }),
};

export type MetricsSettings = SettingValues<typeof metricsSettings>;
