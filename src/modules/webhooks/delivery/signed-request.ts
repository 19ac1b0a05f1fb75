import { Webhook } from 'standardwebhooks';
import { randomBytes } from 'node:crypto';
import { type JsonObject } from '../../../shared/json';

/** Random bytes of a secret: as many as its hash has, and what Standard Webhooks asks for. */
const SECRET_BYTES = 32;

/** What is told, in the form of Standard Webhooks. */
export interface WebhookMessage {
  /** `evt_…`; the same at every attempt, so that receivers recognise a repeat. */
  readonly id: string;
  readonly type: string;
  /** When it happened, RFC 3339. */
  readonly timestamp: string;
  readonly data: JsonObject;
}

export interface SignedRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** The request to send now, signed with every secret that is valid: receivers need to know one of them. */
export function signedRequest(
  { id, ...told }: WebhookMessage,
  secrets: readonly string[],
  now: Date,
): SignedRequest {
  const body = JSON.stringify({ type: told.type, timestamp: told.timestamp, data: told.data });
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, now, body));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': signatures.join(' '),
    },
  };
}
