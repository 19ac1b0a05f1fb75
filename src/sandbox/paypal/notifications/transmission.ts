import { createSign, createVerify, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type PayPalSigner } from './signer';

export const ALGORITHM = 'SHA256withRSA';

/** What a signature is made over; any other byte of the body makes another checksum. */
export interface Signed {
  transmissionId: string;
  time: string;
  webhookId: string;
  body: string;
}

/** The headers of a delivery, which is a transmission of its own: a repeated one has another id and time. */
export function transmissionHeaders(
  signer: PayPalSigner,
  { webhookId, body, certificateUrl }: { webhookId: string; body: string; certificateUrl: string },
): Record<string, string> {
  // The machine's time, not the simulator's: receivers compare it with their own clock.
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  const transmissionId = randomUUID();
  const signature = createSign('RSA-SHA256')
    .update(messageOf({ transmissionId, time, webhookId, body }))
    .sign(signer.privateKey, 'base64');
  return {
    'PAYPAL-TRANSMISSION-ID': transmissionId,
    'PAYPAL-TRANSMISSION-TIME': time,
    'PAYPAL-TRANSMISSION-SIG': signature,
    'PAYPAL-CERT-URL': certificateUrl,
    'PAYPAL-AUTH-ALGO': ALGORITHM,
    'PAYPAL-AUTH-VERSION': 'v2',
    'CORRELATION-ID': transmissionId.slice(0, 13),
  };
}

export function isGenuine(signer: PayPalSigner, signed: Signed, signature: string): boolean {
  return createVerify('RSA-SHA256')
    .update(messageOf(signed))
    .verify(signer.certificate, signature, 'base64');
}

/** https://developer.paypal.com/api/rest/webhooks/rest/#link-messagesignature */
function messageOf({ transmissionId, time, webhookId, body }: Signed): string {
  return [transmissionId, time, webhookId, crc32(body)].join('|');
}
