import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './public-address';

/** Longest URL that is stored. */
const URL_LENGTH_MAX = 2_000;

/** The ports that receivers on the Internet use for TLS; anything else is more likely somebody's database. */
const TLS_PORTS = ['', '443', '8443'];

/** What URL parsers drop or turn into something else without a word: what was checked must be what is called. */
const REPAIRED_IN_SILENCE = /[\s\\\p{Cc}]/u;

/** Names that mean this machine or this network wherever they are looked up. */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)\.?$/i;

/**
 * Why a URL cannot be told anything, as a sentence that says what to send; null when it may be tried. What a
 * name stands for is looked at when it is called, every time.
 */
export function webhookUrlProblem(url: string, { isDemo }: { isDemo: boolean }): string | null {
  if (url.length > URL_LENGTH_MAX) return `Send at most ${URL_LENGTH_MAX} characters.`;
  if (REPAIRED_IN_SILENCE.test(url)) return 'Leave out spaces, line breaks and backslashes.';
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) {
    return 'Send an absolute URL such as https://shop.example.com/webhooks.';
  }
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '') {
    return 'Leave user and password out: requests are signed instead.';
  }
  if (isDemo && isThisMachine(parsed)) return null;
  if (parsed.protocol !== 'https:' && !isDemo) return 'Send a URL that starts with https://.';
  if (!TLS_PORTS.includes(parsed.port)) return 'Use port 443 or 8443.';
  return hostProblem(parsed);
}

function hostProblem({ hostname }: URL): string | null {
  const address = literalOf(hostname);
  if (isIP(address) !== 0) {
    return isPublicAddress(address) ? null : 'Use an address that is public on the Internet.';
  }
  const isLocal = LOCAL_NAME.test(hostname) || !hostname.replace(/\.$/, '').includes('.');
  return isLocal ? 'Use a name that is public on the Internet.' : null;
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || isLoopbackAddress(literalOf(hostname));
}

/** The address of a URL's host, which is IPv6 between brackets. */
export function literalOf(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
