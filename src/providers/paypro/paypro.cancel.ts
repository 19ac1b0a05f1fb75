import { type CallResult, type Refusal, troubleIn } from '../provider-call';
import { type ProviderPayment } from '../payment-provider';
import { type ProviderRefund } from '../provider-parts';
import { type PayproClient } from './paypro.client';
import { toPaymentResult, toRefundResult } from './paypro.results';

/** What can be canceled, and how PayPro is asked about it. */
interface Cancelable<T> {
  readonly name: string;
  readonly cancel: () => Promise<CallResult<T>>;
  readonly read: () => Promise<CallResult<T>>;
  /** Whose turn it is after a refusal, by what the thing is now. */
  readonly kindOf: (shown: T) => Refusal['kind'];
}

type Shown = Pick<ProviderPayment | ProviderRefund, 'state' | 'providerState'>;

/**
 * Cancels a payment, which PayPro allows in `open` and `initialized` only.
 * https://docs.paypro.nl/reference/api/payments
 */
export function cancelPayment(
  client: PayproClient,
  id: string,
): Promise<CallResult<ProviderPayment>> {
  return cancelOrExplain({
    name: 'payment',
    cancel: async () => toPaymentResult(await client.cancelPayment(id)),
    read: async () => toPaymentResult(await client.getPayment(id)),
    kindOf: () => 'final',
  });
}

/**
 * Cancels a refund, which PayPro allows in `open`, `pending` and `processing` only.
 * https://docs.paypro.nl/payments/refunds.html
 */
export function cancelRefund(
  client: PayproClient,
  id: string,
): Promise<CallResult<ProviderRefund>> {
  return cancelOrExplain({
    name: 'refund',
    cancel: async () => toRefundResult(await client.cancelRefund(id)),
    read: async () => toRefundResult(await client.getRefund(id)),
    // Only what has ended can never be canceled.
    kindOf: ({ state }) => (state === 'refunded' || state === 'failed' ? 'final' : 'request'),
  });
}

/** PayPro refuses the second cancel like one that comes too late, so a refusal is explained by what the thing is. */
async function cancelOrExplain<T extends Shown>(thing: Cancelable<T>): Promise<CallResult<T>> {
  const canceled = await thing.cancel();
  if (canceled.outcome === 'refused' && canceled.refusal.kind === 'request') {
    return explainRefusal(thing, canceled.refusal);
  }
  if (canceled.outcome !== 'done' || canceled.value.state === 'canceled') return canceled;
  const message = `PayPro accepted the cancel and still shows the ${thing.name} as ${canceled.value.providerState}.`;
  return { outcome: 'unknown', trouble: { code: 'still_not_canceled', message, reference: null } };
}

async function explainRefusal<T extends Shown>(
  { read, kindOf }: Cancelable<T>,
  refusal: Refusal,
): Promise<CallResult<T>> {
  const found = await read();
  if (found.outcome === 'done') {
    if (found.value.state === 'canceled') return found;
    // It may be a word of theirs for what is canceled.
    if (found.value.state === 'unknown') return { outcome: 'unknown', trouble: refusal };
    return { outcome: 'refused', refusal: { ...refusal, kind: kindOf(found.value) } };
  }
  if (found.outcome === 'not_found') return found;
  // The cancel did reach PayPro, so "not sent" and "refused" would be wrong about it.
  return { outcome: 'unknown', trouble: troubleIn(found) };
}
