/** The query parameter by which a return page knows which payment came back, whatever the provider adds. */
export const PAYMENT_ID_PARAMETER = 'paymentId';

export interface UrlForPayment {
  readonly url: string | null;
  /** Ours, `pay_…`. */
  readonly paymentId: string;
}

/** The caller's URL as the provider is given it: one that adds ids of its own gets it without ours. */
export function withReturnIds(url: UrlForPayment, returnIds: 'ours' | 'theirs'): string | null {
  return returnIds === 'ours' ? withPaymentId(url) : url.url;
}

/** The caller's URL with `paymentId` added; everything else of it stays as it was written. */
export function withPaymentId({ url, paymentId }: UrlForPayment): string | null {
  if (url === null) return null;
  const [beforeFragment = '', ...fragment] = url.split('#');
  const joint = beforeFragment.includes('?') ? (/[?&]$/.test(beforeFragment) ? '' : '&') : '?';
  const added = `${beforeFragment}${joint}${PAYMENT_ID_PARAMETER}=${paymentId}`;
  return fragment.length > 0 ? `${added}#${fragment.join('#')}` : added;
}

/** What URL parsers drop or turn into something else without a word: what was checked must be what is stored. */
const REPAIRED_IN_SILENCE = /[\s\\\p{Cc}]/u;

/** Whether a URL may be used: absolute, http or https, without credentials and without our parameter. */
export function returnUrlProblem(url: string): string | null {
  if (REPAIRED_IN_SILENCE.test(url)) {
    return 'Leave out spaces, line breaks and backslashes, or percent-encode them: a space is %20.';
  }
  if (!URL.canParse(url)) return 'Send an absolute URL such as https://shop.example.com/return.';
  const parsed = new URL(url);
  if (!/^https?:\/\/[^/]/i.test(url)) {
    return 'Send a URL that starts with https:// or http://.';
  }
  if (parsed.username !== '' || parsed.password !== '') return 'Leave user and password out.';
  if (parsed.searchParams.has(PAYMENT_ID_PARAMETER)) {
    return `Leave the parameter "${PAYMENT_ID_PARAMETER}" out: it is added for you.`;
  }
  return null;
}
