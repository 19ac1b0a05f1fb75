import { environmentSource, type SettingProblem } from '../../shared/settings-reader';
import { ProviderHttp, type ProviderHttpOptions } from '../provider-http';
import { paypalAdapter } from './paypal.provider';

const complete = {
  PAYPAL__CLIENT_ID: 'client',
  PAYPAL__CLIENT_SECRET: 'hush',
  PAYPAL__MODE: 'live',
};

describe('the PayPal adapter', () => {
  it.each([
    ['live', undefined, 'https://api-m.paypal.com'],
    ['sandbox', undefined, 'https://api-m.sandbox.paypal.com'],
    ['live', 'http://127.0.0.1:9/paypal/', 'http://127.0.0.1:9/paypal'],
  ])('in mode %s with base URL %s calls %s', (mode, baseUrl, expected) => {
    const { provider, opened } = build({
      ...complete,
      PAYPAL__MODE: mode,
      PAYPAL__BASE_URL: baseUrl,
    });
    expect(provider).toMatchObject({ account: 'paypal', type: 'paypal', name: 'PayPal', mode });
    expect(opened).toEqual([{ baseUrl: expected }]);
  });

  it('says what PayPal can do', () => {
    const { provider } = build({ ...complete, PAYPAL__APPROVAL_WINDOW_HOURS: '6' });
    expect(provider.capabilities).toMatchObject({
      payMethods: ['paypal'],
      approve: 'capture',
      cancel: 'local',
      setupMandate: false,
      mandate: false,
      repeat: { createMs: 18_000_000, captureMs: 18_000_000, cancelMs: 0 },
      findByReference: false,
      approvalWindowMs: 21_600_000,
    });
    expect(provider.payments).not.toHaveProperty('find');
    expect(provider.payments).not.toHaveProperty('cancel');
    expect(provider.pausedForS()).toBe(0);
  });

  it.each(['orders_v2', 'payments_v1'])('takes the currencies it declares, with %s', (API) => {
    const { capabilities } = build({ ...complete, PAYPAL__API: API }).provider;
    expect(Object.keys(capabilities.currencies)).toEqual(paypalAdapter.currencies);
  });

  it('says what is different with Payments v1', () => {
    const { capabilities } = build({ ...complete, PAYPAL__API: 'payments_v1' }).provider;
    expect(capabilities).toMatchObject({
      approve: 'capture',
      cancel: 'local',
      repeat: { createMs: 0, captureMs: 18_000_000, cancelMs: 0 },
      findByReference: false,
      returnIds: 'theirs',
      needsReturnUrls: true,
    });
    expect(capabilities.currencies['EUR']?.maximumMinor).toBe(999_999_999n);
    expect(build(complete).provider.capabilities).toMatchObject({
      returnIds: 'ours',
      needsReturnUrls: false,
    });
  });

  it('knows two APIs, and names a third', () => {
    const { problems } = configure({ ...complete, PAYPAL__API: 'nvp' });
    expect(problems.map((problem) => problem.name)).toEqual(['PAYPAL__API']);
    expect(problems[0]?.detail).toContain('one of orders_v2, payments_v1');
  });

  it('gives the payer three hours unless told otherwise', () => {
    expect(build(complete).provider.capabilities.approvalWindowMs).toBe(10_800_000);
  });

  it.each(['CLIENT_ID', 'CLIENT_SECRET', 'MODE'])('names %s when it is missing', (name) => {
    const { problems } = configure({ ...complete, [`PAYPAL__${name}`]: undefined });
    expect(problems.map((problem) => problem.name)).toEqual([`PAYPAL__${name}`]);
    expect(problems[0]?.detail).toMatch(/^is missing\. \w+/);
  });

  it('refuses a window that PayPal never gives', () => {
    const { problems } = configure({ ...complete, PAYPAL__APPROVAL_WINDOW_HOURS: '73' });
    expect(problems[0]?.detail).toContain('from 0 to 72');
  });
});

describe('the webhook of a PayPal account', () => {
  it('is optional: without it nothing is heard and nothing more is opened', () => {
    const { provider, opened } = build(complete);
    expect(provider.notifications).toBeUndefined();
    expect(opened).toHaveLength(1);
  });

  it("has clients of its own, for the API and for PayPal's own places of certificates", () => {
    const { provider, opened } = build({ ...complete, PAYPAL__WEBHOOK_ID: '96605875FF6516633' });
    expect(provider.notifications).toBeDefined();
    const places = ['api', 'api.sandbox', 'api-m', 'api-m.sandbox'].map((host) => ({
      baseUrl: `https://${host}.paypal.com/v1/notifications/certs`,
      answerBytesMax: 65_536,
    }));
    const api = { baseUrl: 'https://api-m.paypal.com' };
    expect(opened).toEqual([api, api, ...places]);
  });

  it.each([
    ['WEBHOOK_ID', ''],
    ['WEBHOOK_CERT_URLS', 'http://api.paypal.com/certs'],
    ['WEBHOOK_CA', 'no certificate'],
  ])('is not configured by a wrong %s', (name, value) => {
    const { problems } = configure({ ...complete, [`PAYPAL__${name}`]: value });
    expect(problems.map((problem) => problem.name)).toEqual([`PAYPAL__${name}`]);
    expect(problems[0]?.detail).toMatch(/^must \S.*\. \w/);
  });
});

function configure(env: Record<string, string | undefined>) {
  const problems: SettingProblem[] = [];
  const source = environmentSource(env, () => '');
  return { problems, build: paypalAdapter.configure('paypal', source, problems) };
}

function build(env: Record<string, string | undefined>) {
  const configured = configure(env);
  expect(configured.problems).toEqual([]);
  const opened: ProviderHttpOptions[] = [];
  const provider = configured.build({
    account: 'paypal',
    clock: { now: () => new Date(0) },
    openHttp: (options) => {
      opened.push(options);
      return new ProviderHttp('paypal', options, () => undefined);
    },
  });
  return { provider, opened };
}
