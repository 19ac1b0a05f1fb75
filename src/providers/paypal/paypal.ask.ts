import { textAt } from '../../shared/json';
import { type CallTrouble } from '../provider-call';
import { type PayPalClient } from './paypal.client';
import { troubleOf } from './paypal.outcome';
import { type SignedDelivery } from './paypal.signature';

/** What is known about a signature; `silence`: nothing. */
export type PayPalAnswer =
  | { readonly kind: 'success' | 'failure' }
  | { readonly kind: 'silence'; readonly trouble: CallTrouble };

/**
 * Asks PayPal whether a delivery is its own. `event` is the body as it came and one JSON value: it is put into
 * the question unread, because PayPal compares bytes, and `1.0` written anew is `1`.
 * https://developer.paypal.com/docs/api/webhooks/v1/#verify-webhook-signature_post
 */
export async function askAboutSignature(
  client: Pick<PayPalClient, 'verifySignature'>,
  { transmission, webhookId }: SignedDelivery,
  event: string,
): Promise<PayPalAnswer> {
  const question = JSON.stringify({
    auth_algo: 'SHA256withRSA',
    cert_url: transmission.certificateUrl,
    transmission_id: transmission.id,
    transmission_sig: transmission.signature,
    transmission_time: transmission.time,
    webhook_id: webhookId,
  });
  const reply = await client.verifySignature(`${question.slice(0, -1)},"webhook_event":${event}}`);
  if (reply.kind !== 'answer') return { kind: 'silence', trouble: reply.trouble };
  const status = reply.status === 200 ? textAt(reply.body, 'verification_status') : null;
  if (status === 'SUCCESS') return { kind: 'success' };
  if (status === 'FAILURE') return { kind: 'failure' };
  return { kind: 'silence', trouble: troubleOf(reply) };
}
