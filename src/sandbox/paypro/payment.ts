import { type JsonObject } from '../http/json';
import { type Manner } from '../notifications/notification';

export const PAYMENT_STATES = [
  'open',
  'initialized',
  'processing',
  'paid',
  'completed',
  'canceled',
  'failed',
  'expired',
] as const;

export type PaymentState = (typeof PAYMENT_STATES)[number];

/** A payment of PayPro: https://docs.paypro.nl/reference/api/payments/ */
export interface Payment {
  id: string;
  /** The API key that made it; nobody else sees it. */
  account: string;
  /** Whole cents; the wire carries a JSON integer, which is exact up to 2^53. */
  amount: number;
  currency: 'EUR';
  description: string;
  state: PaymentState;
  payMethods: string[] | null;
  payMethod: string | null;
  returnUrl: string | null;
  cancelUrl: string | null;
  metadata: JsonObject;
  customer: string | null;
  /** Charged on it, or made by it; missing without one. */
  mandate?: string;
  /** A mandate is to be made when it is paid. */
  setsUpMandate?: boolean;
  /** What PayPro made the payment for; missing when a caller did. */
  subscription?: string | null;
  installmentPlan?: string | null;
  locale: string | null;
  paidAt: string | null;
  /** Missing until the payer has chosen one. */
  manner?: Manner | undefined;
  createdAt: string;
}

export const CUSTOMER_FIELDS = [
  'email',
  'first_name',
  'last_name',
  'address',
  'postal',
  'city',
  'country',
  'vat_number',
  'company_name',
  'phone_number',
] as const;

/** A customer of PayPro: https://docs.paypro.nl/reference/api/customers/ */
export interface Customer {
  id: string;
  account: string;
  fields: Record<string, string | null>;
  deleted: boolean;
  createdAt: string;
}

/** The page can be used and the payment can be canceled. */
export function isPayable(payment: Payment): boolean {
  return payment.state === 'open' || payment.state === 'initialized';
}

export function hasMoney(payment: Payment): boolean {
  return payment.state === 'paid' || payment.state === 'completed';
}
