import { isLoopbackAddress, isPublicAddress } from './public-address';

/** The first and the last address of ranges that are no public receivers. */
const SPECIAL = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.31.196.0', '192.31.196.255'],
  ['192.52.193.0', '192.52.193.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['192.175.48.0', '192.175.48.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '239.255.255.255'],
  ['240.0.0.0', '255.255.255.255'],
  ['::', '::ffff:ffff'],
  ['::ffff:0:0', '::ffff:ffff:ffff'],
  ['64:ff9b::', '64:ff9b::ffff:ffff'],
  ['64:ff9b:1::', '64:ff9b:1:ffff::'],
  ['100::', '100:0:0:1::1'],
  ['2001::', '2001:1ff:ffff::'],
  ['2001:db8::', '2001:db8:ffff::'],
  ['2002::', '2002:ffff::'],
  ['2620:4f:8000::', '2620:4f:8000:ffff::'],
  ['3fff::', '3fff:fff:ffff::'],
  ['4000::', '5f00::1'],
  ['fc00::', 'fdff:ffff::'],
  ['fe80::', 'fec0::1'],
  ['ff00::', 'ffff::'],
] as const;

/** Right beside those ranges, and well-known ones. */
const PUBLIC = [
  '1.0.0.0',
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:200::1',
  '2606:4700:4700::1111',
  '2a00:1450:4001::1',
  '3ffe::1',
];

describe('an address', () => {
  it.each(SPECIAL)('is not public between %s and %s', (first, last) => {
    expect([isPublicAddress(first), isPublicAddress(last)]).toEqual([false, false]);
  });

  it.each(PUBLIC)('is public as %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each(['', 'shop.example.com', '127.1', '0x7f.1', '1.1.1', '2130706433', '[::1]'])(
    'is neither public nor this machine where it is no address: %j',
    (text) => {
      expect([isPublicAddress(text), isLoopbackAddress(text)]).toEqual([false, false]);
    },
  );

  it('is this machine as what localhost stands for, and nothing else', () => {
    const others = ['127.0.0.2', '0.0.0.0', '::', '::2', '10.0.0.1', '1.1.1.1'];
    expect(['127.0.0.1', '::1'].every(isLoopbackAddress)).toBe(true);
    expect(others.filter(isLoopbackAddress)).toEqual([]);
  });
});
