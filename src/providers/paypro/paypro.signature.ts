import { createHmac, timingSafeEqual } from 'node:crypto';
import { type RawNotification } from '../provider-parts';

/** How far a delivery's time may be from ours, either way: what PayPro's own clients allow. */
const TOLERANCE_S = 600;

const TIMESTAMP = /^\d{1,12}$/;
const SIGNATURE = /^[0-9a-f]{64}$/;

/** Why a delivery is not from the holder of one of the secrets; null when it is. */
export function objectionTo(
  { headers, body }: RawNotification,
  secrets: readonly string[],
  now: Date,
): string | null {
  const timestamp = headers['paypro-timestamp'] ?? '';
  const signature = headers['paypro-signature'] ?? '';
  if (!TIMESTAMP.test(timestamp) || !SIGNATURE.test(signature)) {
    return 'a header is missing or odd';
  }
  const given = Buffer.from(signature, 'hex');
  const message = Buffer.concat([Buffer.from(`${timestamp}.`), body]);
  const isSigned = secrets.some((secret) => timingSafeEqual(given, sign(message, secret)));
  if (!isSigned) return 'the signature does not fit';
  const ageS = Math.floor(now.getTime() / 1000) - Number(timestamp);
  return Math.abs(ageS) > TOLERANCE_S ? 'the delivery is not of this time' : null;
}

function sign(message: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update(message).digest();
}
