import { BlockList, isIP } from 'node:net';

/**
 * IPv4 ranges that are no public receivers, from the IANA registry of special-purpose addresses. The agent
 * has a list of its own; two that were written independently do not forget the same range.
 */
const SPECIAL_IPV4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Only this part of IPv6 is routed in public; mapped, translated, local and multicast addresses are outside of it. */
const PUBLIC_IPV6 = ['2000::', 3] as const;

/** Within it: Teredo and other protocols, documentation, 6to4, documentation again. */
const SPECIAL_IPV6: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const ipv4 = listOf(SPECIAL_IPV4, 'ipv4');
const special6 = listOf(SPECIAL_IPV6, 'ipv6');
const public6 = listOf([PUBLIC_IPV6], 'ipv6');
const loopback = listOf([['127.0.0.1', 32]], 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an IP address, written as the system writes it, is one that anybody on the Internet may be reached at. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !ipv4.check(address, 'ipv4');
  if (version !== 6 || !public6.check(address, 'ipv6')) return false;
  return !special6.check(address, 'ipv6');
}

/** This machine itself, by the two addresses that `localhost` stands for. */
export function isLoopbackAddress(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && loopback.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function listOf(
  ranges: readonly (readonly [network: string, prefix: number])[],
  family: 'ipv4' | 'ipv6',
): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}
