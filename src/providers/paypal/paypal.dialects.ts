import { type PaymentOps } from '../payment-provider';
import { type ProviderCapabilities } from '../provider-capabilities';
import { type RefundOps } from '../provider-parts';
import { PAYPAL_CURRENCIES } from './paypal.currencies';
import { V1_CURRENCIES } from './v1/v1.request';

/** `orders_v2`, or the deprecated `payments_v1`: what new payments of the account are made with. */
export type PayPalDialect = 'orders_v2' | 'payments_v1';

/** Ids of Payments v1 begin with `PAY-` or, since 2019, with `PAYID-`; an order's holds no dash. */
const V1_ID = /^PAY(?:ID)?-/;

/** Which dialect a payment was made in, whatever the account speaks now. */
export function dialectOf(providerId: string): PayPalDialect {
  return V1_ID.test(providerId) ? 'payments_v1' : 'orders_v2';
}

/** New payments in the account's dialect; the others are finished in the one they were made in. */
export function paymentsInDialects(
  own: PayPalDialect,
  ops: Readonly<Record<PayPalDialect, Required<Pick<PaymentOps, 'create' | 'read' | 'capture'>>>>,
): PaymentOps {
  return {
    create: (order) => ops[own].create(order),
    read: (providerId) => ops[dialectOf(providerId)].read(providerId),
    capture: (order) => ops[dialectOf(order.providerId)].capture(order),
  };
}

/** The same for refunds, which belong to payments; a repeat is safe for as long as both dialects recognise it. */
export function refundsInDialects(ops: Readonly<Record<PayPalDialect, RefundOps>>): RefundOps {
  const { orders_v2, payments_v1 } = ops;
  return {
    repeatMs: Math.min(orders_v2.repeatMs, payments_v1.repeatMs),
    refund: (order) => ops[dialectOf(order.providerId)].refund(order),
    read: (ids) => ops[dialectOf(ids.providerId)].read(ids),
    list: (providerId) => ops[dialectOf(providerId)].list(providerId),
  };
}

/** Both, for what does not tell by its id which one it was made in: the account's own comes first. */
export function inOrder<T>(
  own: PayPalDialect,
  parts: Readonly<Record<PayPalDialect, T>>,
): { readonly first: T; readonly then: T } {
  const other = own === 'orders_v2' ? 'payments_v1' : 'orders_v2';
  return { first: parts[own], then: parts[other] };
}

const HOUR_MS = 3_600_000;
/**
 * Request ids of orders are kept for six hours, the sixth is left alone: clocks differ. Payments v1 keeps those of
 * executes for 30 days, but a payment that was not executed is gone within hours, and then a person has to look.
 */
const REPEAT_MS = 5 * HOUR_MS;

/** What differs between the dialects. */
export function capabilitiesOf(
  dialect: PayPalDialect,
): Pick<ProviderCapabilities, 'currencies' | 'holds' | 'repeat' | 'returnIds' | 'needsReturnUrls'> {
  if (dialect === 'orders_v2') {
    return {
      currencies: PAYPAL_CURRENCIES,
      holds: true,
      repeat: { createMs: REPEAT_MS, captureMs: REPEAT_MS, cancelMs: 0 },
      returnIds: 'ours',
      needsReturnUrls: false,
    };
  }
  return {
    currencies: V1_CURRENCIES,
    holds: false,
    // Request ids are documented for executes and refunds, and not for creates.
    repeat: { createMs: 0, captureMs: REPEAT_MS, cancelMs: 0 },
    returnIds: 'theirs',
    needsReturnUrls: true,
  };
}
