import { verify, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type RawNotification } from '../provider-parts';

/** The only algorithm that PayPal documents. */
const ALGORITHM = 'SHA256withRSA';

/** What PayPal says about a delivery in its headers. */
export interface Transmission {
  readonly id: string;
  readonly time: string;
  /** Base 64. */
  readonly signature: string;
  readonly certificateUrl: string;
}

/** A UUID; no `|`, which separates the parts of what is signed. */
const ID = /^[\w-]{1,64}$/;
/** RFC 3339. */
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]{5,20}(?:Z|[+-]\d\d:\d\d)$/;
/** Of a key with up to 8192 bits. */
const SIGNATURE = /^[A-Za-z0-9+/]{64,1400}={0,2}$/;

/** Null when a header is missing or is not what PayPal sends. */
export function readTransmission(headers: RawNotification['headers']): Transmission | null {
  const id = headers['paypal-transmission-id'] ?? '';
  const time = headers['paypal-transmission-time'] ?? '';
  const signature = headers['paypal-transmission-sig'] ?? '';
  const certificateUrl = headers['paypal-cert-url'] ?? '';
  if (!ID.test(id) || !TIME.test(time) || !SIGNATURE.test(signature)) return null;
  if (certificateUrl === '' || headers['paypal-auth-algo'] !== ALGORITHM) return null;
  return { id, time, signature, certificateUrl };
}

/**
 * Whether the holder of the key sent this transmission to our webhook. The signature covers the body by its
 * CRC-32 only, which anybody can preserve while changing the body: it proves where a delivery comes from and
 * nothing of what it says. https://developer.paypal.com/api/rest/webhooks/rest/
 */
export function isSigned(
  { transmission, body, webhookId }: SignedDelivery,
  key: KeyObject,
): boolean {
  if (key.asymmetricKeyType !== 'rsa') return false;
  const message = [transmission.id, transmission.time, webhookId, crc32(body)].join('|');
  const signature = Buffer.from(transmission.signature, 'base64');
  return verify('RSA-SHA256', Buffer.from(message), key, signature);
}

export interface SignedDelivery {
  readonly transmission: Transmission;
  readonly body: Buffer;
  readonly webhookId: string;
}
