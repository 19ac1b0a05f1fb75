import { type CreateOrder } from '../payment-provider';
import { cut } from './paypal.text';
import { type PayPalAmount, type PayPalExperience, type PayPalOrderRequest } from './paypal.wire';

/** https://developer.paypal.com/docs/api/orders/v2/#definition-purchase_unit_request */
const TEXT_LENGTH_MAX = 127;
/** `nl-NL`, `zh-Hant-TW`; PayPal refuses a language alone and an underscore. */
const LOCALE = /^[a-z]{2}(?:-[A-Z][a-z]{3})?-(?:[A-Z]{2}|\d{3})$/;

/** The order as PayPal wants it. Money moves on our calls only: no `processing_instruction`, ever. */
export function orderRequest(
  order: CreateOrder,
  amount: PayPalAmount,
  brandName: string | null,
): PayPalOrderRequest {
  return {
    intent: order.captureMethod === 'manual' ? 'AUTHORIZE' : 'CAPTURE',
    purchase_units: [
      {
        reference_id: 'default',
        amount,
        custom_id: order.reference,
        // PayPal accounts refuse a second payment with the same invoice id: a wall that outlives the key.
        invoice_id: order.reference,
        ...(order.description ? { description: cut(order.description, TEXT_LENGTH_MAX) } : {}),
      },
    ],
    payment_source: { paypal: { experience_context: experience(order, brandName) } },
  };
}

function experience(order: CreateOrder, brandName: string | null): PayPalExperience {
  return {
    ...(order.returnUrl === null ? {} : { return_url: order.returnUrl }),
    ...(order.cancelUrl === null ? {} : { cancel_url: order.cancelUrl }),
    ...(brandName === null ? {} : { brand_name: cut(brandName, TEXT_LENGTH_MAX) }),
    ...(order.locale !== null && LOCALE.test(order.locale) ? { locale: order.locale } : {}),
    user_action: 'PAY_NOW',
    shipping_preference: 'NO_SHIPPING',
  };
}
