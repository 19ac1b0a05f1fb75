import { readSandboxConfig } from '../../src/sandbox/sandbox.config';

describe('The settings of the simulator process', () => {
  it('reads accounts and keys, with a free port on the loopback by default', () => {
    const options = readSandboxConfig({
      SANDBOX_DATA_FILE: '/data/sandbox.jsonl',
      SANDBOX_PAYPAL_ACCOUNTS: 'one:secret, two:other',
      SANDBOX_PAYPRO_KEYS: 'pp_a,pp_b',
    });
    expect(options).toEqual({
      host: '127.0.0.1',
      port: 0,
      dataFile: '/data/sandbox.jsonl',
      paypalAccounts: [
        { clientId: 'one', secret: 'secret' },
        { clientId: 'two', secret: 'other' },
      ],
      payproKeys: ['pp_a', 'pp_b'],
    });
  });

  it('names all mistakes at once', () => {
    const wrong = {
      SANDBOX_PORT: '99999',
      SANDBOX_PAYPAL_ACCOUNTS: 'one',
      SANDBOX_PUBLIC_URL: 'x',
    };
    expect(() => readSandboxConfig(wrong)).toThrow(
      /SANDBOX_PORT[^]*SANDBOX_PAYPAL_ACCOUNTS[^]*SANDBOX_DATA_FILE[^]*SANDBOX_PUBLIC_URL/,
    );
  });
});
