import { type Answer } from '../../http/answer';
import { textMember } from '../../http/json';
import { rawMember } from '../../http/raw-member';
import { type Sandbox } from '../../sandbox';
import { type PayPalCall } from '../call';
import { certificatePath } from './certificate';
import { ALGORITHM, isGenuine } from './transmission';
import { invalidData } from './webhook-errors';
import { findWebhook } from './webhooks';

const REQUIRED = [
  'auth_algo',
  'cert_url',
  'transmission_id',
  'transmission_sig',
  'transmission_time',
  'webhook_id',
  'webhook_event',
];

/**
 * `POST /v1/notifications/verify-webhook-signature`: the event counts byte for byte as it stands in the request:
 * https://developer.paypal.com/docs/api/webhooks/v1/#verify-webhook-signature_post
 */
export function verifySignature(sandbox: Sandbox, call: PayPalCall): Answer {
  const missing = REQUIRED.filter((name) => rawMember(call.text, name) === undefined);
  if (missing.length > 0) {
    return invalidData(...missing.map((field) => ({ field, issue: 'It has to be sent.' })));
  }
  const status = isVerified(sandbox, call) ? 'SUCCESS' : 'FAILURE';
  return { status: 200, body: { verification_status: status } };
}

function isVerified(sandbox: Sandbox, { account, body, text }: PayPalCall): boolean {
  const sent = (name: string) => textMember(body, name) ?? '';
  const webhook = findWebhook(sandbox, { account, id: sent('webhook_id') });
  const knowsHow = sent('auth_algo') === ALGORITHM;
  const isOurs = sent('cert_url').endsWith(certificatePath(sandbox.signer));
  if (webhook === undefined || !knowsHow || !isOurs) return false;
  const signed = {
    transmissionId: sent('transmission_id'),
    time: sent('transmission_time'),
    webhookId: webhook.id,
    body: rawMember(text, 'webhook_event') ?? '',
  };
  return isGenuine(sandbox.signer, signed, sent('transmission_sig'));
}
