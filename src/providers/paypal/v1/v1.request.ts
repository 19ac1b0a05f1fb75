import { type CreateOrder } from '../../payment-provider';
import { currenciesUpTo } from '../paypal.currencies';
import { cut } from '../paypal.text';
import { type PayPalAmount } from '../paypal.wire';
import { type V1Amount, type V1PaymentRequest } from './v1.wire';

/** https://developer.paypal.com/docs/api/payments/v1/#definition-transaction */
const TEXT_LENGTH_MAX = 127;
/** `nl-NL`, which PayPal writes `nl_NL` here; any other one is ignored by it. */
const LOCALE = /^([a-z]{2})-([A-Z]{2})$/;
/** Before the decimal point: https://developer.paypal.com/docs/api/payments/v1/#definition-amount */
const DIGITS_MAX = 7;

/** What PayPal takes by Payments v1: the same currencies, and smaller amounts. */
export const V1_CURRENCIES = currenciesUpTo(
  ({ isoUnits, exponent }) => isoUnits * (10n ** BigInt(DIGITS_MAX + exponent) - 1n),
);

/** A create that has the addresses which Payments v1 cannot do without. */
export type RedirectedOrder = CreateOrder & {
  readonly returnUrl: string;
  readonly cancelUrl: string;
};

export function isRedirected(order: CreateOrder): order is RedirectedOrder {
  return order.returnUrl !== null && order.cancelUrl !== null;
}

/** The payment as PayPal wants it: a sale, which moves money on our execute only. */
export function v1PaymentRequest(
  order: RedirectedOrder,
  amount: PayPalAmount,
  brandName: string | null,
): V1PaymentRequest {
  const [, language, country] = LOCALE.exec(order.locale ?? '') ?? [];
  return {
    intent: 'sale',
    payer: { payment_method: 'paypal' },
    transactions: [
      {
        amount: toV1Amount(amount),
        custom: order.reference,
        // PayPal accounts may refuse a second payment with the same number: a wall that outlives the key.
        invoice_number: order.reference,
        ...(order.description ? { description: cut(order.description, TEXT_LENGTH_MAX) } : {}),
      },
    ],
    redirect_urls: { return_url: order.returnUrl, cancel_url: order.cancelUrl },
    application_context: {
      ...(brandName === null ? {} : { brand_name: cut(brandName, TEXT_LENGTH_MAX) }),
      ...(language === undefined ? {} : { locale: `${language}_${country}` }),
      shipping_preference: 'NO_SHIPPING',
      user_action: 'commit',
    },
  };
}

export function toV1Amount({ currency_code, value }: PayPalAmount): V1Amount {
  return { currency: currency_code, total: value };
}
