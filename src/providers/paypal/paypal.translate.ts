import {
  type ProviderCapture,
  type ProviderPayment,
  type ProviderState,
} from '../payment-provider';
import { fromPayPalAmount } from './paypal.currencies';
import {
  captureReference,
  captureState,
  currentAuthorization,
  stateOfHeld,
  toHold,
} from './paypal.hold-translate';
import { type PayPalAmount, type PayPalCapture, type PayPalOrder } from './paypal.wire';

/** https://developer.paypal.com/docs/api/orders/v2/#definition-order_status; COMPLETED is up to the captures. */
const ORDER_STATES: ReadonlyMap<string, ProviderState> = new Map([
  ['CREATED', 'open'],
  ['SAVED', 'open'],
  ['PAYER_ACTION_REQUIRED', 'open'],
  ['APPROVED', 'open'],
  ['VOIDED', 'canceled'],
  ['COMPLETED', 'unknown'],
]);

const STATE_BY_CAPTURE = {
  completed: 'paid',
  unknown: 'unknown',
  pending: 'processing',
  failed: 'failed',
} as const;

/** PayPal's order as the port shows payments; null when it shows money whose amount cannot be read. */
export function toPayment(order: PayPalOrder): ProviderPayment | null {
  const captures = toCaptures(order.captures);
  const authorization = currentAuthorization(order);
  const hold = authorization && toHold(authorization);
  if (!captures || (authorization && !hold)) return null;
  const { state, providerState } = authorization
    ? { state: stateOfHeld(authorization, captures), providerState: authorization.status }
    : stateOf(order);
  return {
    providerId: order.id,
    state,
    providerState,
    amount: order.amount && fromPayPalAmount(order.amount),
    reference: order.customId,
    checkoutUrl: state === 'open' ? order.approvalUrl : null,
    payerAgreed: order.status === 'APPROVED' && state === 'open',
    payerId: order.payerId,
    // The browser comes back with `token=<order id>`: callers compare it with what a client sends.
    token: order.id,
    captures,
    ...(hold ? { hold } : {}),
    payMethod: order.paymentSource,
    providerCustomer: null,
    mandate: null,
    subscription: null,
    installmentPlan: null,
    paidAt: state === 'paid' ? paidAt(order.captures) : null,
    raw: order.raw,
  };
}

/**
 * The order's amount as money proves it that PayPal moves whole: the one hold, or else the one capture, that stands.
 * What was captured of a hold may be a part.
 */
export function shownAmount({ captures, authorizations }: PayPalOrder): PayPalAmount | null {
  if (authorizations.length > 0) {
    return authorizations.length === 1 ? (authorizations[0]?.amount ?? null) : null;
  }
  const live = captures.filter(({ status }) =>
    ['completed', 'pending'].includes(captureState(status)),
  );
  return live.length === 1 ? (live[0]?.amount ?? null) : null;
}

/**
 * The word that decides: a capture's where there is one, since a COMPLETED order may hold a capture that is
 * pending or was declined, and the order's own otherwise. Money outweighs what the order calls itself.
 */
function stateOf(order: PayPalOrder): { state: ProviderState; providerState: string } {
  const own = ORDER_STATES.get(order.status);
  if (own === undefined) return { state: 'unknown', providerState: order.status };
  const word = decidingWord(order.captures);
  if (word === undefined) return { state: own, providerState: order.status };
  const captured = captureState(word);
  if (captured === 'failed' && own !== 'unknown')
    return { state: own, providerState: order.status };
  return { state: STATE_BY_CAPTURE[captured], providerState: word };
}

/** Completed money before an unknown word, that before pending money, that before a failure. */
function decidingWord(captures: readonly PayPalCapture[]): string | undefined {
  const rank = ['completed', 'unknown', 'pending', 'failed'];
  const words = captures.map(({ status }) => status);
  return words.sort((a, b) => rank.indexOf(captureState(a)) - rank.indexOf(captureState(b)))[0];
}

/** Every capture, one in a state that we do not know as well; null when an amount cannot be read. */
function toCaptures(captures: readonly PayPalCapture[]): readonly ProviderCapture[] | null {
  const shown: ProviderCapture[] = [];
  for (const { id, status, amount: text, invoiceId } of captures) {
    const amount = fromPayPalAmount(text);
    if (!amount) return null;
    const reference = captureReference(invoiceId);
    shown.push({
      captureId: id,
      state: captureState(status),
      amount,
      ...(reference === null ? {} : { reference }),
    });
  }
  return shown;
}

/** When the last of the money came; null when PayPal does not say so of any. */
function paidAt(captures: readonly PayPalCapture[]): Date | null {
  const times = captures
    .filter(({ status }) => captureState(status) === 'completed')
    .map((one) => cameAtMs(one))
    .filter((ms) => !Number.isNaN(ms));
  return times.length === 0 ? null : new Date(Math.max(...times));
}

/** A completed capture was last updated when its money came; a refund updates it again. */
function cameAtMs({ status, createTime, updateTime }: PayPalCapture): number {
  const text = (status === 'COMPLETED' ? updateTime : null) ?? createTime;
  return new Date(text ?? Number.NaN).getTime();
}
