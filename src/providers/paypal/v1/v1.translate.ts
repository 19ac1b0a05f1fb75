import {
  type ProviderCapture,
  type ProviderPayment,
  type ProviderState,
} from '../../payment-provider';
import { fromPayPalAmount } from '../paypal.currencies';
import { type PayPalAmount } from '../paypal.wire';
import { type V1Payment, type V1Sale } from './v1.wire';

/** https://developer.paypal.com/docs/api/payments/v1/#definition-payment; what was executed is up to its sale. */
const PAYMENT_STATES: ReadonlyMap<string, ProviderState> = new Map([
  ['created', 'open'],
  ['approved', 'unknown'],
  ['failed', 'failed'],
]);

/** Money that was given back had come in: the sale of a refund stays a completed one. */
const SALE_STATES: ReadonlyMap<string, ProviderCapture['state']> = new Map([
  ['completed', 'completed'],
  ['partially_refunded', 'completed'],
  ['refunded', 'completed'],
  ['pending', 'pending'],
  ['denied', 'failed'],
]);

/** Completed money before an unknown word, that before pending money, that before a failure. */
const STATE_BY_SALE = [
  ['completed', 'paid'],
  ['unknown', 'unknown'],
  ['pending', 'processing'],
  ['failed', 'failed'],
] as const;

/** PayPal's payment as the port shows payments; null when it holds a sale whose amount cannot be read. */
export function toV1ProviderPayment(payment: V1Payment): ProviderPayment | null {
  const captures = toCaptures(payment.sales);
  if (!captures) return null;
  const { state, providerState } = stateOf(payment);
  const isOpen = state === 'open';
  return {
    providerId: payment.id,
    state,
    providerState,
    amount: payment.amount && fromPayPalAmount(payment.amount),
    reference: payment.custom,
    checkoutUrl: isOpen ? payment.approvalUrl : null,
    // A payment stays `created` until it is executed; that it names its payer is what an agreement changes.
    payerAgreed: isOpen && payment.payerId !== null,
    payerId: payment.payerId,
    token: payment.token,
    captures,
    payMethod: payment.payMethod,
    providerCustomer: null,
    mandate: null,
    subscription: null,
    installmentPlan: null,
    paidAt: state === 'paid' ? paidAt(payment.sales) : null,
    raw: payment.raw,
  };
}

/** The payment's amount as its only sale that holds money proves it: PayPal executes a payment whole. */
export function soldAmount({ sales }: V1Payment): PayPalAmount | null {
  const live = sales.filter(({ state }) => ['completed', 'pending'].includes(saleState(state)));
  return live.length === 1 ? (live[0]?.amount ?? null) : null;
}

/** The word that decides: the sale's where there is one, since an `approved` payment may hold one that is pending. */
function stateOf({ state: word, sales }: V1Payment): {
  readonly state: ProviderState;
  readonly providerState: string;
} {
  const own = PAYMENT_STATES.get(word);
  if (own === undefined) return { state: 'unknown', providerState: word };
  for (const [sold, state] of STATE_BY_SALE) {
    const sale = sales.find((candidate) => saleState(candidate.state) === sold);
    // A payment that was denied once may still be open for another try.
    if (sale && (sold !== 'failed' || own === 'unknown'))
      return { state, providerState: sale.state };
  }
  return { state: own, providerState: word };
}

/** Every sale, one in a state that we do not know as well; null when an amount cannot be read. */
function toCaptures(sales: readonly V1Sale[]): readonly ProviderCapture[] | null {
  const shown: ProviderCapture[] = [];
  for (const { id, state, amount: text } of sales) {
    const amount = fromPayPalAmount(text);
    if (!amount) return null;
    shown.push({ captureId: id, state: saleState(state), amount });
  }
  return shown;
}

function saleState(word: string): ProviderCapture['state'] {
  return SALE_STATES.get(word) ?? 'unknown';
}

/** A completed sale was last updated when its money came; a refund updates it again. */
function paidAt(sales: readonly V1Sale[]): Date | null {
  const paid = sales.find(({ state }) => saleState(state) === 'completed');
  const text = (paid?.state === 'completed' ? paid.updateTime : null) ?? paid?.createTime;
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
