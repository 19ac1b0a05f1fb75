import { listAt, objectAt, textAt, valueAt, type JsonObject } from '../../shared/json';
import { withoutPeople } from './paypal.evidence';

/** https://developer.paypal.com/docs/api/orders/v2/#definition-amount */
export interface PayPalAmount {
  readonly currency_code: string;
  readonly value: string;
}

/** Body of https://developer.paypal.com/docs/api/orders/v2/#orders_create, as far as we use it. */
export interface PayPalOrderRequest {
  readonly intent: 'CAPTURE' | 'AUTHORIZE';
  readonly purchase_units: readonly {
    readonly reference_id: string;
    readonly amount: PayPalAmount;
    readonly custom_id: string;
    readonly invoice_id: string;
    readonly description?: string;
  }[];
  readonly payment_source: {
    readonly paypal: { readonly experience_context: PayPalExperience };
  };
}

export interface PayPalExperience {
  readonly return_url?: string;
  readonly cancel_url?: string;
  readonly brand_name?: string;
  readonly locale?: string;
  readonly user_action: 'PAY_NOW';
  readonly shipping_preference: 'NO_SHIPPING';
}

export interface PayPalOrder {
  readonly id: string;
  readonly status: string;
  readonly amount: PayPalAmount | null;
  readonly customId: string | null;
  readonly approvalUrl: string | null;
  readonly payerId: string | null;
  /** The key under `payment_source`: `paypal`, or `card` for a guest. */
  readonly paymentSource: string | null;
  readonly captures: readonly PayPalCapture[];
  /** Oldest first, as PayPal lists them. */
  readonly authorizations: readonly PayPalAuthorization[];
  readonly raw: JsonObject;
}

export interface PayPalCapture {
  readonly id: string;
  readonly status: string;
  readonly amount: PayPalAmount;
  readonly invoiceId: string | null;
  readonly createTime: string | null;
  readonly updateTime: string | null;
}

/** https://developer.paypal.com/docs/api/payments/v2/#definition-authorization */
export interface PayPalAuthorization extends PayPalCapture {
  readonly expirationTime: string | null;
}

/** Both error shapes: `name` and `details[].issue` of the API, `error` of OAuth. */
export interface PayPalError {
  readonly name: string | null;
  readonly issues: readonly string[];
  readonly message: string | null;
  readonly debugId: string | null;
}

export interface PayPalToken {
  readonly accessToken: string;
  readonly expiresInS: number;
}

/** The largest part of PayPal's texts that is kept; theirs are a sentence or two. */
const MESSAGE_LENGTH_MAX = 500;

/** Null when this is no order, or one with a capture or authorization that lacks an id, a status or an amount. */
export function parseOrder(body: unknown): PayPalOrder | null {
  const id = textAt(body, 'id');
  const status = textAt(body, 'status');
  const captures = parseAll(body, 'captures', parseCapture);
  const authorizations = parseAll(body, 'authorizations', parseAuthorization);
  if (id === null || status === null || !captures || !authorizations) return null;
  // We order one unit; with more of them the first one's amount would not be the order's.
  const unit = listAt(body, 'purchase_units').length === 1 ? onlyUnit(body) : {};
  return {
    id,
    status,
    captures,
    authorizations,
    amount: parseAmount(valueAt(unit, 'amount')),
    customId: textAt(unit, 'custom_id') ?? customIdOf(unit),
    approvalUrl: approvalUrl(body),
    payerId:
      textAt(body, 'payer', 'payer_id') ?? textAt(body, 'payment_source', 'paypal', 'account_id'),
    paymentSource: Object.keys(objectAt(body, 'payment_source'))[0] ?? null,
    raw: withoutPeople(body),
  };
}

/** Payments v1 writes sentences where newer APIs have a code. */
const ISSUE_CODE = /^[A-Z0-9_]{1,100}$/;

/** https://developer.paypal.com/api/rest/responses/#link-failedrequests */
export function parseError(
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): PayPalError {
  const issues = listAt(body, 'details').flatMap((detail) => textAt(detail, 'issue') ?? []);
  const message =
    textAt(body, 'details', 0, 'description') ??
    sentenceIn(valueAt(body, 'details', 0)) ??
    textAt(body, 'message') ??
    textAt(body, 'error_description');
  return {
    name: textAt(body, 'name') ?? textAt(body, 'error'),
    issues: issues.filter((issue) => ISSUE_CODE.test(issue)),
    message: message?.slice(0, MESSAGE_LENGTH_MAX) ?? null,
    debugId: headers['paypal-debug-id'] ?? textAt(body, 'debug_id'),
  };
}

/** `transactions[0].amount.total: Currency amount must be positive`. */
function sentenceIn(detail: unknown): string | null {
  const issue = textAt(detail, 'issue');
  if (issue === null || ISSUE_CODE.test(issue)) return null;
  const field = textAt(detail, 'field');
  return field === null ? issue : `${field}: ${issue}`;
}

/** https://developer.paypal.com/api/rest/authentication/ */
export function parseToken(body: unknown): PayPalToken | null {
  const accessToken = textAt(body, 'access_token');
  const expiresInS = valueAt(body, 'expires_in');
  if (accessToken === null || typeof expiresInS !== 'number' || !(expiresInS > 0)) return null;
  return { accessToken, expiresInS };
}

function onlyUnit(body: unknown): unknown {
  return valueAt(body, 'purchase_units', 0);
}

/** Null when one of them cannot be read. */
function parseAll<T>(
  body: unknown,
  list: 'captures' | 'authorizations',
  parse: (one: unknown) => T | null,
): readonly T[] | null {
  const units = listAt(body, 'purchase_units');
  const found = units.flatMap((unit) => listAt(unit, 'payments', list));
  const parsed = found.flatMap((one) => parse(one) ?? []);
  return parsed.length === found.length ? parsed : null;
}

export function parseAuthorization(authorization: unknown): PayPalAuthorization | null {
  const held = parseCapture(authorization);
  return held && { ...held, expirationTime: textAt(authorization, 'expiration_time') };
}

export function parseCapture(capture: unknown): PayPalCapture | null {
  const id = textAt(capture, 'id');
  const status = textAt(capture, 'status');
  const amount = parseAmount(valueAt(capture, 'amount'));
  if (id === null || status === null || amount === null) return null;
  return {
    id,
    status,
    amount,
    invoiceId: textAt(capture, 'invoice_id'),
    createTime: textAt(capture, 'create_time'),
    updateTime: textAt(capture, 'update_time'),
  };
}

/** Short answers leave it out of the unit and still show it on what was captured or held; these must agree. */
function customIdOf(unit: unknown): string | null {
  const moves = ['captures', 'authorizations'].flatMap((list) => listAt(unit, 'payments', list));
  const ids = moves.map((move) => textAt(move, 'custom_id'));
  return new Set(ids).size === 1 ? (ids[0] ?? null) : null;
}

export function parseAmount(amount: unknown): PayPalAmount | null {
  const currency = textAt(amount, 'currency_code');
  const value = textAt(amount, 'value');
  return currency === null || value === null ? null : { currency_code: currency, value };
}

/** `payer-action` where a payment source was sent, `approve` where none was. */
export function approvalUrl(
  body: unknown,
  rels: readonly string[] = ['payer-action', 'approve'],
): string | null {
  const link = listAt(body, 'links').find((candidate) =>
    rels.includes(textAt(candidate, 'rel') ?? ''),
  );
  const href = textAt(link, 'href');
  return href !== null && /^https?:\/\//.test(href) && URL.canParse(href) ? href : null;
}
