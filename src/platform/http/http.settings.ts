import {
  booleanSetting,
  integerSetting,
  type SettingValues,
  textSetting,
  urlSetting,
} from '../../shared/settings';
import { corsOriginsSetting } from './cors-origins';
import { trustProxySetting } from './trusted-proxies';

export const httpSettings = {
  HOST: textSetting({
    about: 'The address to listen on.',
    cure: 'Use 127.0.0.1 for this machine only, 0.0.0.0 inside a container.',
    fallback: '127.0.0.1',
  }),
  PORT: integerSetting(
    { min: 0, max: 65_535 },
    {
      about: 'The port to listen on; 0 takes a free one.',
      cure: 'Choose a port that no other program uses.',
      fallback: 3000,
    },
  ),
  PUBLIC_URL: urlSetting<null>({
    about:
      'How callers reach this API; links in answers start with it. Without it the Host header of the request is used.',
    cure: 'Set it to the address behind your load balancer, such as https://pay.example.com.',
    example: 'https://pay.example.com',
    fallback: null,
  }),
  CORS_ORIGINS: corsOriginsSetting,
  TRUST_PROXY: trustProxySetting,
  SHUTDOWN_DELAY_S: integerSetting(
    { min: 0, max: 15 },
    {
      about:
        'Seconds after SIGTERM in which requests are still taken while /health/ready answers 503 already.',
      cure: 'Set it to what your load balancer needs to notice, such as 10; 0 where there is none.',
      fallback: 0,
    },
  ),
  DEMO: booleanSetting({
    about:
      'Whether this is a demonstration with simulated gateways. `npm start` without PROVIDERS sets it.',
    cure: 'Leave it out where real money moves.',
    fallback: false,
  }),
  DEMO_STAFF_KEY: textSetting<null>({
    about: 'The API key that Swagger UI is already authorised with in a demonstration.',
    cure: 'Leave it out; `npm start` sets it for the demonstration.',
    secret: true,
    fallback: null,
  }),
  DEMO_USER_KEY: textSetting<null>({
    about: 'The API key that the sample shop at /demo/shop acts with in a demonstration.',
    cure: 'Leave it out; `npm start` sets it for the demonstration.',
    secret: true,
    fallback: null,
  }),
};

export type HttpSettings = SettingValues<typeof httpSettings>;
