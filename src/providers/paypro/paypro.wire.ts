import { isObject, listAt, textAt, valueAt, type JsonObject } from '../../shared/json';

/** Body of `POST /payments`. See https://docs.paypro.nl/reference/api/payments */
export interface PayproNewPayment {
  /** Cents. */
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly return_url?: string;
  readonly cancel_url?: string;
  readonly pay_methods?: readonly string[];
  readonly metadata: JsonObject;
  readonly customer?: string;
  readonly mandate?: string;
  readonly setup_mandate?: true;
  readonly locale?: string;
}

/**
 * Body of `POST /payments/{id}/refunds`. It has no currency: the refund has that of its payment.
 * See https://docs.paypro.nl/reference/api/refunds
 */
export interface PayproNewRefund {
  /** Cents. PayPro refunds all that is left where it is missing, so it never is. */
  readonly amount: number;
  /** Shown to the payer; without it PayPro takes its own. */
  readonly description?: string;
  /** For the merchant alone. */
  readonly reason: string;
  readonly account_holder_name?: string;
  readonly iban?: string;
}

/**
 * A payment as PayPro shows it. Only `id` and `state` are certain: payments of 2023 lack half of the keys
 * that the documentation calls required. `null` stands for a missing key, too.
 */
export interface PayproPayment {
  readonly id: string;
  readonly state: string;
  /** Cents; null also when it is no whole number that a double holds exactly. */
  readonly amount: number | null;
  readonly currency: string | null;
  readonly pay_method: string | null;
  /** Null when the key is missing, which is not the same as an empty object. */
  readonly metadata: JsonObject | null;
  readonly customer: string | null;
  readonly mandate: string | null;
  readonly subscription: string | null;
  readonly installment_plan: string | null;
  readonly paid_at: Date | null;
  readonly created_at: Date | null;
  readonly checkout: string | null;
  /** The whole object. */
  readonly raw: JsonObject;
}

/** One page of a list. See https://docs.paypro.nl/pagination.html */
export interface PayproPage {
  readonly payments: readonly PayproPayment[];
  /** False where one of them cannot be read, and is left out. */
  readonly isWhole: boolean;
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** One page of what happened, newest first. */
export interface PayproEventPage {
  readonly events: readonly unknown[];
  readonly nextCursor: string | null;
}

/** The only error of an answer: PayPro names one wrong parameter at a time. */
export interface PayproError {
  readonly type: string | null;
  readonly message: string | null;
  readonly param: string | null;
}

/** Undefined when the body is no payment: without an id and a state nothing can be said about it. */
export function readPayment(body: unknown): PayproPayment | undefined {
  const id = textAt(body, 'id');
  const state = textAt(body, 'state');
  if (id === null || state === null) return undefined;
  const payMethod = valueAt(body, 'pay_method');
  return {
    id,
    state,
    amount: readCents(valueAt(body, 'amount')),
    currency: textAt(body, 'currency'),
    pay_method: typeof payMethod === 'string' ? payMethod : textAt(payMethod, 'id'),
    metadata: readMetadata(valueAt(body, 'metadata')),
    customer: textAt(body, 'customer'),
    mandate: textAt(body, 'mandate'),
    subscription: textAt(body, 'subscription'),
    installment_plan: textAt(body, 'installment_plan'),
    paid_at: readTime(textAt(body, 'paid_at')),
    created_at: readTime(textAt(body, 'created_at')),
    checkout: readLink(body, 'checkout'),
    raw: body as JsonObject,
  };
}

/** Undefined when the body is no list or the way to its next page is unreadable. */
export function readPage(body: unknown): PayproPage | undefined {
  if (!isPage(body)) return undefined;
  const listed = listAt(body, 'data');
  const payments = listed.flatMap((item) => readPayment(item) ?? []);
  const nextCursor = readNextCursor(body);
  if (nextCursor === undefined) return undefined;
  return { payments, isWhole: payments.length === listed.length, nextCursor };
}

/** Undefined when the body is no list or the way to its next page is unreadable. */
export function readEventPage(body: unknown): PayproEventPage | undefined {
  const nextCursor = readNextCursor(body);
  if (!isPage(body) || nextCursor === undefined) return undefined;
  return { events: listAt(body, 'data'), nextCursor };
}

/** Whether the body is a list of anything. */
export function isPage(body: unknown): boolean {
  return Array.isArray(valueAt(body, 'data'));
}

export function readError(body: unknown): PayproError {
  return {
    type: textAt(body, 'error', 'type'),
    message: textAt(body, 'error', 'message'),
    param: textAt(body, 'error', 'param'),
  };
}

/** Null unless it is a whole number of cents that a double holds exactly. */
export function readCents(amount: unknown): number | null {
  return typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0 ? amount : null;
}

export function readTime(text: string | null): Date | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time;
}

function readMetadata(metadata: unknown): JsonObject | null {
  if (metadata === undefined) return null;
  return isObject(metadata) ? (metadata as JsonObject) : {};
}

/** Links are texts; the object with `href` that other APIs use is read as well. */
function readLink(body: unknown, name: string): string | null {
  return textAt(body, '_links', name) ?? textAt(body, '_links', name, 'href');
}

/** Null on the last page; undefined when there is a next one and no way to it. */
export function readNextCursor(body: unknown): string | null | undefined {
  const next = valueAt(body, '_links', 'next') ?? null;
  return next === null ? null : (readCursor(readLink(body, 'next')) ?? undefined);
}

/** Takes nothing but the cursor from a link, so that no answer decides which host gets the API key. */
function readCursor(link: string | null): string | null {
  const anyBase = 'https://api.paypro.nl';
  if (link === null || !URL.canParse(link, anyBase)) return null;
  return new URL(link, anyBase).searchParams.get('cursor') || null;
}
