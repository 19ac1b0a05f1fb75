import { hexId, readAnyId } from '../../../shared/id';

/** The path of a customer at the end of a URL; what stands before it, such as another host, does not count. */
const CUSTOMER_PATH = /(?:^|\/)api\/customers\/([^/]+)\/?$/;

/** The UUID behind a customer's URL, path or id, in any spelling; null when the text is none of them. */
export function readCustomer(text: string): string | null {
  const path = pathOf(text.trim());
  const id = path === null ? null : (CUSTOMER_PATH.exec(path)?.[1] ?? path);
  return id === null ? null : readAnyId('cus', id);
}

/** The path of an http(s) URL, a path as it is; null for other URLs. */
function pathOf(text: string): string | null {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return text.replace(/[?#].*$/s, '');
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).pathname;
}

export function customerUrl(base: string, { uuid }: { readonly uuid: string }): string {
  return `${base}/api/customers/${hexId(uuid)}/`;
}

export function invoiceUrl(base: string, { uuid }: { readonly uuid: string }): string {
  return `${base}/api/paypal-invoices/${hexId(uuid)}/`;
}

export function paymentUrl(base: string, { uuid }: { readonly uuid: string }): string {
  return `${base}/api/paypal-payments/${hexId(uuid)}/`;
}
