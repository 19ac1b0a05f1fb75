import { ConfigError, readConfig } from './config';
import { demoSettings, topologySettings } from './launcher/demo-settings';
import { STAND_INS } from './launcher/judge-settings';
import { environmentSource } from './shared/settings-reader';

type Settings = Readonly<Record<string, string | undefined>>;

const LAUNCHED = {
  isReal: false,
  environment: {},
  startedByNpm: false,
  databaseUrl: null,
  dataDir: '/nowhere',
  host: '127.0.0.1',
  port: 0,
};
const DEMO: Settings = demoSettings(LAUNCHED, STAND_INS);

function problemsOf(changes: Settings, settings: Settings = DEMO): readonly string[] {
  const source = environmentSource({ ...settings, ...changes }, () => '');
  try {
    readConfig(source);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ name }) => name);
    throw error;
  }
}

describe('the configuration of a topology', () => {
  it('is accepted as the launcher makes it', () => {
    expect(problemsOf({}, topologySettings(LAUNCHED, STAND_INS))).toEqual([]);
  });
});

describe('the configuration of a demonstration', () => {
  it('is accepted as the launcher makes it', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each(['127.0.0.1', '127.8.9.1', '::1', 'localhost'])('may listen on %s', (HOST) => {
    expect(problemsOf({ HOST })).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example.com', 'localhost.example.com'])(
    'never listens on %s',
    (HOST) => {
      expect(problemsOf({ HOST })).toEqual(['HOST']);
      expect(problemsOf({ HOST, DEMO: 'false', CORS_ORIGINS: undefined })).toEqual([]);
    },
  );

  it('takes no account with real money, also where that is the default', () => {
    expect(problemsOf({ PAYPAL__MODE: 'live' })).toEqual(['PAYPAL__MODE']);
    expect(problemsOf({ PAYPRO__MODE: undefined })).toEqual(['PAYPRO__MODE']);
    expect(problemsOf({ PAYPAL__MODE: 'live', DEMO: 'false', CORS_ORIGINS: undefined })).toEqual(
      [],
    );
  });

  it('lets in the pages of this machine from any port, which real money does not', () => {
    expect(readConfig(environmentSource(DEMO, () => '')).http.CORS_ORIGINS).toEqual([
      'http://localhost:*',
      'http://127.0.0.1:*',
    ]);
    expect(problemsOf({ DEMO: 'false' })).toEqual(['CORS_ORIGINS']);
    expect(problemsOf({ DEMO: 'false', CORS_ORIGINS: 'https://shop.example.com' })).toEqual([]);
  });

  it('is told everything that is wrong at once, each setting once', () => {
    const wrong = {
      HOST: '0.0.0.0',
      PAYPAL__MODE: 'real',
      PAYPRO__MODE: 'live',
      PORT: 'x',
      PUBLIC_URL: 'https://pay.example.com',
    };
    expect([...problemsOf(wrong)].sort()).toEqual(['HOST', 'PAYPAL__MODE', 'PAYPRO__MODE', 'PORT']);
    expect(problemsOf({ HOST: '' })).toEqual(['HOST']);
  });
});
