import { isCurrency } from '../../shared/money/currency';
import { Money, minorToJson } from '../../shared/money/money';
import { textAt } from '../../shared/json';
import {
  type CreateOrder,
  type ProviderCapture,
  type ProviderPayment,
  type ProviderState,
} from '../payment-provider';
import { type PayproNewPayment, type PayproPayment } from './paypro.wire';

/** Our reference travels under this key of the payment's metadata, which PayPro gives back unchanged. */
export const REFERENCE_KEY = 'kassa_payment';

/**
 * PayPro's states. There is none for refunds and chargebacks: those are objects of their own, and the
 * payment stays `paid` or `completed`. See https://docs.paypro.nl/payments/refunds.html
 */
const STATES: ReadonlyMap<string, ProviderState> = new Map([
  ['initialized', 'open'],
  ['open', 'open'],
  ['processing', 'processing'],
  ['paid', 'paid'],
  ['completed', 'paid'],
  ['canceled', 'canceled'],
  ['failed', 'failed'],
  ['expired', 'expired'],
]);

export function toNewPayment(order: CreateOrder): PayproNewPayment {
  return {
    amount: minorToJson(order.amount.minor),
    currency: order.amount.currency,
    // PayPro requires a description and shows it to the payer.
    description: order.description || `Payment ${order.reference}`,
    metadata: { ...order.metadata, [REFERENCE_KEY]: order.reference },
    ...(order.returnUrl === null ? {} : { return_url: order.returnUrl }),
    ...(order.cancelUrl === null ? {} : { cancel_url: order.cancelUrl }),
    ...(order.payMethods.length === 0 ? {} : { pay_methods: order.payMethods }),
    ...payerOf(order),
    ...(order.locale === null ? {} : { locale: toLanguage(order.locale) }),
  };
}

/** A mandate says who pays: PayPro refuses a customer or another mandate beside it. */
function payerOf({ mandate, providerCustomer: customer, setupMandate }: CreateOrder) {
  if (mandate !== null) return { mandate };
  return {
    ...(customer === null ? {} : { customer }),
    ...(setupMandate ? { setup_mandate: true as const } : {}),
  };
}

export function toProviderPayment(payment: PayproPayment): ProviderPayment {
  const state = STATES.get(payment.state) ?? 'unknown';
  const amount = toMoney(payment);
  return {
    providerId: payment.id,
    state,
    providerState: payment.state,
    amount,
    reference: referenceOf(payment),
    checkoutUrl: state === 'open' ? toWebAddress(payment.checkout) : null,
    // The payer's own act moves the money at PayPro; there is nothing left for us to take.
    payerAgreed: false,
    payerId: null,
    token: null,
    captures: state === 'paid' ? toCaptures(payment.id, amount) : [],
    payMethod: payment.pay_method,
    providerCustomer: payment.customer,
    mandate: payment.mandate,
    subscription: payment.subscription,
    installmentPlan: payment.installment_plan,
    paidAt: payment.paid_at,
    raw: payment.raw,
  };
}

/** The payment of ours that a payment at PayPro was made for; null when it does not say. */
export function referenceOf(payment: PayproPayment): string | null {
  return textAt(payment.metadata, REFERENCE_KEY);
}

/** PayPro knows no captures: the payment itself is the one that took the money. */
function toCaptures(captureId: string, amount: Money | null): readonly ProviderCapture[] {
  return amount === null ? [] : [{ captureId, state: 'completed', amount }];
}

function toMoney({ amount, currency }: PayproPayment): Money | null {
  if (amount === null || currency === null || !isCurrency(currency)) return null;
  return Money.of(BigInt(amount), currency);
}

/** PayPro does not document the host of its pay page, so any is fine; a script is no web address, though. */
function toWebAddress(link: string | null): string | null {
  if (link === null || !URL.canParse(link)) return null;
  return /^https?:$/.test(new URL(link).protocol) ? link : null;
}

/** PayPro's locales are bare languages (`nl`) and one that it does not know is ignored, `nl-NL` included. */
function toLanguage(locale: string): string {
  return locale.replace(/[-_].*$/, '').toLowerCase();
}
