import { trustProxySetting } from './trusted-proxies';

describe('the proxies to trust', () => {
  it.each([
    ['10.0.0.7', ['10.0.0.7']],
    ['10.0.0.0/8, 192.168.0.0/16', ['10.0.0.0/8', '192.168.0.0/16']],
    ['fd00::/8,::1', ['fd00::/8', '::1']],
    ['loopback,linklocal,uniquelocal', ['loopback', 'linklocal', 'uniquelocal']],
  ])('may be %s', (text, proxies) => {
    expect(trustProxySetting.parse(text)).toEqual(proxies);
  });

  it.each([
    '',
    'true',
    '1',
    '*',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    'fd00::/129',
    '10.0.0.0/',
    '10.0.0.7,',
    'proxy.example.com',
    '10.0.0.7;10.0.0.8',
  ])('are never everybody, and nothing that is no address: "%s"', (text) => {
    expect(trustProxySetting.parse(text)).toBeUndefined();
  });
});
