import { demoSettings, topologySettings } from './demo-settings';
import { STAND_INS } from './judge-settings';
import { withOwn } from './laid-over';
import { type Environment, type LauncherConfig } from './launcher.config';

function launchedWith(environment: Environment): LauncherConfig {
  return {
    isReal: false,
    environment,
    startedByNpm: true,
    databaseUrl: null,
    dataDir: '/tmp/kassa',
    host: '127.0.0.1',
    port: 3000,
  };
}

describe('the settings of the demonstration', () => {
  it('are few lines in the log, and pages of this machine may ask', () => {
    expect(demoSettings(launchedWith({}), STAND_INS)).toMatchObject({
      LOG_LEVEL: 'warn',
      CORS_ORIGINS: 'http://localhost:*,http://127.0.0.1:*',
    });
  });

  it.each<[string, Environment]>([
    ['by name', { LOG_LEVEL: 'debug', CORS_ORIGINS: 'https://shop.example.com' }],
    ['in files', { LOG_LEVEL_FILE: '/run/level', CORS_ORIGINS_FILE: '/run/origins' }],
  ])('are what somebody said %s, where somebody did', (_how, said) => {
    const spoken = (settings: Environment) =>
      Object.fromEntries(
        Object.entries(settings).filter(([name]) => /^(LOG_LEVEL|CORS_ORIGINS)/.test(name)),
      );
    expect(spoken(demoSettings(launchedWith(said), STAND_INS))).toEqual(said);
    expect(spoken(topologySettings(launchedWith(said), STAND_INS))).toEqual(said);
  });

  it.each(['RUN_JOBS', 'PUBLIC_URL', 'METRICS_PORT'])(
    'put what a process of ours needs as %s before a file with another',
    (name) => {
      const settings = withOwn(
        { [`${name}_FILE`]: '/run/other', HOME: '/root' },
        { [name]: 'ours' },
      );
      expect(settings).toEqual({ [name]: 'ours', HOME: '/root' });
    },
  );

  it('leave no way to real money open, not even one in a file', () => {
    const settings = demoSettings(
      launchedWith({ PAYPAL__CLIENT_SECRET_FILE: '/run/secret', PAYPRO__API_KEY: 'pp_live' }),
      STAND_INS,
    );
    expect(settings).not.toHaveProperty('PAYPAL__CLIENT_SECRET_FILE');
    expect(settings.PAYPRO__API_KEY).toBe(STAND_INS.secrets.paypro_api_key);
  });
});
