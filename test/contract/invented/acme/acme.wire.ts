import { isObject, listAt, textAt, valueAt, type JsonObject } from '../../../../src/shared/json';

/** Body of `POST /checkouts`. */
export interface AcmeNewCheckout {
  /** Decimal text and currency: "12.50 EUR". */
  readonly price: string;
  readonly ref: string;
  readonly text: string;
  readonly back?: string;
}

/** Body of `POST /checkouts/{id}/returns`. */
export interface AcmeNewReturn {
  /** Minor units, in the currency of the checkout. */
  readonly cents: number;
  readonly ref: string;
}

export interface AcmeCheckout {
  readonly id: string;
  readonly status: string;
  readonly cents: bigint | null;
  readonly currency: string | null;
  readonly ref: string | null;
  readonly page: string | null;
  readonly collectedAt: Date | null;
  readonly raw: JsonObject;
}

export interface AcmeReturn {
  readonly id: string;
  readonly status: string;
  readonly cents: bigint | null;
  readonly currency: string | null;
  readonly ref: string | null;
  readonly at: Date | null;
}

/** Undefined when the body is no checkout. */
export function readCheckout(body: unknown): AcmeCheckout | undefined {
  const id = textAt(body, 'id');
  const status = textAt(body, 'status');
  if (id === null || status === null) return undefined;
  return {
    id,
    status,
    ...readMoney(body),
    ref: textAt(body, 'ref'),
    page: textAt(body, 'page'),
    collectedAt: readTime(textAt(body, 'collected_at')),
    raw: body as JsonObject,
  };
}

/** Undefined when the body is no return. */
export function readReturn(body: unknown): AcmeReturn | undefined {
  const id = textAt(body, 'id');
  const status = textAt(body, 'status');
  if (id === null || status === null) return undefined;
  const at = readTime(textAt(body, 'at'));
  return { id, status, ...readMoney(body), ref: textAt(body, 'ref'), at };
}

/** Undefined unless the body is the whole list: Acme has no pages. */
export function readItems<T>(
  body: unknown,
  readOne: (item: unknown) => T | undefined,
): readonly T[] | undefined {
  if (!isObject(body) || !Array.isArray(body['items'])) return undefined;
  const items = listAt(body, 'items');
  const found = items.flatMap((item) => readOne(item) ?? []);
  return found.length === items.length ? found : undefined;
}

export function readTime(text: string | null): Date | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time;
}

function readMoney(body: unknown) {
  const amount = valueAt(body, 'cents');
  const isWhole = typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0;
  return { cents: isWhole ? BigInt(amount) : null, currency: textAt(body, 'currency') };
}
