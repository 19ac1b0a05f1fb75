import { type PayPalAmount } from './paypal.wire';

/** Body of https://developer.paypal.com/docs/api/payments/v2/#authorizations_capture, as far as we use it. */
export interface PayPalHoldCapture {
  readonly amount: PayPalAmount;
  readonly invoice_id: string;
  readonly final_capture: boolean;
}

/** Body of https://developer.paypal.com/docs/api/payments/v2/#authorizations_reauthorize */
export interface PayPalRenewal {
  readonly amount: PayPalAmount;
}
