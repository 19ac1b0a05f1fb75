import { type CallResult, type Refusal } from '../provider-call';
import { type ProviderPayment } from '../payment-provider';
import { type PayproClient } from './paypro.client';
import { toResult } from './paypro.outcome';
import { toProviderPayment } from './paypro.translate';
import { readPayment } from './paypro.wire';

/**
 * Cancels a payment, which PayPro allows in `open` and `initialized` only. It refuses the second cancel like
 * that of a paid payment, so a refusal is explained by what the payment is.
 * https://docs.paypro.nl/reference/api/payments
 */
export async function cancelPayment(
  client: PayproClient,
  id: string,
): Promise<CallResult<ProviderPayment>> {
  const canceled = toResult(await client.cancelPayment(id), readPayment);
  if (canceled.outcome === 'refused' && canceled.refusal.kind === 'request') {
    return explainRefusal(client, id, canceled.refusal);
  }
  if (canceled.outcome !== 'done') return canceled;
  const payment = toProviderPayment(canceled.value);
  if (payment.state === 'canceled') return { outcome: 'done', value: payment };
  const message = `PayPro accepted the cancel and still shows the payment as ${payment.providerState}.`;
  return { outcome: 'unknown', trouble: { code: 'still_not_canceled', message, reference: null } };
}

async function explainRefusal(
  client: PayproClient,
  id: string,
  refusal: Refusal,
): Promise<CallResult<ProviderPayment>> {
  const read = toResult(await client.getPayment(id), readPayment);
  switch (read.outcome) {
    case 'done': {
      const payment = toProviderPayment(read.value);
      if (payment.state === 'canceled') return { outcome: 'done', value: payment };
      return { outcome: 'refused', refusal: { ...refusal, kind: 'final' } };
    }
    case 'not_found':
      return read;
    // The cancel did reach PayPro, so "not sent" would be wrong about it as well.
    case 'refused':
      return { outcome: 'unknown', trouble: withoutKind(read.refusal) };
    case 'not_sent':
    case 'unknown':
      return { outcome: 'unknown', trouble: read.trouble };
  }
}

function withoutKind({ code, message, reference }: Refusal) {
  return { code, message, reference };
}
