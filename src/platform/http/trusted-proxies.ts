import { isIP } from 'node:net';
import { parsedSetting } from '../../shared/settings';

/** Names of address ranges that the server library knows. */
const RANGES = ['loopback', 'linklocal', 'uniquelocal'];

/** `TRUST_PROXY`: whose word about the caller's address is taken. Null: nobody's. */
export const trustProxySetting = parsedSetting<readonly string[] | null>(
  {
    expected:
      'be addresses, networks such as 10.0.0.0/8, loopback, linklocal or uniquelocal, separated by commas',
    parse: (text) => {
      const proxies = text.split(',').map((one) => one.trim());
      return proxies.every(isProxy) ? proxies : undefined;
    },
  },
  {
    about:
      'The proxies in front of Kassa, whose X-Forwarded-For, -Host and -Proto headers are believed. Left out, nobody’s are: anybody can send them.',
    cure: 'Name the addresses of your load balancer, never everybody (0.0.0.0/0), or leave it out.',
    example: '10.0.0.0/8',
    fallback: null,
  },
);

function isProxy(text: string): boolean {
  if (RANGES.includes(text)) return true;
  const [address = '', bits] = text.split('/');
  const version = isIP(address);
  if (version === 0 || text.split('/').length > 2) return false;
  if (bits === undefined) return true;
  // A network of all addresses would trust everybody.
  const bitsMax = version === 4 ? 32 : 128;
  return /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= bitsMax;
}
