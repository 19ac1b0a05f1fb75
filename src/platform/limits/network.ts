import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that name a network; the other half is its user's to choose. */
const NETWORK_GROUPS = 4;
const GROUPS = 8;

/** IPv4 written as IPv6, as a socket that listens for both shows it. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Whom an address counts as: an IPv4 address alone, an IPv6 address with all of its /64, because whoever has one of
 * those has all of them. `2001:db8::7` → `2001:db8:0:0`.
 */
export function networkOf(address: string): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const zeros = Math.max(0, GROUPS - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}

/** An IPv4 address at the end stands for two groups, which never belong to the network. */
function groupsOf(part: string): readonly string[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}
