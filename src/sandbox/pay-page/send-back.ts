import { type Answer } from '../http/answer';
import { isWebUrl } from '../http/web-url';
import { messagePage } from './page';

/** Sends the payer's browser to the shop, or says good-bye when the shop gave no address. */
export function sendBack(url: string | null, { gateway }: { gateway: string }): Answer {
  if (url === null || !isWebUrl(url)) {
    return messagePage({ status: 200, gateway, title: 'Done' }, 'You may close this page.');
  }
  return { status: 303, headers: { Location: new URL(url).href, 'Cache-Control': 'no-store' } };
}

/** Adds parameters behind the query that is there, which stays exactly as it was written. */
export function withParameters(url: string | null, added: Record<string, string>): string | null {
  if (url === null) return null;
  const [address = '', ...fragment] = url.split('#');
  const joint = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
  const hash = fragment.length > 0 ? `#${fragment.join('#')}` : '';
  return `${address}${joint}${new URLSearchParams(added).toString()}${hash}`;
}
