import { listAt, textAt } from '../../shared/json';

/** Theirs are 17 to 40 characters. No dots: an id is a segment of a path that is asked for with our token. */
const THEIR_ID = /^[A-Za-z0-9_-]{1,100}$/;
/** Ours, as they travel in `custom_id`. */
const OUR_REFERENCE = /^pay_\w{1,60}$/;
/** An order has one unit and a dispute a handful of transactions. */
const IDS_MAX = 50;

export function isTheirId(text: string | null): text is string {
  return text !== null && THEIR_ID.test(text);
}

/** The texts that are ids of theirs, each once. */
export function theirIds(...texts: readonly (string | null)[]): readonly string[] {
  return [...new Set(texts.filter(isTheirId))].slice(0, IDS_MAX);
}

/** The texts that look like references of ours, each once. */
export function ourReferences(...texts: readonly (string | null)[]): readonly string[] {
  const references = texts.filter((text) => text !== null && OUR_REFERENCE.test(text));
  return [...new Set(references)].flatMap((text) => text ?? []).slice(0, IDS_MAX);
}

/** The order that a capture, a refund or an authorization belongs to; early events leave it out of their data. */
export function orderIdOf(resource: unknown): string | null {
  return (
    textAt(resource, 'supplementary_data', 'related_ids', 'order_id') ??
    linkedId(resource, 'checkout/orders')
  );
}

/** The payment of Payments v1 that a sale, or the refund of one, belongs to. */
export function parentPaymentOf(resource: unknown): string | null {
  return (
    textAt(resource, 'parent_payment') ?? linkedId(resource, 'payments/payment', 'parent_payment')
  );
}

/** The capture that a refund belongs to. */
export function captureIdOf(resource: unknown): string | null {
  return (
    linkedId(resource, 'payments/captures') ??
    textAt(resource, 'supplementary_data', 'related_ids', 'capture_id')
  );
}

type LinkName = 'up' | 'parent_payment';

/** The id at the end of the link to the object above, whatever host the link names. */
function linkedId(resource: unknown, collection: `${string}/${string}`, rel: LinkName = 'up') {
  const ups = listAt(resource, 'links').filter((link) => textAt(link, 'rel') === rel);
  const paths = ups.map((link) => textAt(link, 'href')?.split('/') ?? []);
  const path = paths.find((parts) => parts.slice(-3, -1).join('/') === collection);
  return path?.at(-1) ?? null;
}
