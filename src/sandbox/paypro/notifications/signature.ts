import { createHmac } from 'node:crypto';

/** Lower-case hex over the timestamp and the bytes of the body: https://docs.paypro.nl/webhooks.html */
export function signatureOf(signed: { secret: string; timestamp: string; body: string }): string {
  const { secret, timestamp, body } = signed;
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

/** The headers of a delivery, with the machine's time: receivers compare it with their own clock. */
export function signedHeaders(signed: { secret: string; body: string }): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000).toString();
  return {
    'PayPro-Signature': signatureOf({ ...signed, timestamp }),
    'PayPro-Timestamp': timestamp,
  };
}
