import { listAt, textAt, valueAt, type JsonObject } from '../../../shared/json';
import { withoutPeople } from '../paypal.evidence';
import { approvalUrl, type PayPalAmount } from '../paypal.wire';

/** https://developer.paypal.com/docs/api/payments/v1/#definition-amount */
export interface V1Amount {
  readonly currency: string;
  readonly total: string;
}

/** Body of https://developer.paypal.com/docs/api/payments/v1/#payment_create, as far as we use it. */
export interface V1PaymentRequest {
  readonly intent: 'sale';
  readonly payer: { readonly payment_method: 'paypal' };
  readonly transactions: readonly {
    readonly amount: V1Amount;
    readonly custom: string;
    readonly invoice_number: string;
    readonly description?: string;
  }[];
  readonly redirect_urls: { readonly return_url: string; readonly cancel_url: string };
  readonly application_context: {
    readonly brand_name?: string;
    readonly locale?: string;
    readonly shipping_preference: 'NO_SHIPPING';
    readonly user_action: 'commit';
  };
}

/** https://developer.paypal.com/docs/api/payments/v1/#definition-payment, without what people wrote in it. */
export interface V1Payment {
  readonly id: string;
  readonly state: string;
  readonly amount: PayPalAmount | null;
  /** Our reference: `custom`. */
  readonly custom: string | null;
  readonly approvalUrl: string | null;
  /** The `EC-…` of the payer's session. */
  readonly token: string | null;
  readonly payerId: string | null;
  readonly payMethod: string | null;
  readonly sales: readonly V1Sale[];
  readonly raw: JsonObject;
}

/** https://developer.paypal.com/docs/api/payments/v1/#definition-sale */
export interface V1Sale {
  readonly id: string;
  readonly state: string;
  readonly amount: PayPalAmount;
  readonly createTime: string | null;
  readonly updateTime: string | null;
}

/** Null when this is no payment, or one that holds a sale without an id, a state or an amount. */
export function parseV1Payment(body: unknown): V1Payment | null {
  const id = textAt(body, 'id');
  const state = textAt(body, 'state');
  const sales = parseSales(body);
  if (id === null || state === null || sales === null) return null;
  // We ask for one transaction; with more of them the first one's amount would not be the payment's.
  const isOne = listAt(body, 'transactions').length === 1;
  const transaction = isOne ? valueAt(body, 'transactions', 0) : {};
  const url = approvalUrl(body, ['approval_url']);
  return {
    id,
    state,
    sales,
    amount: parseV1Amount(valueAt(transaction, 'amount')),
    custom: textAt(transaction, 'custom'),
    approvalUrl: url,
    token: tokenOf({ url, cart: textAt(body, 'cart') }),
    payerId: textAt(body, 'payer', 'payer_info', 'payer_id'),
    payMethod: textAt(body, 'payer', 'payment_method'),
    raw: withoutPeople(body),
  };
}

/** In the words of the newer APIs, which the amounts of the whole adapter are written in. */
export function parseV1Amount(amount: unknown): PayPalAmount | null {
  const currency = textAt(amount, 'currency');
  const value = textAt(amount, 'total');
  return currency === null || value === null ? null : { currency_code: currency, value };
}

/** What belongs to the transactions, by its name: `sale`, `refund`. */
export function relatedTo(body: unknown, name: 'sale' | 'refund'): readonly unknown[] {
  const resources = listAt(body, 'transactions').flatMap((one) => listAt(one, 'related_resources'));
  return resources.flatMap((resource) => valueAt(resource, name) ?? []);
}

function parseSales(body: unknown): readonly V1Sale[] | null {
  const found = relatedTo(body, 'sale');
  const sales = found.flatMap((sale) => parseSale(sale) ?? []);
  return sales.length === found.length ? sales : null;
}

function parseSale(sale: unknown): V1Sale | null {
  const id = textAt(sale, 'id');
  const state = textAt(sale, 'state');
  const amount = parseV1Amount(valueAt(sale, 'amount'));
  if (id === null || state === null || amount === null) return null;
  return {
    id,
    state,
    amount,
    createTime: textAt(sale, 'create_time'),
    updateTime: textAt(sale, 'update_time'),
  };
}

/** Part of the link as long as the payer can agree; afterwards the payment shows it without its first letters. */
function tokenOf({ url, cart }: { url: string | null; cart: string | null }): string | null {
  const token = url === null ? null : new URL(url).searchParams.get('token');
  if (token !== null && token !== '') return token;
  return cart === null ? null : `EC-${cart}`;
}
