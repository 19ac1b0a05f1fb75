import { isCurrency } from '../../../../src/shared/money/currency';
import { Money, minorToJson } from '../../../../src/shared/money/money';
import { type CallResult } from '../../../../src/providers/provider-call';
import {
  type CreateOrder,
  type ProviderPayment,
  type ProviderState,
} from '../../../../src/providers/payment-provider';
import { type ProviderRefund, type RefundOrder } from '../../../../src/providers/provider-parts';
import {
  type AcmeCheckout,
  type AcmeNewCheckout,
  type AcmeNewReturn,
  type AcmeReturn,
} from './acme.wire';

const STATES: ReadonlyMap<string, ProviderState> = new Map([
  ['waiting', 'open'],
  ['agreed', 'open'],
  ['collected', 'paid'],
]);

const RETURN_STATES: ReadonlyMap<string, ProviderRefund['state']> = new Map([
  ['on its way', 'pending'],
  ['arrived', 'refunded'],
]);

export function toNewCheckout(order: CreateOrder): AcmeNewCheckout {
  return {
    price: `${order.amount.toDecimal()} ${order.amount.currency}`,
    ref: order.reference,
    text: order.description ?? `Payment ${order.reference}`,
    ...(order.returnUrl === null ? {} : { back: order.returnUrl }),
  };
}

export function toProviderPayment(checkout: AcmeCheckout): ProviderPayment {
  const state = STATES.get(checkout.status) ?? 'unknown';
  const amount = toMoney(checkout);
  const isTaken = state === 'paid' && amount !== null;
  return {
    providerId: checkout.id,
    state,
    providerState: checkout.status,
    amount,
    reference: checkout.ref,
    checkoutUrl: state === 'open' ? checkout.page : null,
    payerAgreed: checkout.status === 'agreed',
    payerId: null,
    token: null,
    captures: isTaken ? [{ captureId: checkout.id, state: 'completed', amount }] : [],
    payMethod: null,
    providerCustomer: null,
    mandate: null,
    subscription: null,
    installmentPlan: null,
    paidAt: checkout.collectedAt,
    raw: checkout.raw,
  };
}

export function toNewReturn({ amount, reference }: RefundOrder): AcmeNewReturn {
  return { cents: minorToJson(amount.minor), ref: reference };
}

/** A return without an amount cannot be compared with what was asked for. */
export function toProviderRefund(shown: AcmeReturn): CallResult<ProviderRefund> {
  const amount = toMoney(shown);
  if (amount === null) {
    const message = `Acme shows ${shown.id} as ${shown.status} without its amount.`;
    const trouble = { code: 'answer_incomplete', message, reference: null };
    return { outcome: 'unknown', trouble };
  }
  const value: ProviderRefund = {
    refundId: shown.id,
    state: RETURN_STATES.get(shown.status) ?? 'unknown',
    providerState: shown.status,
    amount,
    reference: shown.ref,
    captureId: null,
    createdAt: shown.at,
  };
  return { outcome: 'done', value };
}

function toMoney({ cents, currency }: AcmeCheckout | AcmeReturn): Money | null {
  if (cents === null || currency === null || !isCurrency(currency)) return null;
  return Money.of(cents, currency);
}
